"""Seats of people from elsewhere, what the council's page says of them, and the advisory team."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.councils.making import add_seat, draft_council, replace_seat, set_sectors
from evaluation.councils.teams import appoint, dismiss, team_of
from evaluation.models import Assessment, Council
from ocop.orgs.models import OrgUnit
from ocop.orgs.rights import forget_roles
from products.models import Dossier
from tests import factories

URL = "/lai-chau"
TODAY = timezone.localdate


def test_a_provincial_officer_sits_on_a_district_council_by_the_seat_alone(
    signed_in, lai_chau, officer, province
):
    district = OrgUnit.objects.get(name="Huyện Phong Thổ")
    of_the_province = factories.make_user("so.congthuong", "Lò Thị Mai")
    council = draft_council(
        district, regime_code="148/2023", name="Hội đồng huyện", starts_on=dt.date(2024, 3, 1), by=officer
    )
    seat = add_seat(
        council, of_the_province, role="member", agency="Sở Công Thương", unit=province, by=officer
    )
    assert seat.agency_line == "Thành viên · Sở Công Thương · Tỉnh Lai Châu"
    assert list(Council.objects.visible_to(of_the_province)) == [council]
    assert not Dossier.objects.visible_to(of_the_province).exists()
    assert not of_the_province.has_perm("evaluation.change_council", council)
    page = signed_in(of_the_province).get(f"{URL}/councils/{council.pk}/")
    assert "Sở Công Thương · Tỉnh Lai Châu" in page.text


def test_the_councils_page_tells_who_followed_whom_by_which_decision(
    signed_in, council, members, nobody, officer, leader
):
    seat = council.seats.get(user=members[5])
    replace_seat(seat, nobody, on=TODAY(), decision_number="90/QĐ-UBND", by=officer)
    set_sectors(council.seats.get(user=members[6]), sectors=["I", "II"], unit=None, by=officer)
    deputy = council.seats.get(user=members[1])
    answer = signed_in(officer).post(
        f"{URL}/councils/{council.pk}/seats/{deputy.pk}/delegation/",
        {"acts_as": "KT. CHỦ TỊCH HỘI ĐỒNG / PHÓ CHỦ TỊCH", "delegation": "12/GUQ ngày 01/11/2026"},
    )
    assert answer.status_code == 302
    page = signed_in(leader).get(f"{URL}/councils/{council.pk}/").text
    assert f"thay {members[5]} theo 90/QĐ-UBND" in page
    assert "KT. CHỦ TỊCH HỘI ĐỒNG / PHÓ CHỦ TỊCH, 12/GUQ ngày 01/11/2026" in page
    assert "lĩnh vực I, II" in page
    for place in ("sectors", "delegation"):
        assert (
            signed_in(leader).get(f"{URL}/councils/{council.pk}/seats/{deputy.pk}/{place}/").status_code
            == 403
        )


def test_the_team_is_appointed_for_a_term_by_decision(signed_in, council, officer, nobody, tea):
    client, address = signed_in(officer), f"{URL}/councils/{council.pk}/team/"
    given = {"user": nobody.pk, "starts_on": TODAY().isoformat(), "decision_number": ""}
    refused = client.post(address, given)
    assert (refused.status_code, "Hãy ghi số quyết định." in refused.text) == (422, True)
    assert not Assessment.objects.visible_to(nobody).exists()
    assert client.post(address, given | {"decision_number": "812/QĐ-UBND"}).status_code == 302
    forget_roles(nobody)
    assert list(Assessment.objects.visible_to(nobody)) == [tea]
    assert "812/QĐ-UBND" in client.get(address).text
    twice = client.post(address, given | {"decision_number": "813/QĐ-UBND"})
    assert "đã ở trong Tổ tư vấn" in twice.text
    [membership] = team_of(council).filter(user=nobody)
    with pytest.raises(ValidationError):
        dismiss(council, membership, on=TODAY() - dt.timedelta(days=1), by=officer)
    assert client.post(f"{address}{membership.pk}/leave/", {"on": TODAY().isoformat()}).status_code == 302
    membership.refresh_from_db()
    assert membership.ends_on == TODAY()


def test_only_who_draws_the_council_up_appoints_its_team(signed_in, council, leader, nobody, member):
    with pytest.raises(PermissionDenied):
        appoint(council, nobody, by=leader, starts_on=TODAY(), decision_number="1/QĐ")
    address = f"{URL}/councils/{council.pk}/team/"
    assert signed_in(member).get(address).status_code == 200
    assert signed_in(member).post(address, {"user": nobody.pk}).status_code == 403
    assert signed_in(nobody).get(address).status_code == 404


def test_a_longer_team_and_council_cost_no_more_queries(signed_in, council, officer):
    client, counts = signed_in(officer), []
    for number in range(3):
        user = factories.make_user(f"to.{number}", f"Lò Văn {number}")
        appoint(council, user, by=officer, starts_on=TODAY(), decision_number="812/QĐ-UBND")
        if number == 1:
            continue
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{URL}/councils/{council.pk}/team/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
