"""A tenant's own line beside a criterion: written by its officers, read by all who score."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ocop.orgs.models import User
from products.dossiers.guidance import write_guidance
from products.models import Guidance
from tests import factories

T = "/lai-chau"
TEXT, LINK = "Xem hợp đồng có phụ lục sản lượng năm gần nhất.", "https://ocop.example.vn/huong-dan"


def test_an_officer_writes_it_and_the_producer_reads_it(signed_in, officer, commune):
    dossier = factories.make_complete_dossier(commune)
    owner = User.objects.get(username=f"chuthe.{commune.pk}")
    page = f"{T}/dossiers/{dossier.pk}/score/1.5/"
    address = f"{T}/guidance/{dossier.set_code}/1.5/"
    assert address not in signed_in(owner).get(page).text
    assert signed_in(officer).post(address, {"text": TEXT, "link": LINK}).status_code == 302
    seen = signed_in(owner).get(page).text
    assert (TEXT in seen, LINK in seen, "Minh chứng được tính:" in seen) == (True, True, True)
    assert TEXT not in signed_in(owner).get(f"{T}/dossiers/{dossier.pk}/score/1.1/").text


def test_a_link_that_is_none_is_refused_at_its_field_and_nothing_typed_is_lost(signed_in, officer):
    answer = signed_in(officer).post(
        f"{T}/guidance/QD26-11/1.5/", {"text": TEXT, "link": "javascript:alert(1)"}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["link"]
    assert TEXT in answer.text
    assert not Guidance.objects.exists()


def test_of_two_officers_the_slower_overwrites_nothing_unasked(signed_in, officer):
    tab, address = signed_in(officer), f"{T}/guidance/QD26-11/1.5/"
    stale = tab.get(address).context["form"]["seen"].value()
    write_guidance("QD26-11", "1.5", text=TEXT, link="", by=officer)
    given = {"text": "Xem sổ mua chè.", "link": LINK, "seen": stale}
    answer = tab.post(address, given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert (TEXT in answer.text, "Xem sổ mua chè." in answer.text) == (True, True)
    again = given | {"seen": answer.context["form"]["seen"].value()}
    assert tab.post(address, again).status_code == 302
    assert Guidance.objects.get().text == "Xem sổ mua chè."


def test_nobody_else_writes_it(signed_in, commune_officer, nobody, officer):
    for user in (commune_officer, nobody):
        assert signed_in(user).get(f"{T}/guidance/QD26-11/1.5/").status_code == 403
        with pytest.raises(PermissionDenied):
            write_guidance("QD26-11", "1.5", text=TEXT, link="", by=user)
    for place in ("QD26-11/99", "khong-co/1.5"):
        assert signed_in(officer).get(f"{T}/guidance/{place}/").status_code == 404
    with pytest.raises(ValidationError):
        write_guidance("QD26-11", "99", text=TEXT, link="", by=officer)


def test_written_again_it_is_replaced_and_emptied_it_is_gone(officer):
    write_guidance("QD26-11", "1.5", text="Cũ", link="", by=officer)
    write_guidance("QD26-11", "1.5", text=TEXT, link=LINK, by=officer)
    assert [it.text for it in Guidance.objects.all()] == [TEXT]
    assert write_guidance("QD26-11", "1.5", text=" ", link="", by=officer) is None
    assert not Guidance.objects.exists()
