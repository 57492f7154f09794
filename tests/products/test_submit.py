"""Filing: everything missing is said at once; what is filed is frozen, numbered and hashed."""

import datetime as dt
import hashlib
import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.tenancy.scope import tenant_scope
from products.dossiers.filing import start_dossier
from products.dossiers.filling import save_section
from products.dossiers.freezing import canonical
from products.dossiers.queries import reasons
from products.dossiers.whole import load
from products.models import Dossier, DossierVersion, EvidencePaper, ProducerPersonal
from products.producers.registration import register_producer, save_personal
from products.vault.papers import replace_evidence
from products.workflow import DOSSIER
from tests import factories
from tests.races import at_once

T = "/lai-chau"
SURE = {"confirmed": True}


def test_an_empty_dossier_is_told_everything_at_once(commune, producer, owner, found):
    ProducerPersonal.objects.all().delete()
    product = factories.make_product(producer, name="Chè", set_code="QD26-01", by=owner)
    dossier = start_dossier(product, kind="first", round=found, by=owner)
    with pytest.raises(ValidationError) as refused:
        DOSSIER.take("submit", dossier, by=owner, data=SURE)
    said = refused.value.messages
    assert len(said) == len(set(said))
    for words in ("Chưa có “Mô tả”", "Chưa có “Dân tộc”", "chưa điền “Thị trường, kênh bán hàng”", "Giấy đăng ký kinh doanh",
                  "đủ điều kiện sản xuất", "tiêu chí chưa tự chấm", "Số mẫu sản phẩm"):  # fmt: skip
        assert any(words in one for one in said), words
    dossier.refresh_from_db()
    assert (dossier.state, dossier.code, dossier.versions.count()) == ("draft", "", 0)


def test_the_home_links_each_missing_thing(draft, owner, signed_in):
    save_section(draft, "business", {"market": ""}, by=owner)
    text = signed_in(owner).get(f"{T}/dossiers/{draft.pk}/").content.decode()
    assert (
        f'<a href="{T}/dossiers/{draft.pk}/sections/business/">Thị trường và kết quả kinh doanh: chưa điền'
        in text
    )


def test_an_expired_paper_is_named_with_its_day(draft, owner):
    EvidencePaper.objects.filter(kind="business_registration").update(expires_on=dt.date(2026, 1, 31))
    with pytest.raises(ValidationError) as refused:
        DOSSIER.take("submit", draft, by=owner, data=SURE)
    assert [one for one in refused.value.messages if "31/01/2026" in one]
    assert [one for one in refused.value.messages if "còn hiệu lực" in one]


def test_the_promise_must_be_given(draft, owner):
    with pytest.raises(ValidationError) as refused:
        DOSSIER.take("submit", draft, by=owner, data={"confirmed": False})
    assert list(refused.value.message_dict) == ["confirmed"]


def test_after_the_cut_off_it_is_too_late(draft, owner):
    late = timezone.now() + dt.timedelta(days=61)
    with pytest.raises(ValidationError, match="chỉ nhận hồ sơ từ"):
        DOSSIER.take("submit", draft, by=owner, data={**SURE, "at": late})


def test_an_unconfirmed_producer_waits(commune, found, owner):
    producer = register_producer(unit=commune, kind="household", name="Hộ A", by=owner, owner=owner)
    product = factories.make_product(producer, name="Măng", set_code="QD26-01", by=owner)
    dossier = start_dossier(product, kind="first", round=found, by=owner)
    with pytest.raises(ValidationError, match="Xã chưa xác nhận"):
        DOSSIER.take("submit", dossier, by=owner, data=SURE)


def test_what_is_filed_is_frozen_with_its_digest(make, owner, commune_officer):
    dossier = make("submitted")
    version = dossier.versions.get()
    year = timezone.localdate().year
    assert version.receipt == f"01/PĐK-12-12003-{year}"
    assert version.digest == hashlib.sha256(canonical(version.content).encode()).hexdigest()
    assert {paper["file"]["sha256"] for paper in version.content["papers"]} == set(
        EvidencePaper.objects.values_list("file__sha256", flat=True)
    )
    assert version.content["sections"]["business"]["revenue"] == 2400
    assert version.content["self_score"]["1.1"]["why"] == "Lý do 1.1"
    assert "Thái" not in canonical(version.content)  # personal facts are pointed at by id and hash
    assert set(version.content["personal"]) == {"id", "sha256"}
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE products_dossierversion SET digest = 'x'")


