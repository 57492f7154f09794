"""Numbers: one series a unit, letters and year; no gaps, no doubles, whoever asks at once."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from ocop.orgs.models import OrgUnit
from ocop.papers.drafting import draft_paper, issue_paper, redraft_paper
from ocop.papers.layout import date_words
from ocop.papers.letterhead import letterhead
from ocop.papers.models import NumberSeries, Paper
from ocop.papers.numbering import next_number
from ocop.papers.signing import signer_of
from ocop.papers.workflow import PAPER
from ocop.tenancy.scope import tenant_scope
from tests import factories
from tests.papers.conftest import CONTENT

ON = dt.date(2026, 11, 20)


def issued(unit, by, kind="recognition_decision", on=ON, **more):
    return issue_paper(unit, kind, "Về việc thử", CONTENT, by=by, on=on, **more).symbol


def test_each_letters_have_a_series_and_each_year_begins_anew(province, commune, leader):
    assert [issued(province, leader) for _ in range(2)] == ["01/QĐ-UBND", "02/QĐ-UBND"]
    assert issued(province, leader, "approval_decision") == "03/QĐ-UBND"
    assert issued(province, leader, "council_minutes") == "01/BB-HĐOCOP"
    assert issued(province, leader, "hand_over_letter") == "01/UBND-NNMT"
    assert issued(commune, leader, "commune_report") == "01/BC-UBND"
    assert issued(province, leader, on=dt.date(2027, 1, 4)) == "01/QĐ-UBND"
    assert issued(province, leader) == "04/QĐ-UBND"


def test_a_number_from_outside_is_taken_once_and_ours_go_on_after_it(province, leader):
    assert issued(province, leader, number=3215) == "3215/QĐ-UBND"
    assert issued(province, leader) == "3216/QĐ-UBND"
    assert issued(province, leader, number=40) == "40/QĐ-UBND"
    with pytest.raises(ValidationError) as refused:
        issued(province, leader, number=40)
    assert refused.value.message_dict == {
        "number": ["Số 40/QĐ-UBND năm 2026 đã cấp cho văn bản “Về việc thử”."]
    }
    assert issued(province, leader) == "3217/QĐ-UBND"


class UndoneError(Exception):
    pass


@transaction.atomic
def issued_and_undone(unit, by) -> None:
    assert issued(unit, by) == "02/QĐ-UBND"
    raise UndoneError


def test_what_is_rolled_back_leaves_no_gap(province, leader):
    issued(province, leader)
    with pytest.raises(UndoneError):
        issued_and_undone(province, leader)
    assert issued(province, leader) == "02/QĐ-UBND"


def test_twelve_at_once_get_twelve_numbers(transactional_db):
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        factories.make_units(tenant)
    got, start = [], threading.Barrier(12)

    def take() -> None:
        start.wait(30)
        with tenant_scope(tenant.pk):
            got.append(next_number(OrgUnit.objects.get(parent=None), "QĐ", 2026))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(got) == list(range(1, 13))
    with tenant_scope(tenant.pk):
        assert NumberSeries.objects.get().last == 12


def test_the_step_asks_for_a_day_and_a_signer_and_says_what_is_wrong(
    draft, province, leader, officer, observer
):
    with pytest.raises(ValidationError) as refused:
        PAPER.take("number", draft, by=officer, data={})
    assert sorted(refused.value.message_dict) == ["dated_on", "signer_name"]
    issued(province, leader, number=7)
    data = {"dated_on": ON, "signer_name": "Hà Trọng Hải", "number": 7}
    with pytest.raises(ValidationError, match="Số 07/QĐ-UBND năm 2026 đã cấp"):
        PAPER.take("number", draft, by=officer, data=data)
    with pytest.raises(PermissionDenied):
        PAPER.take("number", draft, by=observer, data=data)
    done = PAPER.take("number", draft, by=officer, data=data | {"number": None})
    assert (done.symbol, done.signs_as, done.state) == ("08/QĐ-UBND", "CHỦ TỊCH", "numbered")
    with pytest.raises(ValidationError, match="làm trước bạn"):
        PAPER.take("number", draft, by=officer, data=data)


def test_a_numbered_paper_keeps_its_words_and_its_letterhead(draft, province, officer):
    redraft_paper(draft, "Về việc khác", CONTENT, by=officer)
    done = PAPER.take("number", draft, by=officer, data={"dated_on": ON, "signer_name": "Hà Trọng Hải"})
    assert done.title == "Về việc khác"
    with pytest.raises(ValidationError, match="không sửa được nữa"):
        redraft_paper(done, "Lại khác", CONTENT, by=officer)
    OrgUnit.objects.filter(pk=province.pk).update(name="Tỉnh Đã Đổi Tên")
    assert Paper.objects.get(pk=done.pk).content["letterhead"]["name"] == ["ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU"]


def test_an_unknown_kind_is_an_error_of_the_programmer(province, officer):
    with pytest.raises(ValueError, match="No such kind of paper"):
        draft_paper(province, "letter_to_santa", "…", {}, by=officer)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"), (dt.date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (dt.date(2026, 12, 28), "ngày 28 tháng 12 năm 2026"),
    ],
)  # fmt: skip
def test_noughts_lead_days_under_ten_and_the_first_two_months(on, words):
    assert date_words(on) == words


def test_letterheads_by_kind_and_by_the_units_own_words(province, commune, lai_chau):
    assert letterhead(commune).name == ("ỦY BAN NHÂN DÂN", "XÃ MƯỜNG SO")
    assert (letterhead(commune).place, letterhead(commune).signs_for) == ("Mường So", "TM. ỦY BAN NHÂN DÂN")
    department = factories.make_unit("Sở Nông nghiệp và Môi trường", "department", parent=province)
    head = letterhead(department)
    assert (head.superior, head.symbol, head.place, head.head) == (
        "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "SNNMT", "Lai Châu", "GIÁM ĐỐC",
    )  # fmt: skip
    province.name_on_papers, province.symbol = "Ủy ban nhân dân/ tỉnh Lai Châu", "UBNDLC"
    assert letterhead(province).symbol == "UBNDLC"
    assert letterhead(province).name == ("ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU")


def test_the_signer_is_a_leader_of_that_unit_on_that_day(province, leader, officer):
    leader.memberships.update(signs_as="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    assert signer_of(leader, province, on=ON).signs_as == "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
    assert signer_of(leader, province, on=dt.date(2020, 1, 1)) is None
    assert signer_of(officer, province, on=ON) is None
