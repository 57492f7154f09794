"""Where a paper is read, for who may read it."""

from django.urls import reverse

from ocop.orgs.models import User
from ocop.papers.models import Paper


def paper_url(paper: Paper | None, user: User) -> str:
    """The paper's page; "" where there is none or this person may not open it."""
    if paper is None or not user.has_perm("papers.view_paper", paper):
        return ""
    return reverse("papers:paper", args=[paper.pk])
