"""Addresses outside every tenant: the front page, accounts, the global admin, what the public may ask."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from ocop.front import front, healthz
from ocop.ui_board import board

urlpatterns = [
    path("", include("ocop.public_urls")),
    path("", front, name="home"),
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("ocop.account_urls")),
    path("language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
]
if settings.DEBUG:
    urlpatterns += [path("ui/", board)]
handler400 = "ocop.api_refusals.bad_request"
handler404 = "ocop.api_refusals.not_found"
handler500 = "ocop.faults.answer"
