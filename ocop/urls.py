"""Addresses inside a tenant; the first path segment is already off."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("", lambda request: HttpResponse("home"), name="home"),
    path("accounts/", include("allauth.urls")),
]
