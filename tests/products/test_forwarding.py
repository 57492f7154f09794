"""Finished dossiers go up together: each with its own result, one letter for those that went."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.audit.models import Entry
from ocop.files.store import keep_upload
from ocop.notices.models import Notice
from ocop.orgs.models import OrgUnit, User
from ocop.papers.models import Paper
from ocop.papers.tasks import render_papers
from ocop.papers.workflow import PAPER
from ocop.tenancy.scope import tenant_scope
from products.desks.forwarding import MOST, forward_all
from products.models import Dossier, Forwarding
from products.samples import receive_samples
from tests import factories
from tests.factories import make_complete_dossier, make_user, number_report
from tests.races import at_once

T = "/lai-chau"
EACH = 29  # statements that one dossier of a batch takes


@pytest.fixture
def ready(make, commune_officer):
    """Two with a numbered report."""
    found = [make("reported", name=name) for name in ("Chè Shan", "Gạo Séng Cù")]
    for dossier in found:
        number_report(dossier, commune_officer)
    return found


def _post(tab, *dossiers):
    return tab.post(f"{T}/desk/forward/", {"dossier": [it.pk for it in dossiers]}, follow=True)


def test_the_letter_lists_all_that_went(ready, commune_officer, officer, signed_in):
    page = _post(signed_in(commune_officer), *ready)
    made = Forwarding.objects.get()
    assert page.redirect_chain[-1][0] == f"{T}/desk/forwardings/{made.pk}/"
    assert set(Dossier.objects.values_list("state", flat=True)) == {"forwarded"}
    table = next(block["table"] for block in made.letter.content["body"] if "table" in block)
    assert [row[1] for row in table["rows"]] == ["Chè Shan", "Gạo Séng Cù"]
    assert [row[5].split()[0] for row in table["rows"]] == ["01/BC-UBND", "02/BC-UBND"]
    assert made.letter.content["to"] == ["Ủy ban nhân dân tỉnh Lai Châu"]
    assert (made.letter.kind, made.letter.state) == ("forwarding_letter", "draft")
    assert Notice.objects.filter(user=officer, kind="dossier.forwarded").count() == 2
    entry = Entry.objects.get(action="forwarding.forward")
    assert (entry.actor, entry.data["dossiers"]) == (commune_officer, [it.pk for it in ready])


def test_the_letter_gets_its_number_and_both_files(ready, commune_officer, signed_in, run_task, lai_chau):
    letter = forward_all([it.pk for it in ready], by=commune_officer).made[0].letter
    data = {"dated_on": ready[0].created_at.date(), "signer_name": "Lò Văn Tướng"}
    assert PAPER.take("number", letter, by=commune_officer, data=data).symbol == "01/UBND-KT"
    run_task(render_papers, lai_chau.pk)
    tab = signed_in(commune_officer)
    pdf = tab.get(f"{T}/papers/{letter.pk}/file/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert tab.get(f"{T}/papers/{letter.pk}/word/").status_code == 200


def test_a_report_without_its_signed_copy_goes_and_is_told(ready, commune_officer, signed_in):
    tab, words = signed_in(commune_officer), "báo cáo chưa có bản đã ký"
    assert tab.get(f"{T}/desk/forward/").text.count(words) == 2
    scan = keep_upload(factories.upload("da-ky.pdf"), by=commune_officer)
    Paper.objects.filter(pk=ready[0].commune_report.paper_id).update(signed_file=scan)
    assert tab.get(f"{T}/desk/forward/").text.count(words) == 1


def test_a_fault_in_one_leaves_the_others_their_way(ready, make, commune_officer, signed_in):
    late = make("reported", name="Chưa có số")
    page = _post(signed_in(commune_officer), *ready, late)
    states = dict(Dossier.objects.values_list("product__name", "state"))
    assert states == {"Chè Shan": "forwarded", "Gạo Séng Cù": "forwarded", "Chưa có số": "reported"}
    items = {it.dossier_id: it.fault for it in Forwarding.objects.get().items.all()}
    assert items[ready[0].pk] == ""
    assert "chưa có số" in items[late.pk]
    assert items[late.pk] in page.content.decode()


def test_nothing_that_went_makes_no_letter(make, commune_officer, signed_in):
    late = make("reported")
    page = _post(signed_in(commune_officer), late)
    assert "chưa có số" in page.content.decode()
    assert not Forwarding.objects.exists()
    assert not Paper.objects.filter(kind="forwarding_letter").exists()


def test_a_second_click_sends_nothing_and_says_who_was_first(ready, commune_officer, signed_in):
    tab = signed_in(commune_officer)
    _post(tab, *ready)
    page = _post(tab, *ready)
    assert "đã làm trước bạn" in page.content.decode()
    assert Forwarding.objects.count() == 1


def test_the_letter_counts_the_samples_that_go(ready, commune_officer):
    receive_samples(ready[0], count=5, condition="good", by=commune_officer)
    letter = forward_all([it.pk for it in ready], by=commune_officer).made[0].letter
    said = [line for block in letter.content["body"] for line in block.get("list", ())]
    assert said[-1] == "Sản phẩm mẫu: 5 trong 10 đơn vị mẫu theo quy định"


def test_nothing_or_too_much_chosen_is_said(commune_officer, signed_in, lai_chau):
    assert "Hãy chọn hồ sơ" in _post(signed_in(commune_officer)).content.decode()
    with pytest.raises(ValidationError, match="nhiều nhất"):
        forward_all(range(1, MOST + 2), by=commune_officer)
    answer = signed_in(commune_officer).post(
        f"{T}/desk/forward/", {"dossier": ["x", "-1", "²", "9" * 30]}, follow=True
    )
    assert "Hãy chọn hồ sơ" in answer.content.decode()


def test_another_communes_dossier_is_not_hers_to_send(ready, commune_officer, other_commune, signed_in):
    foreign = make_complete_dossier(other_commune, state="reported", name="Xã khác")
    other = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    number_report(foreign, other)
    _post(signed_in(commune_officer), *ready, foreign)
    foreign.refresh_from_db()
    assert foreign.state == "reported"
    made = Forwarding.objects.get()
    assert signed_in(other).get(f"{T}/desk/forwardings/{made.pk}/").status_code == 404
    assert "Xã khác" not in signed_in(commune_officer).get(f"{T}/desk/forward/").content.decode()


def test_two_communes_of_one_clerk_are_two_letters(ready, commune_officer, other_commune):
    grant = make_complete_dossier(other_commune, state="reported", name="Chè Tân Phong")
    both = make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=other_commune)
    make_user("xa.tanphong", "Lý A Sa", role="commune_officer", unit=ready[0].unit)
    number_report(grant, both)
    batch = forward_all([grant.pk, *(it.pk for it in ready)], by=both)
    assert sorted(made.items.count() for made in batch.made) == [1, 2]
    assert {made.letter.unit for made in batch.made} == {other_commune, ready[0].unit}


def test_who_may_not_send_may_not_see_the_page(make, owner, officer, signed_in):
    chosen = {"dossier": [make("reported").pk]}
    for user in (owner, officer):
        assert signed_in(user).get(f"{T}/desk/forward/").status_code == 403
        assert signed_in(user).post(f"{T}/desk/forward/", chosen).status_code == 403
    assert not Forwarding.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_as_for_three(
    make, commune_officer, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        number_report(make("reported", name=f"Chè {number}"), commune_officer)
    tab = signed_in(commune_officer)
    tab.get(f"{T}/desk/forward/")
    with django_assert_num_queries(15):
        assert tab.get(f"{T}/desk/forward/").status_code == 200


def test_api_answers_for_each(ready, make, commune_officer, owner, signed_in):
    late = make("reported", name="Chưa có số")
    ids = [it.pk for it in (*ready, late)]
    url, sent = f"{T}/api/dossiers/forward/", {"dossiers": ids}
    assert signed_in(owner).post(url, sent, content_type="application/json").status_code == 403
    rows = signed_in(commune_officer).post(url, sent, content_type="application/json").json()
    letter = Forwarding.objects.get().letter_id
    assert [(it["dossier"], bool(it["fault"]), it["letter"]) for it in rows] == [
        (ids[0], False, letter), (ids[1], False, letter), (ids[2], True, letter),
    ]  # fmt: skip
    assert (
        signed_in(commune_officer).post(url, {"dossiers": []}, content_type="application/json").status_code
        == 400
    )


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_send_each_dossier_once(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
        commune = OrgUnit.objects.get(name="Xã Mường So")
        clerks = [make_user(f"xa.{n}", f"Cán bộ {n}", role="commune_officer", unit=commune) for n in (1, 2)]
        dossiers = [make_complete_dossier(commune, state="reported", name=f"Chè {n}") for n in (1, 2, 3)]
        for dossier in dossiers:
            number_report(dossier, clerks[0])
        ids, people = [it.pk for it in dossiers], [it.pk for it in clerks]

    def send(clerk, chosen):
        return lambda: forward_all(chosen, by=User.objects.get(pk=clerk))

    answers = at_once(
        tenant.pk, send(people[0], ids), send(people[1], ids[::-1]), refusals=(ValidationError,)
    )
    assert sorted((len(it.made), len(it.stayed)) for it in answers) == [(0, 3), (1, 0)]
    with tenant_scope(tenant.pk):
        assert Forwarding.objects.get().items.filter(fault="").count() == 3
        assert Entry.objects.filter(action="dossier.forward").count() == 3
        assert Paper.objects.filter(kind="forwarding_letter").count() == 1


@pytest.mark.parametrize("kind", ["page", "api"])
def test_a_single_one_has_its_letter_too(ready, commune_officer, signed_in, kind):
    base = "/lai-chau/" if kind == "page" else "/lai-chau/api/"
    address = f"{base}dossiers/{ready[0].pk}/steps/forward/"
    assert signed_in(commune_officer).post(address).status_code == (302 if kind == "page" else 200)
    made = Forwarding.objects.get()
    assert (made.items.get().dossier, made.letter.kind) == (ready[0], "forwarding_letter")
    refused = signed_in(commune_officer).post(address)
    assert (refused.status_code, Forwarding.objects.count()) == (422 if kind == "page" else 400, 1)


def test_a_batch_costs_as_much_for_each_dossier_however_many_go(make, commune_officer, officer, advisor):
    """What stands around a batch is paid once; a commune sends a hundred in one click (bench/README.md)."""

    def statements(number):
        found = [make("reported", name=f"Chè {number}.{n}") for n in range(number)]
        for dossier in found:
            number_report(dossier, commune_officer)
        user = User.objects.get(pk=commune_officer.pk)
        with CaptureQueriesContext(connection) as asked:
            forward_all([it.pk for it in found], by=user)
        return len(asked)

    one, four, six = statements(1), statements(4), statements(6)
    assert (four - one, six - four) == (3 * EACH, 2 * EACH)
    assert one - EACH <= 14
