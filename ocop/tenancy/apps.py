from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "ocop.tenancy"
    label = "tenancy"
