"""The Excel file of certificates to fill in."""

from django.utils.translation import gettext as _

from evaluation.legacy.columns import COLUMNS
from ocop.tables.template import make_template
from ocop.written import in_vietnamese
from products.law import set_names
from products.models import ProducerKind

SHEET = "Giấy chứng nhận"


@in_vietnamese()
def template_file() -> bytes:
    """A workbook with the sheet that is read and a sheet that explains it."""
    lines = [
        (_("Cột có dấu *"), _("Phải ghi ở mọi dòng. Dòng thứ hai là ví dụ: hãy ghi đè lên.")),
        (_("Ngày"), _("ngày/tháng/năm, ví dụ 05/08/2024.")),
        (_("Loại hình"), ", ".join(str(label) for label in ProducerKind.labels)),
        (
            _("Cơ quan cấp"),
            _("Tên đơn vị trong hệ thống, kể cả huyện đã kết thúc; hoặc tên bộ cấp giấy 5 sao."),
        ),
        (_("Ngày hết hạn"), _("Để trống thì tính theo quy định có hiệu lực vào ngày cấp.")),
    ]
    codes = (_("Bộ tiêu chí"), sorted(set_names().items()))
    return make_template(SHEET, COLUMNS, lines, codes)
