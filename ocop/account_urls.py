"""Login, logout, passwords and the second factor are allauth's; the person's own page is ours."""

from django.urls import include, path

from ocop.account import account

urlpatterns = [path("", account, name="account"), path("", include("allauth.urls"))]
