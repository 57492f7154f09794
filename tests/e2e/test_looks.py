"""Every page between an idea and a filed dossier, walked as those who open it: small and wide, light and dark, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Concat

from ocop.tenancy.models import Tenant
from ocop.tenancy.scope import tenant_scope
from products.models import Producer, Product
from tests import factories
from tests.access.asking import address
from tests.access.pages import PAGES
from tests.access.rows import GONE_ON, Row
from tests.access.world import World, make_world
from tests.e2e.looking import wrong_on

LONG = "Hợp tác xã Sản xuất, kinh doanh và dịch vụ nông nghiệp tổng hợp Mường So"
LONG_PRODUCT = "Chè Shan tuyết cổ thụ hữu cơ hộp quà biếu thượng hạng bản Vàng Pheo, xã Mường So"
OTHERS = {"reports:home", "evaluation:certificate", "evaluation:certificate_renew"}
# answered with a file, a picture or a part of a page
NO_PAGES = {
    "products:business_plan_pdf", "products:business_plan_word", "products:potential_template", "products:potential_file",
    "products:sample_labels", "products:bound", "products:survey_photo", "products:survey_photo_small",
    # the page on the device is empty until something is taken along: tests/e2e/test_survey.py looks at it
    "products:survey_device", "products:survey_device_back", "products:survey_worker", "products:survey_bundle",
    "products:survey_sync",
}  # fmt: skip
# who opens a thing, the first who may; a list is another one for each of them
EYES = ("producer", "commune_officer", "advisor", "officer", "nobody", "anonymous")
LISTS_OF = ("producer", "commune_officer", "officer", "nobody")


@pytest.fixture
def cast(transactional_db: None, settings) -> World:
    """A row behind every address, under the longest names there are."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    tenant = factories.make_tenant("lai-chau", "Tỉnh Lai Châu", code="12")
    with tenant_scope(tenant.pk):
        world = make_world(Tenant.objects.get(pk=tenant.pk))
        Producer.objects.update(name=LONG)
        Product.objects.update(name=Concat(Value(f"{LONG_PRODUCT} "), "pk", output_field=CharField()))
    return world


def _visits() -> Iterator[tuple[str, Row]]:
    """(who, which page)."""
    for row in PAGES:
        if (
            row.get is None
            or row.get.answers == frozenset([404])  # nothing is there for what the cast has
            or row.get.answers == GONE_ON  # a file, at an address that ends
            or row.name in NO_PAGES
            or not (row.name in OTHERS or row.name.startswith("products:"))
        ):
            continue
        eyes = [who for who in EYES if who in row.get.let_in]
        if row.thing:
            eyes = eyes[:1]
        for who in eyes:
            if row.thing or who in LISTS_OF:
                yield who, row


def test_every_page_fits_and_reads_and_is_reached_by_keyboard(cast, site, person, visitor):
    found, seen = [], 0
    for who, row in sorted(_visits(), key=lambda visit: visit[0]):
        eyes = visitor() if who == "anonymous" else person(cast.people[who])
        answer = eyes.tab.goto(address(cast.slug, row, cast.things))
        assert answer is not None
        if not answer.ok:
            found.append(f"{row.name} ({row.thing or '-'}) as {who}: {answer.status}")
        found += [f"{row.name} ({row.thing or '-'}) as {who}: {fault}" for fault in wrong_on(eyes.tab)]
        seen += 1
    assert seen > 100
    if found:
        pytest.fail("\n".join(found), pytrace=False)
