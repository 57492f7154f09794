"""Who may show at a fair: the rule alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion.rules import Facts, refusals, standing
from promotion.sentences import SENTENCES, sentence

DAY = dt.date
FAIR = {"starts_on": DAY(2026, 12, 1), "ends_on": DAY(2026, 12, 5), "least_stars": 3}


def facts(**other):
    return Facts(
        **(
            {"state": "in_force", "stars": 3, "issued_on": DAY(2025, 1, 1), "last_day": DAY(2027, 12, 31)}
            | other
        )
    )


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (facts(), []),
        (facts(last_day=DAY(2026, 12, 5)), []),
        (facts(issued_on=DAY(2026, 12, 1)), []),
        (
            facts(last_day=DAY(2026, 12, 4)),
            ["Giấy chứng nhận hết hạn ngày 04/12/2026, trước ngày bế mạc 05/12/2026."],
        ),
        (facts(last_day=DAY(2026, 11, 30)), ["Giấy chứng nhận đã hết hạn ngày 30/11/2026."]),
        (
            facts(issued_on=DAY(2026, 12, 2)),
            ["Giấy chứng nhận cấp ngày 02/12/2026, sau ngày khai mạc 01/12/2026."],
        ),
        (facts(stars=2), ["Sản phẩm đạt 2 sao, sự kiện nhận từ 3 sao."]),
        (facts(state="replaced"), ["Giấy chứng nhận đã được thay bằng giấy khác."]),
        (
            facts(state="revoked", revoked_on=DAY(2026, 11, 20), last_day=DAY(2026, 11, 1)),
            ["Giấy chứng nhận đã bị thu hồi ngày 20/11/2026.", "Giấy chứng nhận đã hết hạn ngày 01/11/2026."],
        ),
    ],
)
def test_every_reason_is_said_in_words(held, words):
    assert [sentence(refusal) for refusal in refusals(held, **FAIR)] == words


def test_every_refusal_has_its_sentence():
    codes = {refusal.code for held in (
        facts(state="revoked", stars=2, last_day=DAY(2026, 11, 1)), facts(state="replaced", last_day=DAY(2026, 12, 2)),
        facts(issued_on=DAY(2026, 12, 3)),
    ) for refusal in refusals(held, **FAIR)}  # fmt: skip
    assert codes == set(SENTENCES)


DAYS = st.dates(DAY(2024, 1, 1), DAY(2030, 12, 31))


@given(
    issued=DAYS, length=st.integers(1, 1500), starts=DAYS, lasts=st.integers(0, 10), stars=st.integers(3, 5)
)
def test_whoever_is_let_in_holds_on_every_day_of_the_fair(issued, length, starts, lasts, stars):
    held = facts(issued_on=issued, last_day=issued + dt.timedelta(length), stars=stars)
    days = [starts + dt.timedelta(number) for number in range(lasts + 1)]
    holds = all(standing(held, day) in ("valid", "soon") for day in days)
    assert (refusals(held, starts_on=starts, ends_on=days[-1], least_stars=3) == []) is holds


@pytest.mark.parametrize(
    ("held", "on", "stands"),
    [
        (facts(), DAY(2026, 1, 1), "valid"),
        (facts(), DAY(2024, 12, 31), "future"),
        (facts(), DAY(2027, 10, 31), "valid"),
        (facts(), DAY(2027, 11, 1), "soon"),
        (facts(), DAY(2027, 12, 31), "soon"),
        (facts(), DAY(2028, 1, 1), "expired"),
        (facts(state="revoked", revoked_on=DAY(2026, 1, 1)), DAY(2028, 1, 1), "revoked"),
        (facts(state="replaced"), DAY(2026, 1, 1), "replaced"),
    ],
)
def test_how_a_certificate_stands_on_a_day(held, on, stands):
    assert standing(held, on) == stands
