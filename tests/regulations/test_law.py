"""What the two decisions lay down, read back from the data: where a product goes, by when, with which papers."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.regulations import (
    DeadlineRule,
    Outcome,
    Regime,
    Supplement,
    add_months,
    catalog,
    certifier,
    days_left,
    deadline,
    expires_on,
    extension_limit,
    finish_by,
    laws_on,
    next_tier,
    product_code,
    read_product_code,
    renewal_window,
    round_for,
    round_windows,
)

NOW = catalog().regime("26/2026")
FIRST = catalog().regime("1048/2019")
OLD = catalog().regime("148/2023")
BETWEEN = catalog().regime("148/2023-1489")


class Weekdays:
    """Monday to Friday, but for one holiday."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day != date(2026, 9, 2)


@pytest.mark.parametrize(
    ("filed_on", "code"),
    [
        (date(2019, 8, 20), None),
        (date(2019, 8, 21), "1048/2019"),
        (date(2023, 2, 23), "1048/2019"),
        (date(2023, 2, 24), "148/2023"),
        (date(2025, 7, 5), "148/2023"),
        (date(2025, 7, 6), "148/2023-1489"),
        (date(2026, 5, 21), "148/2023-1489"),
        (date(2026, 5, 22), "26/2026"),
        (date(2026, 7, 21), "26/2026"),  # dossiers of before may be finished until then, none may be filed
    ],
)
def test_the_regime_is_chosen_by_the_day_of_filing(filed_on: date, code: str | None) -> None:
    regime = catalog().regime_on(filed_on)
    assert (regime.code if regime else None) == code


@pytest.mark.parametrize(
    ("tier", "total", "stars", "outcome"),
    [
        ("commune", None, None, Outcome("forward", tier="province")),
        ("province", 49, 2, Outcome("not_recognised")),
        ("province", 50, 3, Outcome("certify", stars=3)),
        ("province", Fraction(8999, 100), 4, Outcome("certify", stars=4)),
        ("province", 90, 5, Outcome("send_up", stars=4, tier="ministry")),
        ("province", 95, 4, Outcome("send_up", stars=4, tier="ministry")),
        ("province", 95, 3, Outcome("send_up", stars=3, tier="ministry")),
        ("province", 95, 2, Outcome("not_recognised")),
        ("ministry", 90, 5, Outcome("certify", stars=5)),
        (
            "ministry",
            Fraction(8999, 100),
            4,
            Outcome("send_back", tier="province", choices=("recognise_on_result", "re_evaluate")),
        ),
    ],
)
def test_where_a_product_goes_today(tier: str, total: Fraction, stars: int, outcome: Outcome) -> None:
    assert next_tier(NOW, tier, total, stars) == outcome


@pytest.mark.parametrize(
    ("tier", "total", "stars", "outcome"),
    [
        ("commune", None, None, Outcome("forward", tier="district")),
        ("district", 49, 2, Outcome("not_recognised")),
        ("district", Fraction(6999, 100), 3, Outcome("certify", stars=3)),
        ("district", 70, 4, Outcome("send_up", stars=3, tier="province")),
        ("district", 100, 5, Outcome("send_up", stars=3, tier="province")),
        (
            "province",
            Fraction(6999, 100),
            3,
            Outcome("send_back", tier="district", choices=("recognise_on_result", "re_evaluate")),
        ),
        ("province", 70, 4, Outcome("certify", stars=4)),
        ("province", 90, 5, Outcome("send_up", stars=4, tier="ministry")),
        ("ministry", 90, 5, Outcome("certify", stars=5)),
        ("ministry", 89, 4, Outcome("send_back", tier="province", choices=("re_evaluate",))),
    ],
)
def test_where_a_product_went_under_148(tier: str, total: Fraction, stars: int, outcome: Outcome) -> None:
    assert next_tier(OLD, tier, total, stars) == outcome


@pytest.mark.parametrize(
    ("regime", "tier", "total", "stars", "outcome"),
    [
        (OLD, "province", 92, 5, Outcome("certify", stars=4)),
        (OLD, "province", 75, 4, Outcome("certify", stars=4)),
        (
            OLD,
            "province",
            66,
            3,
            Outcome("send_back", tier="district", choices=("recognise_on_result", "re_evaluate")),
        ),
        (OLD, "district", 75, 4, Outcome("certify", stars=3)),
        (OLD, "district", 40, 2, Outcome("not_recognised")),
        (NOW, "province", 91, 5, Outcome("certify", stars=4)),
        (NOW, "province", 60, 3, Outcome("certify", stars=3)),
        (BETWEEN, "province", 95, 5, Outcome("certify", stars=4)),
    ],
)
def test_after_the_tier_above_has_answered_it_is_not_asked_twice(
    regime: Regime, tier: str, total: int, stars: int, outcome: Outcome
) -> None:
    assert next_tier(regime, tier, total, stars, after_answer=True) == outcome


