"""The province's intake: item by item, returned with reasons and a day, accepted only when all is right."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.notices.models import Notice
from products.desks.checking import save_check
from products.dossiers.filing import start_dossier
from products.models import Exclusion
from products.workflow import DOSSIER
from tests.factories import check_all

T = "/lai-chau"


def test_the_team_checks_and_the_officer_accepts(make, advisor, officer, owner):
    dossier = make("forwarded")
    check_all(dossier, advisor)
    dossier = DOSSIER.take("accept", dossier, by=officer)
    assert dossier.state == "accepted"
    assert Notice.objects.filter(user=owner, kind="dossier.accepted").count() == 1


def test_not_accepted_while_an_item_is_unchecked_or_wrong(make, officer):
    dossier = make("forwarded")
    check_all(dossier, officer)
    dossier.checks.filter(item="samples", unit__kind="province").delete()
    save_check(dossier, "plan", "wrong", by=officer, note="Sai năm")
    with pytest.raises(ValidationError) as refused:
        DOSSIER.take("accept", dossier, by=officer)
    assert refused.value.messages == [
        "Chưa kiểm tra “Sản phẩm mẫu (5 đơn vị)”.", "“Kế hoạch phát triển” chưa đạt: Sai năm",
    ]  # fmt: skip


def test_the_communes_own_checks_do_not_count_here(make, officer):
    with pytest.raises(ValidationError, match="Chưa kiểm tra"):
        DOSSIER.take("accept", make("forwarded"), by=officer)


def test_returned_with_reasons_and_answered(make, advisor, owner):
    dossier = make("forwarded")
    save_check(dossier, "production", "wrong", by=advisor, note="Chưa có sơ đồ vùng")
    due = timezone.localdate() + dt.timedelta(days=7)
    dossier = DOSSIER.take(
        "return", dossier, by=advisor, data={"due_on": due, "note": "Gọi tổ tư vấn nếu cần."}
    )
    asked = dossier.supplements.get()
    assert [it["reason"] for it in asked.items] == ["Chưa có sơ đồ vùng", "Gọi tổ tư vấn nếu cần."]
    assert (asked.unit.kind, asked.due_on) == ("province", due)
    dossier = DOSSIER.take("answer_return", dossier, by=owner, data={"confirmed": True})
    assert (dossier.state, dossier.versions.count()) == ("forwarded", 2)
    assert Notice.objects.filter(user=advisor, kind="dossier.filed").count() == 1


def test_the_page_of_a_returned_dossier_shows_what_is_wanted(make, owner, signed_in):
    dossier = make("returned")
    home = signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/").content.decode()
    assert "Chưa rõ mục tiêu" in home
    assert "Cần xem lại" in home
    section = signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/sections/plan/").content.decode()
    assert "Chưa rõ mục tiêu" in section


def test_the_team_returns_but_does_not_accept(make, advisor, signed_in):
    dossier = make("forwarded")
    check_all(dossier, advisor)
    with pytest.raises(PermissionDenied):
        DOSSIER.take("accept", dossier, by=advisor)
    assert signed_in(advisor).get(f"{T}/dossiers/{dossier.pk}/steps/accept/").status_code == 403
    assert signed_in(advisor).get(f"{T}/dossiers/{dossier.pk}/check/").status_code == 200


def test_a_conflict_shuts_the_dossier(make, officer, signed_in):
    dossier = make("forwarded")
    Exclusion.objects.create(dossier=dossier, user=officer, ground="Anh của giám đốc")
    tab = signed_in(officer)
    for path in ("", "check/", "review/", "versions/1/", "score/", "evidence/", "steps/accept/"):
        assert tab.get(f"{T}/dossiers/{dossier.pk}/{path}").status_code == 404
    assert dossier.product.name not in tab.get(f"{T}/dossiers/").content.decode()
    with pytest.raises(PermissionDenied):
        DOSSIER.take("accept", dossier, by=officer)


def test_drafts_are_the_producers_own(make, officer, advisor, leader, signed_in):
    dossier = make("draft")
    for user in (officer, advisor, leader):
        assert signed_in(user).get(f"{T}/dossiers/{dossier.pk}/").status_code == 404


def test_withdrawn_and_filed_again_in_the_same_round(make, owner, commune_officer, found):
    dossier = make("submitted")
    dossier = DOSSIER.take("withdraw", dossier, by=owner, data={"note": "Nộp nhầm nhóm"})
    assert dossier.clocks.get().stopped_on == timezone.localdate()
    assert Notice.objects.filter(user=commune_officer, kind="dossier.withdrawn").count() == 1
    again = start_dossier(dossier.product, kind="first", round=found, by=owner)
    assert again.state == "draft"
    with pytest.raises(ValidationError, match="đã có hồ sơ"):
        start_dossier(dossier.product, kind="first", round=found, by=owner)


def test_what_is_asked_of_papers_stands_where_papers_are_brought(make, owner, officer, signed_in):
    dossier = make("forwarded")
    check_all(dossier, officer)
    save_check(dossier, "paper:business_registration", "wrong", by=officer, note="Ảnh mờ")
    DOSSIER.take("return", dossier, by=officer, data={"due_on": timezone.localdate()})
    page = signed_in(owner).get(f"/lai-chau/dossiers/{dossier.pk}/evidence/").text
    assert "Cần bổ sung: Ảnh mờ" in re.sub(r"\s+", " ", page)