def test_the_next_year_gives_a_new_code_and_numbers_have_no_gaps(make, commune):
    first, second = make("submitted"), make("submitted", name="Chè đen")
    year = timezone.localdate().year
    assert [first.code, second.code] == [f"12-12003-1-{year}", f"12-12003-2-{year}"]
    receipts = DossierVersion.objects.order_by("pk").values_list("receipt", flat=True)
    assert [receipt[:3] for receipt in receipts] == ["01/", "02/"]


def test_the_clock_runs_fifteen_working_days(make):
    dossier = make("submitted", on=dt.date(2026, 11, 2))
    clock = dossier.clocks.get()
    assert (clock.rule, clock.started_on, clock.due_on) == (
        "commune_report",
        dt.date(2026, 11, 2),
        dt.date(2026, 11, 23),
    )


def test_officer_and_producer_are_told_the_excluded_are_not(commune, make, owner, commune_officer):
    dossier = make("submitted")
    assert set(Notice.objects.values_list("user__username", "kind")) == {
        ("xa.muongso", "dossier.filed"), ("chuthe.xuan", "dossier.receipt"),
        ("chuthe.xuan", "producer.approved"),
    }  # fmt: skip
    assert Notice.objects.first().url == f"dossiers/{dossier.pk}/"


def test_the_receipt_is_a_page(make, owner, other_owner, stranger, signed_in):
    dossier = make("submitted")
    url = f"{T}/dossiers/{dossier.pk}/versions/1/"
    assert dossier.versions.get().digest in signed_in(owner).get(url).content.decode()
    for user in (other_owner, stranger):
        assert signed_in(user).get(url).status_code == 404
    assert signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/versions/2/").status_code == 404


def test_the_step_page_and_the_api_say_the_same_refusal(draft, owner, signed_in):
    save_personal(draft.product.producer, {"ethnicity": ""}, by=owner)
    page = signed_in(owner).post(f"{T}/dossiers/{draft.pk}/steps/submit/", {"confirmed": "on"})
    assert page.status_code == 422
    assert "Chưa có “Dân tộc”" in page.content.decode()
    api = signed_in(owner).post(
        f"{T}/api/dossiers/{draft.pk}/steps/submit/", {"confirmed": True}, content_type="application/json"
    )
    assert api.status_code == 400
    assert api.json()["errors"]["__all__"] == ["Chưa có “Dân tộc”"]
    save_personal(draft.product.producer, {"ethnicity": "Thái"}, by=owner)
    api = signed_in(owner).post(
        f"{T}/api/dossiers/{draft.pk}/steps/submit/", {"confirmed": True}, content_type="application/json"
    )
    assert (api.status_code, api.json()["state"]) == (200, "submitted")


