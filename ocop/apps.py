from django.apps import AppConfig
from django.contrib.admin import apps as admin

from ocop.celery import app as celery_app

__all__ = ["celery_app"]  # made with Django, so that the web process sends by it; the law imports neither


class OcopConfig(AppConfig):
    """The project package is an installed app for its commands and template tags."""

    name = "ocop"
    verbose_name = "OCOP"


class OcopAdminConfig(admin.AdminConfig):
    """Django's admin behind our own door."""

    default = False  # of this module; settings name it
    default_site = "ocop.admin_door.GlobalAdminSite"
