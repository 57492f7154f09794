"""Completeness holds for any dossier: what was taken out is named, nothing else is, and each thing has its page."""

import copy
import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from products.dossiers.completeness import gaps
from products.dossiers.mending import gap_url
from products.dossiers.warnings import warnings
from products.dossiers.whole import load
from products.models import Dossier

pytestmark = pytest.mark.django_db
# the dossier is read once and never written; each example takes things out of its own copy
of_one = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@pytest.fixture
def whole(draft):
    return load(Dossier.objects.for_list().get(pk=draft.pk))


def required(whole):
    return [(it, field) for it in whole.asked for field in whole.fields(it) if field.required]


@of_one
@given(data=st.data())
def test_what_is_taken_out_is_named_and_nothing_else(whole, data):
    one, today = copy.deepcopy(whole), timezone.localdate()
    fields = data.draw(st.lists(st.sampled_from(required(one)), unique=True, max_size=6))
    codes = data.draw(
        st.lists(st.sampled_from([it.code for it in one.set.criteria]), unique=True, max_size=6)
    )
    blank = data.draw(st.sampled_from(["", None, []]))
    for section, field in fields:
        one.sections[section.key].data[field.key] = blank
    for code in codes:
        one.self_score.levels.pop(code)
    found = gaps(one, today)
    wanted = {(section.key, f"{section.title}: chưa điền “{field.label}”") for section, field in fields}
    if codes:
        wanted.add(("self_score", f"Còn {len(codes)} tiêu chí chưa tự chấm"))
    assert {(gap.item, gap.text) for gap in found} == wanted
    assert len(found) == len(wanted)
    assert all(gap_url(one.dossier, gap) for gap in found)


@of_one
@given(data=st.data())
def test_a_paper_counts_until_its_last_day_and_no_longer(whole, data):
    one, today = copy.deepcopy(whole), timezone.localdate()
    paper = data.draw(st.sampled_from(one.papers)).row
    paper.expires_on = today + dt.timedelta(days=data.draw(st.integers(-400, 400)))
    said = [gap.text for gap in gaps(one, today) if f"{paper.expires_on:%d/%m/%Y}" in gap.text]
    assert bool(said) is (paper.expires_on < today)
    told = [gap.text for gap in warnings(one, today) if f"{paper.expires_on:%d/%m/%Y}" in gap.text]
    outlives = paper.expires_on >= one.dossier.round.cutoff_on + dt.timedelta(days=60)
    assert bool(told) is (not said and not outlives)


@of_one
@given(days=st.integers(-200, 200))
def test_the_rounds_days_are_the_only_days(whole, days):
    one = copy.deepcopy(whole)
    on = timezone.localdate() + dt.timedelta(days=days)
    found = one.dossier.round
    shut = [gap for gap in gaps(one, on) if gap.item == "round"]
    assert bool(shut) is not (found.opens_on <= on <= found.cutoff_on)
    assert all("chỉ nhận hồ sơ" in gap.text and gap_url(one.dossier, gap) for gap in shut)


@of_one
@given(data=st.data())
def test_the_more_is_filled_the_less_is_missing(whole, data):
    """Whatever is taken out of a dossier that lacks something already, nothing that was missing is found again."""
    one, today = copy.deepcopy(whole), timezone.localdate()
    taken = data.draw(st.lists(st.sampled_from(required(one)), unique=True, min_size=1, max_size=8))
    before: set[str] = set()
    for section, field in taken:
        one.sections[section.key].data.pop(field.key)
        now = {gap.text for gap in gaps(one, today)}
        assert before < now
        before = now
