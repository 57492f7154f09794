"""Visitors who are signed in, and how many queries a request of theirs takes."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.client import Visitor
from bench.data import SLUG
from ocop.orgs.models import User
from ocop.tenancy.scope import no_tenant

TOKEN = "b" * 32  # the same in cookie and header is what the CSRF check asks


def cookies_of(username: str) -> str:
    """As after the login page."""
    client = Client()
    client.force_login(User.objects.get(username=username), backend="ocop.orgs.backends.LoginBackend")
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


def visitor(username: str, path: str) -> Visitor:
    return Visitor(f"/{SLUG}/{path}", cookies_of(username) if username else "")


def queries_of(one: Visitor) -> int:
    """Those of the second request: the first fills what a process remembers."""
    return [_count(one) for _ in range(2)][1]


def _count(one: Visitor) -> int:
    headers = {"Cookie": one.cookies, **one.headers}
    with no_tenant(), CaptureQueriesContext(connection) as queries:
        answer = Client(headers=headers).generic(
            one.method, one.path, one.body() or "", content_type="application/x-www-form-urlencoded"
        )
    if answer.status_code != one.status:
        raise RuntimeError(f"{one.path}: {answer.status_code}")
    one.answered(answer.content)
    return len(queries)
