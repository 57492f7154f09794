"""Papers that producers have put into their vaults before any dossier asks, some of them near their end."""

from collections.abc import Iterable, Mapping
from typing import Any

from ocop.demo.clock import Days
from ocop.demo.dossiers import owner_of, scan
from products.models import Producer
from products.vault.keeping import put_in_vault


def make_vaults(given: Iterable[Mapping[str, Any]], producers: Mapping[str, Producer], days: Days) -> None:
    for paper in given:
        producer = producers[paper["producer"]]
        facts = {name: paper[name] for name in ("title", "number", "issuer", "scope") if name in paper}
        facts |= {name: days.on(paper[name]) for name in ("issued_on", "expires_on") if name in paper}
        upload = scan(f"{paper['kind']}.pdf", paper["title"])
        put_in_vault(
            producer,
            kind=paper["kind"],
            by=owner_of(producer),
            upload=upload,
            facts=facts,
            at=days.at(paper["day"]),
        )
