"""The product's settings, and the floor's views beside its pages."""

from ocop.settings import *  # noqa: F403, all of them are meant
from ocop.settings import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = [*PRODUCT_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
