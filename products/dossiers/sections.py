"""Mẫu 01 and Mẫu 02 (QĐ 26/2026, Phụ lục III) as data: section by section, field by field.

What the producer or the product already says is `known`: shown, never asked again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.regulations import Regime
from products.models.dossier import DossierKind

Words = str | Promise
FieldKind = Literal["text", "lines", "date", "number", "choices"]
Form = Literal["registration", "report"]  # Mẫu 01, Mẫu 02: the first and second form of the regime
EVERY_KIND = frozenset(DossierKind.values)


@dataclass(frozen=True)
class Field:
    """One thing that is asked."""

    key: str
    label: Words
    kind: FieldKind = "lines"
    required: bool = True
    hint: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    needs_samples: bool = False  # asked only where the set asks for samples
    yearly: bool = False  # true of one year only: a dossier of another year asks it anew


@dataclass(frozen=True)
class Known:
    """One thing that stands elsewhere already: `source` is a path from the dossier, `page` where it is mended."""

    label: Words
    source: str
    page: Literal["producer", "personal", "product", ""] = "producer"
    required: bool = True
    registered_only: bool = False  # asked of those who register as a business


@dataclass(frozen=True)
class Section:
    """One page of the form; `key` is what it is saved, frozen and checked under."""

    key: str
    form: Form
    title: Words
    intro: Words = ""
    known: tuple[Known, ...] = ()
    fields: tuple[Field, ...] = ()
    kinds: frozenset[str] = EVERY_KIND
    fields_of: Callable[[Regime, str], tuple[Field, ...]] | None = None  # fields that the regime names
    is_of_producer: bool = False  # tells of the producer, whichever product the dossier is about


def _must_update(regime: Regime, kind: str) -> tuple[Field, ...]:
    """What an upgrade or a re-ranking has to bring up to date (Điều 6), each asked once."""
    wanted = regime.dossier_kind(kind).must_update
    return tuple(Field(f"update_{number}", label) for number, label in enumerate(wanted, start=1))


INTELLECTUAL_PROPERTY = (
    ("trademark", _("Nhãn hiệu")),
    ("industrial_design", _("Kiểu dáng công nghiệp")),
    ("invention", _("Sáng chế")),
    ("utility_solution", _("Giải pháp hữu ích")),
    ("geographical_indication", _("Chỉ dẫn địa lý")),
    ("copyright", _("Quyền tác giả")),
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "registration", "registration", _("Phiếu đăng ký"),
        known=(
            Known(_("Chủ thể"), "producer.name"),
            Known(_("Người đại diện"), "producer.representative"),
            Known(_("Chức vụ"), "producer.representative_position", required=False),
            Known(_("Địa chỉ"), "producer.address"),
            Known(_("Điện thoại"), "producer.phone"),
            Known(_("Thư điện tử"), "producer.email", required=False),
            Known(_("Sản phẩm"), "product.name", "product"),
            Known(_("Ngành, nhóm, phân nhóm"), "place", "product"),
            Known(_("Đăng ký"), "kind", ""),
        ),
        fields=(
            Field("samples", _("Số mẫu sản phẩm gửi kèm"), "number", needs_samples=True, yearly=True,
                  hint=_("Giao cho xã cùng hồ sơ giấy.")),
            Field("attached", _("Tài liệu gửi kèm"), required=False,
                  hint=_("Ngoài các giấy tờ đã tải lên ở mục minh chứng.")),
        ),
    ),
    Section(
        "general", "report", _("Chủ thể"),
        known=(
            Known(_("Tên chủ thể"), "producer.name"),
            Known(_("Loại hình"), "producer.kind"),
            Known(_("Số đăng ký kinh doanh"), "producer.registration_number", registered_only=True),
            Known(_("Ngày đăng ký"), "producer.registered_on", registered_only=True),
            Known(_("Giới tính người đại diện"), "personal.gender", "personal"),
            Known(_("Dân tộc"), "personal.ethnicity", "personal"),
            Known(_("Nơi thường trú"), "personal.permanent_address", "personal"),
        ),
        is_of_producer=True,
        fields=(
            Field("history", _("Quá trình hình thành và phát triển")),
            Field("organisation", _("Tổ chức, bộ máy")),
            Field("workers", _("Số lao động"), "number", yearly=True),
            Field("local_workers", _("Trong đó người địa phương"), "number", yearly=True),
        ),
    ),
    Section(
        "product", "report", _("Sản phẩm"),
        known=(
            Known(_("Tên sản phẩm"), "product.name", "product"),
            Known(_("Mô tả"), "product.description", "product"),
            Known(_("Quy cách đóng gói"), "product.specification", "product"),
        ),
        fields=(
            Field("intellectual_property", _("Quyền sở hữu trí tuệ đã có"), "choices", required=False,
                  choices=INTELLECTUAL_PROPERTY),
            Field("other_certificates", _("Giấy chứng nhận bắt buộc khác"), required=False),
        ),
    ),
    Section(
        "updates", "report", _("Nội dung thay đổi so với lần trước"),
        intro=_("Nêu rõ thay đổi và giấy tờ chứng minh; không thay đổi thì ghi “không thay đổi”."),
        kinds=frozenset([DossierKind.UPGRADE, DossierKind.RE_RANKING]),
        fields_of=_must_update,
    ),
    Section(
        "production", "report", _("Nguyên liệu và sản xuất"),
        fields=(
            Field("materials", _("Vùng nguyên liệu"), hint=_("Ở đâu, bao nhiêu, do ai trồng hoặc nuôi.")),
            Field("material", _("Nguyên liệu chính dùng trong năm gần nhất (kg)"), "number", required=False, yearly=True),
            Field("local_material", _("Trong đó của địa phương (kg)"), "number", required=False, yearly=True),
            Field("technology", _("Công nghệ, thiết bị")),
            Field("quality", _("Chất lượng, bao bì, nhãn")),
            Field("output", _("Sản lượng năm gần nhất"), "text", yearly=True),
        ),
    ),
    Section(
        "business", "report", _("Thị trường và kết quả kinh doanh"),
        fields=(
            Field("market", _("Thị trường, kênh bán hàng")),
            Field("revenue", _("Doanh thu năm gần nhất (triệu đồng)"), "number", yearly=True),
            Field("revenue_before", _("Doanh thu năm trước đó (triệu đồng)"), "number", required=False, yearly=True),
            Field("profit", _("Lợi nhuận năm gần nhất (triệu đồng)"), "number", yearly=True),
        ),
    ),
    Section(
        "plan", "report", _("Kế hoạch phát triển"),
        fields=(
            Field("goals", _("Mục tiêu")),
            Field("actions", _("Việc sẽ làm")),
            Field("needs", _("Cần hỗ trợ"), required=False),
        ),
    ),
)  # fmt: skip
BY_KEY = {section.key: section for section in SECTIONS}


def sections_for(kind: str) -> tuple[Section, ...]:
    """The sections that a dossier of this kind fills."""
    return tuple(section for section in SECTIONS if kind in section.kinds)


def fields_of(section: Section, regime: Regime, kind: str, *, sample_units: int) -> tuple[Field, ...]:
    """What this section asks of this dossier."""
    named = section.fields_of(regime, kind) if section.fields_of else ()
    asked = (*section.fields, *named)
    return tuple(it for it in asked if sample_units or not it.needs_samples)


def form_name(regime: Regime, kind: str, form: Form) -> str:
    """The form as the regime calls it: Mẫu 01 - Phiếu đăng ký."""
    code = regime.dossier_kind(kind).forms[("registration", "report").index(form)]
    return next(it.name for it in regime.forms if it.code == code)


def is_empty(value: Any) -> bool:
    return value in (None, "", [])
