"""What a register has in life: the inventory of a survey, and rows that somebody wrote twice."""

from collections.abc import Mapping
from typing import Any

from ocop.demo.people import unit_named
from ocop.orgs.models import User
from products.inventory.writing import write_potential
from products.making import make_product
from products.models import Producer
from products.producers.registration import register_producer


def make_inventory(data: Mapping[str, Any], *, officer: User) -> None:
    for given in data["potentials"]:
        write_potential(given | {"unit": unit_named(given["unit"])}, by=officer)


def make_doubles(data: Mapping[str, Any], producers: Mapping[str, Producer], *, officer: User) -> None:
    """A producer and a product written down again in other words, for the page that finds them."""
    for given in data["written_twice"]:
        if "producer" in given:
            make_product(producers[given["producer"]], name=given["name"], set_code=given["set"], by=officer)
        else:
            register_producer(
                unit=unit_named(given["unit"]), kind=given["kind"], name=given["name"],
                facts={"phone": given["phone"]}, by=officer,
            )  # fmt: skip
