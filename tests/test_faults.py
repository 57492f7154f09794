"""What no view foresaw: a database that is away is said, and nothing that was typed is lost; the rest is our fault."""

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.test import RequestFactory

from ocop.faults import answer

PAGE, SCRIPT = {"accept": "text/html"}, {"accept": "application/json"}


def cut() -> DatabaseError:
    """As Django passes on what the driver says of a connection that broke in the middle."""
    error = DatabaseError("server closed the connection unexpectedly")
    error.__cause__ = psycopg2.DatabaseError()
    return error


def answered(error, request):
    try:
        raise error
    except DatabaseError:
        return answer(request)
    except InterfaceError:
        return answer(request)


@pytest.mark.parametrize("error", [OperationalError("starting up"), InterfaceError("already closed"), cut()])
def test_a_database_that_is_away_is_said_with_when_to_come_again(error):
    for headers, kind in ((PAGE, "text/html"), (SCRIPT, "application/json")):
        response = answered(error, RequestFactory().get("/lai-chau/dossiers/", headers=headers))
        assert (response.status_code, response["Retry-After"]) == (503, "10")
        assert response["Content-Type"].startswith(kind)


@pytest.mark.parametrize("error", [ProgrammingError("no such column"), DatabaseError("no row was updated")])
def test_our_own_fault_stays_one(error):
    assert answered(error, RequestFactory().get("/lai-chau/", headers=PAGE)).status_code == 500


def test_the_api_answers_in_its_own_shape():
    response = answered(OperationalError(), RequestFactory().put("/lai-chau/api/ballots/1/marks/1.1/"))
    assert response.status_code == 503
    assert b'"errors": {"__all__"' in response.content


def test_the_page_keeps_what_was_sent_but_no_password_and_no_half_of_a_form_with_files():
    made, typed = RequestFactory(headers=PAGE), "Dòng một\n<b>dòng hai</b>"
    page = answered(
        OperationalError(), made.post("/lai-chau/x/", {"note": typed, "a": ["1", "2"]})
    ).content.decode()
    assert "Dòng một\n&lt;b&gt;dòng hai&lt;/b&gt;</textarea>" in page
    assert page.count('<textarea name="a" hidden>') == 2
    login = answered(OperationalError(), made.post("/accounts/login/", {"login": "a", "password": "bí mật"}))
    assert "<form" not in login.content.decode()
    assert "bí mật" not in login.content.decode()
