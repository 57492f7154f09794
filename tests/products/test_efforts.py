"""The way to the next star with months and costs: what can still be done this round, what is begun for a later one."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ocop.audit.models import Entry
from ocop.files.store import keep_made
from products import law
from products.dossiers.efforts import efforts, way, write_effort
from products.dossiers.whole import load
from products.models import Effort, EvidencePaper
from tests import factories

pytestmark = pytest.mark.django_db
PROPERTY = "intellectual_property"


def step_for(whole, kind):
    """A criterion that this kind of paper proves, as one step of a way."""
    found = next(it for it in whole.set.criteria if kind in it.evidence)
    return {"criterion": found.code, "from": 0, "to": found.points, "gain": found.points, "name": found.name}


@pytest.fixture
def whole(draft):
    draft.round.cutoff_on = timezone.localdate() + dt.timedelta(days=60)
    return load(draft)


@pytest.fixture
def planned(whole):
    def plan(*kinds):
        return way(whole, [step_for(whole, kind) for kind in kinds], timezone.localdate())

    return plan


def test_every_kind_of_paper_of_the_law_has_its_figures(lai_chau):
    assert {it.code for it in law.regime_on(timezone.localdate()).evidence} == efforts().keys()


def test_what_takes_longer_than_the_round_is_begun_for_a_later_one(planned):
    found = planned("story", PROPERTY)
    assert [it.step["criterion"] for it in found.later] == [planned(PROPERTY).later[0].step["criterion"]]
    assert found.later[0].months[1] == 18
    assert (found.later[0].start_by, found.later[0].ready_on > found.cutoff) == (None, True)
    assert [kind.kind for it in found.now for kind in it.needed] == ["story"]


def test_a_valid_paper_of_the_producer_is_not_asked_for_again(whole, planned, owner):
    file = keep_made(factories.pdf(), "nhan-hieu.pdf", "application/pdf")
    last = whole.dossier.round.cutoff_on
    paper = EvidencePaper.objects.create(
        producer=whole.producer, kind=PROPERTY, title="Nhãn hiệu", file=file, expires_on=last
    )
    assert planned(PROPERTY).now[0].needed == []
    EvidencePaper.objects.filter(pk=paper.pk).update(expires_on=last - dt.timedelta(days=1))
    assert planned(PROPERTY).later[0].needed[0].kind == PROPERTY


def test_the_longest_comes_first(planned):
    assert [it.months[1] for it in planned("story", "test_report", "traceability").now] == sorted(
        [it.months[1] for it in planned("story", "test_report", "traceability").now], reverse=True
    )


def figures(**more):
    return {"months_least": 1, "months_most": 2, "cost_least": 0, "cost_most": 5, "advice": "", **more}


def test_the_tenants_figures_stand_over_ours(planned, officer, lai_chau):
    write_effort("story", figures(advice="Hỏi Phòng Văn hóa xã"), by=officer)
    write_effort("story", figures(months_most=3), by=officer)
    assert planned("story").later[0].needed[0].months == (1, 3)
    assert Effort.objects.count() == 1
    assert Entry.objects.filter(action="effort.write").count() == 2


def test_from_to_stays_in_order(officer):
    with pytest.raises(ValidationError, match="bằng hoặc hơn"):
        write_effort("story", figures(months_least=4), by=officer)


def test_only_officers_of_the_whole_tenant_write_them(commune_officer):
    with pytest.raises(PermissionDenied):
        write_effort("story", figures(), by=commune_officer)


class TestThePages:
    def test_an_officer_changes_the_months(self, officer, signed_in, lai_chau):
        client = signed_in(officer)
        bad = {"months_least": 5, "months_most": 2, "cost_least": 0, "cost_most": 1, "advice": ""}
        refused = client.post("/lai-chau/efforts/test_report/", bad)
        assert refused.status_code == 422
        assert "bằng hoặc hơn" in refused.content.decode()
        assert client.post("/lai-chau/efforts/test_report/", {**bad, "months_most": 6}).status_code == 302
        assert "5–6" in client.get("/lai-chau/efforts/").content.decode()

    def test_what_another_wrote_meanwhile_stays(self, officer, signed_in, lai_chau):
        client, address = signed_in(officer), "/lai-chau/efforts/test_report/"
        form = client.get(address).context["form"]
        given = {it.name: it.value() for it in form if it.value() is not None}
        write_effort(
            "test_report", {name: given.get(name, "") for name in figures()} | {"months_most": 9}, by=officer
        )
        assert client.post(address, given | {"advice": "Hỏi trước khi gửi mẫu."}).status_code == 302
        kept = Effort.objects.get(kind="test_report")
        assert (kept.months_most, kept.advice) == (9, "Hỏi trước khi gửi mẫu.")

    def test_the_dossier_says_what_it_costs_and_when_to_begin(self, make, owner, signed_in):
        draft = make("draft", points="least")
        text = signed_in(owner).get(f"/lai-chau/dossiers/{draft.pk}/").content.decode()
        assert "bắt đầu ngay cho đợt sau" in text
        assert re.search(r"\d+–\d+ tháng", text)
