"""Addresses inside a tenant: the floor's, then the product's."""

from django.urls import path

from bench import floor
from ocop.urls import urlpatterns as product

urlpatterns = [
    path("bench/constant/", floor.constant),
    path("bench/row/", floor.row),
    path("bench/list/", floor.rows),
    *product,
]
