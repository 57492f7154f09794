from django.apps import AppConfig


class OcopConfig(AppConfig):
    """The project package is an installed app for its commands and template tags."""

    name = "ocop"
    verbose_name = "OCOP"
