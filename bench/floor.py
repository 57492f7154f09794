"""The least that a page can cost here: the house's middleware and no more than a constant, a row, a list of 50."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.orgs.models import OrgUnit

ROWS = 50


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def row(request: HttpRequest) -> HttpResponse:
    return HttpResponse(OrgUnit.objects.order_by("pk")[0].name)


def rows(request: HttpRequest) -> HttpResponse:
    return render(request, "bench/list.html", {"rows": OrgUnit.objects.order_by("pk")[:ROWS]})