@pytest.mark.parametrize(
    ("tier", "total", "stars", "outcome"),
    [
        ("commune", None, None, Outcome("forward", tier="province")),
        ("province", Fraction(4999, 100), 2, Outcome("not_recognised")),
        ("province", 50, 3, Outcome("certify", stars=3)),
        ("province", Fraction(8999, 100), 4, Outcome("certify", stars=4)),
        ("province", 75, 2, Outcome("not_recognised")),
        ("province", 90, 5, Outcome("send_up", stars=4, tier="ministry")),
        ("province", 92, 3, Outcome("send_up", stars=3, tier="ministry")),
        ("ministry", 90, 5, Outcome("certify", stars=5)),
        ("ministry", 89, 4, Outcome("send_back", tier="province", choices=("re_evaluate",))),
    ],
)
def test_where_a_product_went_without_the_district(
    tier: str, total: Fraction, stars: int, outcome: Outcome
) -> None:
    """QĐ 148/2023 as amended by QĐ 1489/2025."""
    assert next_tier(BETWEEN, tier, total, stars) == outcome


def test_the_interim_law_is_148_without_its_district() -> None:
    assert (BETWEEN.ends_on, BETWEEN.files_until) == (date(2026, 7, 21), date(2026, 5, 21))
    assert BETWEEN.files_from == OLD.files_until + timedelta(1)  # type: ignore[operator]
    ends = {end for it in BETWEEN.packages for end in (it.sender, it.receiver)}
    assert ends == {"commune", "province", "ministry"} == {tier.code for tier in BETWEEN.tiers}
    assert dict(BETWEEN.revoked_by) == {3: "province", 4: "province", 5: "ministry"}
    assert (BETWEEN.bands, BETWEEN.parts, BETWEEN.council) == (OLD.bands, OLD.parts, OLD.council)
    assert BETWEEN.certificate == OLD.certificate
    code = product_code(BETWEEN, province="12", commune="03388", number=7, year=2025)
    assert code == BETWEEN.product_code.example == "12-03388-7-2025"


@pytest.mark.parametrize(
    ("tier", "total", "stars", "outcome"),
    [
        ("commune", None, None, Outcome("forward", tier="district")),
        ("district", Fraction(4999, 100), 2, Outcome("not_recognised")),
        ("district", 50, 3, Outcome("send_up", tier="province")),
        ("district", Fraction(8999, 100), 4, Outcome("send_up", tier="province")),
        ("district", 90, 5, Outcome("send_up", tier="province")),
        ("province", Fraction(4999, 100), 2, Outcome("not_recognised")),
        ("province", Fraction(6999, 100), 3, Outcome("certify", stars=3)),
        ("province", 70, 4, Outcome("certify", stars=4)),
        ("province", Fraction(8999, 100), 4, Outcome("certify", stars=4)),
        ("province", 90, 5, Outcome("send_up", stars=4, tier="ministry")),
        ("ministry", 90, 5, Outcome("certify", stars=5)),
        (
            "ministry",
            Fraction(8999, 100),
            4,
            Outcome("send_back", tier="province", choices=("re_evaluate",)),
        ),
    ],
)
def test_where_a_product_went_under_1048(tier: str, total: Fraction, stars: int, outcome: Outcome) -> None:
    assert next_tier(FIRST, tier, total, stars) == outcome


def test_the_first_sheets_print_no_gates() -> None:
    """QĐ 781/2020 set least criteria in words: the points alone give the band, and the words are told."""
    sets = catalog().sets_of("1048/2019")
    assert [it.code for it in sets for criterion in it.criteria if criterion.gates] == []
    assert "781/2020" in FIRST.notes[0]
    assert (FIRST.files_until, OLD.files_from - timedelta(days=1)) == (date(2023, 2, 23), date(2023, 2, 23))
    assert [(part.code, part.points) for part in FIRST.parts] == [("A", 35), ("B", 25), ("C", 40)]
    assert expires_on(FIRST, date(2021, 5, 1)) == date(2024, 5, 1)


