"""The project package: what every stage of the programme stands on."""

from ocop.celery import app as celery_app

__all__ = ["celery_app"]
