"""What waits for a member on her own page: the sheets that are hers, no others."""

from evaluation.meetings.assigning import assign
from evaluation.models import AgendaItem, Assignment
from tests.evaluation import makers


def test_where_members_were_drawn_only_her_own_products_wait(meeting, members, secretary, signed_in):
    assign(meeting, 3, "5d3fa1c7", by=secretary)
    makers.open_meeting(meeting, members)
    every = AgendaItem.objects.filter(meeting=meeting)
    for user in members:
        hers = Assignment.objects.filter(item__in=every, seat__user=user).count()
        page = signed_in(user).get("/lai-chau/").text
        assert (f"Chấm {hers} sản phẩm còn lại" in page) is (hers > 0)
        assert ("Đã nộp đủ phiếu" in page) is (hers == 0)