def test_what_a_set_was_called_before() -> None:
    law = catalog()

    def then(code: str, regime: str) -> str | None:
        found = law.counterpart(law.criteria_set(code), regime)
        return found.code if found else None

    numbers = {n: then(f"QD26-{n:02d}", "1048/2019") for n in range(1, 27)}
    one = {n: f"QD1048-{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 26)}
    moved = {n: f"QD1048-{n + 1:02d}" for n in range(9, 20)} | {20: "QD1048-22", 22: "QD1048-25"}
    split_or_new = {8: None, 21: None, 23: None, 24: None, 25: None}
    assert numbers == one | moved | split_or_new
    assert then("QD1048-09", "26/2026") == "QD26-08"
    assert then("QD1048-21", "26/2026") is None
    assert then("QD1048-21", "1048/2019") == "QD1048-21"
    assert then("QD26-09", "148/2023-1489") == "QD148-09"


def test_who_certifies() -> None:
    def code(regime: object, stars: int) -> str | None:
        tier = certifier(regime, stars)  # type: ignore[arg-type]
        return tier.code if tier else None

    assert [code(NOW, stars) for stars in range(1, 6)] == [None, None, "province", "province", "ministry"]
    assert [code(OLD, stars) for stars in range(1, 6)] == [None, None, "district", "province", "ministry"]
    assert [code(FIRST, stars) for stars in range(1, 6)] == [None, None, "province", "province", "ministry"]
    assert [code(BETWEEN, stars) for stars in range(1, 6)] == [None, None, "province", "province", "ministry"]
    assert [tier.code for tier in BETWEEN.tiers] == ["commune", "province", "ministry"]


def test_a_tier_that_scores_needs_a_score() -> None:
    with pytest.raises(ValueError, match="scores"):
        next_tier(NOW, "province")
    with pytest.raises(KeyError):
        next_tier(NOW, "district", 70, 4)


def test_the_sets_of_an_amended_regime_are_those_of_the_regime() -> None:
    assert [it.code for it in catalog().sets_of("148/2023-1489")] == [f"QD148-{n:02d}" for n in range(1, 27)]
    assert catalog().sets_of("148/2023-1489") == catalog().sets_of("148/2023")


def test_fifteen_working_days_skip_weekends_and_holidays() -> None:
    rule = NOW.deadline("commune_report")
    assert (rule.amount, rule.unit, rule.clock) == (15, "working_days", "pauses")
    assert deadline(date(2026, 8, 3), rule, Weekdays()) == date(2026, 8, 24)
    assert deadline(date(2026, 8, 20), rule, Weekdays()) == date(2026, 9, 11)


def test_a_paused_clock_goes_on_after_the_answer() -> None:
    rule = NOW.deadline("commune_report")
    asked = Supplement(date(2026, 8, 5))
    assert deadline(date(2026, 8, 3), rule, Weekdays(), [asked]) is None
    answered = Supplement(date(2026, 8, 5), date(2026, 8, 12))
    assert deadline(date(2026, 8, 3), rule, Weekdays(), [answered]) == date(2026, 8, 31)
    overlapping = Supplement(date(2026, 8, 6), date(2026, 8, 10))
    assert deadline(date(2026, 8, 3), rule, Weekdays(), [answered, overlapping]) == date(2026, 8, 31)


def test_a_restarted_clock_begins_with_the_answer() -> None:
    rule = NOW.deadline("re_ranking")
    assert (rule.amount, rule.unit, rule.clock) == (45, "days", "restarts")
    assert deadline(date(2026, 8, 1), rule, Weekdays()) == date(2026, 9, 15)
    assert deadline(date(2026, 8, 1), rule, Weekdays(), [Supplement(date(2026, 8, 3))]) is None
    brought = Supplement(date(2026, 8, 3), date(2026, 8, 11))
    assert deadline(date(2026, 8, 1), rule, Weekdays(), [brought]) == date(2026, 9, 25)


def test_a_pause_stops_any_clock_and_one_that_restarts_keeps_its_beginning() -> None:
    rule, start = NOW.deadline("re_ranking"), date(2026, 8, 1)
    assert (rule.extra_test, bool(rule.extra_test_basis)) == ("runs", True)
    assert deadline(start, rule, Weekdays(), [], [Supplement(date(2026, 8, 3))]) is None
    tested = Supplement(date(2026, 8, 3), date(2026, 8, 11))
    assert deadline(start, rule, Weekdays(), [], [tested]) == date(2026, 9, 23)
    brought = Supplement(date(2026, 8, 5), date(2026, 8, 9))  # begins anew while the test still runs
    assert deadline(start, rule, Weekdays(), [brought], [tested]) == date(2026, 9, 25)
    running = NOW.deadline("revocation")
    assert deadline(start, running, Weekdays(), [], [tested]) == date(2026, 8, 24)


def test_a_running_clock_does_not_mind() -> None:
    rule = NOW.deadline("revocation")
    assert (rule.amount, rule.unit) == (15, "days")
    assert deadline(date(2026, 8, 1), rule, Weekdays(), [Supplement(date(2026, 8, 3))]) == date(2026, 8, 16)


DAYS = st.dates(date(2024, 1, 1), date(2028, 1, 1))


@settings(deadline=None)
@given(DAYS, st.integers(1, 60), st.sampled_from(["working_days", "days"]))
def test_days_left_counts_down_to_the_deadline(start: date, amount: int, unit: str) -> None:
    rule = DeadlineRule("x", "x", amount, unit, "runs", "x")  # type: ignore[arg-type]
    due = deadline(start, rule, Weekdays())
    assert due is not None
    assert days_left(start, due, rule, Weekdays()) == amount
    assert days_left(due, due, rule, Weekdays()) == 0
    assert days_left(due + timedelta(days=7), due, rule, Weekdays()) < 0


@settings(deadline=None)
@given(DAYS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3))
def test_a_pause_never_brings_the_deadline_nearer(start: date, pauses: list[tuple[int, int]]) -> None:
    rule = NOW.deadline("commune_report")
    asked = [start + timedelta(days=after) for after, _long in pauses]
    supplements = [
        Supplement(day, day + timedelta(days=long)) for day, (_a, long) in zip(asked, pauses, strict=True)
    ]
    plain, paused = deadline(start, rule, Weekdays()), deadline(start, rule, Weekdays(), supplements)
    assert plain is not None
    assert paused is not None
    assert paused >= plain


