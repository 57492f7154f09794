"""Who is shut out of a matter finds no paper of it, in the register, by its address or by the API."""

import pytest

from ocop.papers.drafting import draft_paper, matter, shut_out
from ocop.papers.models import Paper


@pytest.fixture
def papers(province, commune, other_commune, officer):
    """One paper of each of two matters (any row will do for one), and one of none."""
    return [
        draft_paper(
            province,
            "team_report",
            f"Thẩm định {about}",
            {"body": []},
            by=officer,
            about=about and matter(about),
        )
        for about in (commune, other_commune, "")
    ]


def test_only_papers_of_that_matter_are_gone(papers, commune, officer, leader, signed_in):
    assert Paper.objects.visible_to(officer).count() == 3
    shut_out(officer, commune)
    shut_out(officer, commune)
    assert set(Paper.objects.visible_to(officer)) == set(papers[1:])
    assert Paper.objects.visible_to(leader).count() == 3
    client = signed_in(officer)
    assert commune.name not in client.get("/lai-chau/papers/").text
    assert client.get(f"/lai-chau/papers/{papers[0].pk}/").status_code == 404
    assert client.get(f"/lai-chau/api/papers/{papers[0].pk}/").status_code == 404
    assert client.get(f"/lai-chau/papers/{papers[1].pk}/").status_code == 200
