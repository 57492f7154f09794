"""Accepted results of extra tests as they go with a dossier: facts by value, the paper's file beside them.

They came after the dossier was filed and stand beside what the receipt names, never among it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ocop.files.models import StoredFile
from products.dossiers.filed import FiledPaper
from products.law import regime
from products.models import (
    Dossier,
    EvidencePaper,
    ExtraTest,
    ExtraTestResult,
    ExtraTestState,
)

FACTS = ("kind", "title", "number", "issuer", "scope")
DAYS = ("issued_on", "expires_on")
MOMENTS = ("asked_at", "brought_at", "judged_at")


def accepted_results(dossier: Dossier) -> list[ExtraTestResult]:
    """In the order they were asked for."""
    found = ExtraTestResult.objects.filter(test__dossier=dossier, is_accepted=True)
    return list(found.select_related("test", "paper__file").order_by("test_id", "pk"))


@dataclass(frozen=True)
class BoundResult(FiledPaper):
    """A result as the bound dossier and its archive hold it; `number` counts results alone, from 1."""

    folder = "kiem-nghiem-them"

    @property
    def key(self) -> int:
        return self.facts["paper"]

    @property
    def heading(self) -> str:
        return _("Kết quả kiểm nghiệm thêm %(number)s: %(title)s") % {
            "number": self.number,
            "title": self.title,
        }

    @property
    def origin(self) -> str:
        shows = _("chỉ tiêu: %(parameters)s") % {
            "parameters": "; ".join(self.facts["parameters"].splitlines())
        }
        return "; ".join(filter(None, [super().origin, shows, self.facts["verdict"]]))


def bound_results(dossier: Dossier) -> list[BoundResult]:
    names = {it.code: it.name for it in regime(dossier.regime).evidence}
    return [
        BoundResult(number, as_sent(row), row.paper.file, names.get(row.paper.kind, row.paper.kind))
        for number, row in enumerate(accepted_results(dossier), start=1)
    ]


def as_sent(row: ExtraTestResult) -> dict[str, Any]:
    """One result as it travels: plain values, its file by hash."""
    test, paper = row.test, row.paper
    file = paper.file
    return {
        "id": row.pk, "paper": paper.pk, "parameters": test.parameters, "reason": test.reason,
        "laboratory": test.laboratory, "verdict": row.verdict, "due_on": test.due_on.isoformat(),
        **{name: getattr(paper, name) for name in FACTS},
        **{name: day.isoformat() if (day := getattr(paper, name)) else None for name in DAYS},
        "asked_at": test.asked_at.isoformat(), "brought_at": row.brought_at.isoformat(),
        "judged_at": row.judged_at.isoformat() if row.judged_at else None,
        "file": {"name": file.name, "size": file.size, "sha256": file.sha256}, "criteria": [], "pages": {},
    }  # fmt: skip


def copy_results(
    dossier: Dossier, given: Iterable[Mapping[str, Any]], files: Mapping[str, StoredFile], at: dt.datetime
) -> None:
    """What came with a package from another tenant, under the copy of its dossier: nobody here asked or judged it."""
    for it in given:
        paper = EvidencePaper.objects.create(
            producer=dossier.product.producer, file=files[it["file"]["sha256"]], added_at=at,
            **{name: it[name] for name in FACTS}, **{name: _day(it[name]) for name in DAYS},
        )  # fmt: skip
        asked, brought, judged = (dt.datetime.fromisoformat(it[name]) for name in MOMENTS)
        test = ExtraTest.objects.create(
            dossier=dossier, unit=dossier.unit, parameters=it["parameters"], reason=it["reason"],
            laboratory=it["laboratory"], due_on=dt.date.fromisoformat(it["due_on"]), asked_at=asked, ended_at=judged,
            state=ExtraTestState.ACCEPTED,
        )  # fmt: skip
        ExtraTestResult.objects.create(
            test=test,
            paper=paper,
            brought_at=brought,
            is_accepted=True,
            verdict=it["verdict"],
            judged_at=judged,
        )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
