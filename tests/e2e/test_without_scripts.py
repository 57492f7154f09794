"""An old phone, or a line on which the scripts never come: log in, fill, score and file all the same."""

from __future__ import annotations

import pytest

from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.dossiers.filling import save_section
from tests import factories
from tests.e2e.scoring import SET


@pytest.fixture
def unfinished(cast):
    """(the producer, her dossier's address): everything is there but the plan."""
    with tenant_scope(cast.tenant):
        commune = OrgUnit.objects.get(name="Xã Mường So")
        owner = factories.make_user("chuthe.xuan", "Lò Thị Xuân")
        dossier = factories.make_complete_dossier(
            commune, name="Khăn piêu dệt tay", set_code=SET, owner=owner
        )
        save_section(dossier, "plan", {"goals": "", "actions": ""}, by=owner)
        return User.objects.get(pk=owner.pk), f"dossiers/{dossier.pk}/"


def test_fill_score_and_file_without_scripts(unfinished, person):
    owner, dossier = unfinished
    producer = person(owner, scripts=False)
    producer.go(dossier)
    producer.reads("Chưa nộp được, còn 1 việc")
    producer.look("11-dossier")
    producer.follow("Kế hoạch phát triển")
    producer.fill({"Mục tiêu": "Thêm hai tổ dệt.", "Việc sẽ làm": "Mở thêm hai điểm bán."})
    producer.look("11-section")
    producer.press("Lưu và tiếp tục")
    producer.go(f"{dossier}score/9/")
    producer.tab.locator('input[name=points][value="3"]').check()
    producer.fill({"Giải trình": "Đã gửi mẫu sang Lào."})
    producer.press("Lưu")
    producer.reads("Đã lưu")
    producer.look("11-criterion")
    producer.go(dossier)
    producer.follow("Xem lại và nộp")
    producer.follow("Nộp hồ sơ")
    with producer.refused():
        producer.press("Nộp cho xã")
    producer.reads("Hãy xác nhận lời cam đoan.")
    producer.fill({"Tôi cam đoan nội dung hồ sơ là đúng và chịu trách nhiệm về nội dung đó.": True})
    producer.press("Nộp cho xã")
    producer.reads("Giấy tiếp nhận hồ sơ")
    producer.look("11-receipt")
