"""Addresses outside every tenant: the front page, accounts, the global admin, what the public may ask."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("", lambda request: HttpResponse("front"), name="front"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
