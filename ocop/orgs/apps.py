from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "ocop.orgs"
    label = "orgs"
