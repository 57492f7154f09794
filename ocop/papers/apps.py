from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "ocop.papers"
    label = "papers"