def test_nobody_records_a_result_by_hand(make, leader, signed_in):
    dossier = make("accepted")
    with pytest.raises(ValidationError, match="quyết định công nhận"):
        DOSSIER.take("recognise", dossier, by=leader)
    assert signed_in(leader).get(f"{T}/dossiers/{dossier.pk}/steps/recognise/").status_code == 404
    url = f"{T}/api/dossiers/{dossier.pk}/steps/recognise/"
    assert signed_in(leader).post(url, {"decision": "1"}, content_type="application/json").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_filings_at_once_get_two_numbers_and_one_dossier_is_filed_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossiers = [factories.make_complete_dossier(commune, name=name) for name in ("A", "B")]
        person = User.objects.get(username=f"chuthe.{commune.pk}")
    clicks = [dossiers[0].pk, dossiers[0].pk, dossiers[1].pk]
    start, outcomes = threading.Barrier(len(clicks)), []

    def click(pk):
        try:
            with tenant_scope(tenant.pk):
                mine, user = Dossier.objects.get(pk=pk), User.objects.get(pk=person.pk)
                start.wait(20)
                DOSSIER.take("submit", mine, by=user, data=SURE)
            outcomes.append("done")
        except ValidationError:
            outcomes.append("too late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=(pk,)) for pk in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["done", "done", "too late"]
    with tenant_scope(tenant.pk):
        year = timezone.localdate().year
        codes = sorted(Dossier.objects.values_list("code", flat=True))
        assert codes == [f"12-12003-{number}-{year}" for number in (1, 2)]
        receipts = sorted(DossierVersion.objects.values_list("receipt", flat=True))
        assert receipts == [f"{number:02d}/PĐK-12-12003-{year}" for number in (1, 2)]


def test_a_dossier_between_the_reforms_has_a_code_without_a_district(commune, commune_officer):
    """QĐ 148/2023 as amended by QĐ 1489/2025: the province's round, whichever of the 26 sets."""
    day = dt.date(2025, 9, 26)
    dossier = factories.make_complete_dossier(commune, state="forwarded", set_code="QD148-18", on=day)
    assert (dossier.regime, dossier.code) == ("148/2023-1489", "12-12003-1-2025")
    assert dossier.round.unit == commune.parent


def test_a_dossier_of_2024_goes_by_the_law_and_the_units_of_2024(lai_chau, commune_officer):
    old = OrgUnit.objects.get(name="Xã Khổng Lào")
    for unit, code in ((old.parent, "108"), (old, "03553")):
        unit.place = factories.Place.objects.create(
            code=code,
            level=unit.kind,
            kind="huyện" if unit == old.parent else "xã",
            name=unit.name,
            valid_from=factories.BEFORE,
        )
        unit.save(update_fields=["place"])
    day = dt.date(2024, 4, 26)
    dossier = factories.make_complete_dossier(old, state="forwarded", set_code="QD148-01", on=day)
    assert (dossier.regime, dossier.code) == ("148/2023", "12-108-03553-1-2024")
    assert dossier.round.unit == old.parent  # the district's round: it scores next
    assert not dossier.clocks.exists()  # that decision printed no days
    assert timezone.localdate(dossier.versions.get().submitted_at) == day


def test_what_one_page_mends_is_one_reason(make):
    dossier = make("draft")
    save_section(dossier, "plan", {"goals": "", "actions": ""}, by=dossier.product.producer.people.get().user)
    words = "Kế hoạch phát triển: chưa điền “Mục tiêu” và 1 mục nữa"
    page = reverse("products:section", args=[dossier.pk, "plan"])
    assert reasons(load(dossier), timezone.localdate()) == [(words, page)]


def test_a_file_changed_at_the_second_of_the_filing_is_in_it_or_is_refused(transactional_db):
    """Whichever comes first: what is frozen is what was tied then, and nothing changes under it."""
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        dossiers = [factories.make_complete_dossier(commune, name=f"Chè {n}") for n in range(3)]
        owner = User.objects.get(username=f"chuthe.{commune.pk}")
        papers = [it.evidence.filter(paper__kind="quality_declaration").first().paper for it in dossiers]

    def deeds(dossier, paper, n):
        def file():
            by = User.objects.get(pk=owner.pk)
            return DOSSIER.take("submit", Dossier.objects.get(pk=dossier.pk), by=by, data=SURE)

        def change():
            by, mine = User.objects.get(pk=owner.pk), Dossier.objects.get(pk=dossier.pk)
            new = factories.upload("moi.pdf", factories.pdf(f"Bản mới {n}"))
            return replace_evidence(mine, EvidencePaper.objects.get(pk=paper.pk), upload=new, by=by)

        return file, change

    for n, (dossier, paper) in enumerate(zip(dossiers, papers, strict=True)):
        filed, changed = at_once(tenant.pk, *deeds(dossier, paper, n), refusals=(ValidationError,))
        assert not isinstance(filed, Exception)
        with tenant_scope(tenant.pk):
            version = DossierVersion.objects.get(dossier=dossier)
            tied = Dossier.objects.get(pk=dossier.pk).evidence.filter(paper__kind="quality_declaration")
            now = set(tied.values_list("paper__file__sha256", flat=True))
            was_refused = isinstance(changed, ValidationError)
            assert now == {paper.file.sha256 if was_refused else changed.paper.file.sha256}
            assert now <= set(re.findall(r"[0-9a-f]{64}", canonical(version.content)))
            assert version.digest == hashlib.sha256(canonical(version.content).encode()).hexdigest()
        if was_refused:
            assert changed.messages == ["Hồ sơ đã nộp nên không sửa được nữa."]