@pytest.mark.parametrize(
    ("day", "amount", "then"),
    [
        (date(2026, 5, 22), 36, date(2029, 5, 22)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_end_where_the_month_ends(day: date, amount: int, then: date) -> None:
    assert add_months(day, amount) == then


def test_rounds_of_the_province() -> None:
    one, two = round_windows(NOW, "province", 2027)
    assert (one.opens_on, one.cut_off, one.ends_on) == (
        date(2026, 10, 30),
        date(2027, 4, 30),
        date(2027, 6, 30),
    )
    assert (two.opens_on, two.cut_off, two.ends_on) == (
        date(2027, 4, 30),
        date(2027, 10, 30),
        date(2027, 12, 30),
    )
    assert one.accepts(date(2027, 4, 29))
    assert not one.accepts(date(2027, 4, 30))
    assert two.accepts(date(2027, 4, 30))


def test_rounds_of_the_ministry() -> None:
    spring, autumn = round_windows(NOW, "ministry", 2027)
    assert (spring.number, spring.cut_off, spring.ends_on) == (2, date(2027, 1, 30), date(2027, 3, 30))
    assert (autumn.number, autumn.cut_off, autumn.ends_on) == (1, date(2027, 7, 30), date(2027, 9, 30))
    assert (spring.opens_on, autumn.opens_on) == (date(2026, 7, 30), date(2027, 1, 30))


@settings(deadline=None)
@given(DAYS, st.sampled_from(["province", "ministry"]))
def test_every_day_falls_into_one_round(day: date, tier: str) -> None:
    window = round_for(NOW, tier, day)
    assert window is not None
    assert window.accepts(day)
    assert day < window.cut_off < window.ends_on
    windows = [it for year in range(day.year, day.year + 2) for it in round_windows(NOW, tier, year)]
    assert sum(it.accepts(day) for it in windows) == 1


def test_rounds_of_148_are_the_plans_business() -> None:
    assert round_windows(OLD, "district", 2024) == ()
    assert round_for(OLD, "district", date(2024, 3, 1)) is None
    assert NOW.tier("province").extra_rounds
    assert NOW.tier("province").least_rounds == 2


def test_a_certificate_and_its_renewal() -> None:
    expires = expires_on(NOW, date(2026, 8, 5))
    assert expires == date(2029, 8, 5)
    window = renewal_window(NOW, expires)
    assert window is not None
    assert (expires - window.opens_on, expires - window.closes_on) == (timedelta(180), timedelta(120))
    assert window.holds(window.opens_on)
    assert window.holds(window.closes_on)
    assert not window.holds(window.closes_on + timedelta(1))
    assert extension_limit(NOW, expires) == expires + timedelta(180)
    assert renewal_window(OLD, expires) is None
    assert extension_limit(OLD, expires) is None
    assert OLD.certificate.remind_days == 30


def test_product_codes() -> None:
    code = product_code(NOW, province="12", commune="03388", number=7, year=2026)
    assert code == "12-03388-7-2026"
    assert read_product_code(NOW, code) == {
        "province": "12",
        "commune": "03388",
        "number": "7",
        "year": "2026",
    }
    assert read_product_code(OLD, "83-829-28780-3-2022") == {
        "province": "83", "district": "829", "commune": "28780", "number": "3", "year": "2022",
    }  # fmt: skip
    for wrong in ("12-03388-7-26", "12-03388-7", "83-829-28780-3-2022", "a-b-c-2026", ""):
        assert read_product_code(NOW, wrong) is None
    for regime in catalog().regimes.values():
        assert read_product_code(regime, regime.product_code.example)
    with pytest.raises(ValueError, match="builds a product code from"):
        product_code(NOW, province="12", number=7, year=2026)
    with pytest.raises(ValueError, match="no product code"):
        product_code(NOW, province="12", commune="x", number=7, year=2026)


def test_papers_and_grounds() -> None:
    assert [it.number for it in NOW.evidence] == list(range(1, 16))
    assert [it.code for it in NOW.revocation] == ["a", "b", "c", "d", "đ", "e"]
    assert [it.code for it in NOW.dossier_kinds] == ["first", "upgrade", "re_ranking"]
    assert NOW.dossier_kind("re_ranking").procedure == "written_opinion"
    assert len(NOW.findings) == 4
    assert [it.code for it in NOW.categories] == ["I", "II", "III", "IV", "V", "VI"]
    assert NOW.transition is not None
    assert dict(NOW.transition.finish_days) == {"first": 60, "upgrade": 60, "re_ranking": 30}
    assert dict(NOW.revoked_by) == {3: "province", 4: "province", 5: "ministry"}
    assert dict(NOW.copies) == {"paper": 1, "electronic": 1}


def test_council_rules_by_default() -> None:
    rules = NOW.council
    assert (rules.combine, rules.max_spread, rules.quorum) == ("mean", 10, Fraction(3, 4))
    assert (rules.chair_required, rules.gates_on, rules.gates_cumulative) == (True, "mean", True)
    assert rules.fall_back == "highest_held"


def test_the_sets_know_their_place() -> None:
    fruit, tourism = catalog().criteria_set("QD26-01"), catalog().criteria_set("QD26-26")
    assert (fruit.category.name, fruit.group, fruit.sub_group) == (
        "Thực phẩm",
        "Thực phẩm tươi sống",
        "Rau, củ, quả, hạt tươi",
    )
    assert fruit.ministries == ("Bộ Nông nghiệp và Môi trường",)
    assert tourism.ministries == ("Bộ Văn hóa, Thể thao và Du lịch", "Bộ Nông nghiệp và Môi trường")
    assert (fruit.sample_units, tourism.sample_units) == (5, 0)
    assert [it.code for it in fruit.rejections] == ["gia-mao", "du-dieu-kien-attp", "ho-so-dang-ky"]
    assert tourism.rejections == ()
    sets = catalog().sets_of("26/2026")
    assert sum(1 for it in sets if it.knock_outs) == 22
    assert {kind for it in sets for c in it.criteria for kind in c.evidence} <= {
        it.code for it in NOW.evidence
    }


@pytest.mark.parametrize(
    ("regime", "kind", "last"),
    [
        (BETWEEN, "first", date(2026, 7, 21)),
        (BETWEEN, "upgrade", date(2026, 7, 21)),
        (BETWEEN, "re_ranking", date(2026, 6, 21)),
        (catalog().regime("1048/2019"), "first", date(2023, 2, 23)),
        (NOW, "first", None),
    ],
)
def test_how_long_an_earlier_law_may_be_finished(regime: Regime, kind: str, last: date | None) -> None:
    """26/2026, Art 12.2."""
    assert finish_by(regime, kind, catalog().regimes.values()) == last


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2019, 8, 20), []),
        (date(2023, 2, 23), ["1048/2019"]),
        (date(2023, 2, 24), ["148/2023"]),
        (
            date(2026, 7, 21),
            ["148/2023", "148/2023-1489", "26/2026"],
        ),  # 60 days after the decision of 22/05/2026
        (date(2026, 7, 22), ["26/2026"]),
    ],
)
def test_a_decision_goes_by_the_law_in_force_or_one_that_is_still_finished_under(on, codes):
    assert sorted(it.code for it in laws_on(catalog().regimes.values(), on)) == codes
