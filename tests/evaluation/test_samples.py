"""A product goes on the agenda without its samples, and that is said."""

from evaluation.models import AgendaItem
from products.samples import receive_samples
from tests.evaluation import makers

T = "/lai-chau"


def test_the_agenda_warns_and_lets_it_in(council, tea, rice, officer, signed_in):
    receive_samples(rice.dossier, count=5, condition="good", by=officer)
    meeting, tab = makers.make_meeting(council, [], by=officer), signed_in(officer)
    url = f"{T}/meetings/{meeting.pk}/agenda/"
    page = tab.get(url).content.decode()
    assert page.count("chưa nhận sản phẩm mẫu") == 1
    sent = tab.post(url, {"assessment": [tea.pk, rice.pk]}, follow=True).content.decode()
    assert f"khi còn thiếu mẫu. {tea}: chưa nhận sản phẩm mẫu." in sent
    assert AgendaItem.objects.filter(meeting=meeting).count() == 2
