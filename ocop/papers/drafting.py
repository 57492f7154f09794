"""Writing papers from data: a draft that waits for its number, or a paper that has it at once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import OrgUnit, User
from ocop.papers.content import PaperContent
from ocop.papers.kinds import KINDS
from ocop.papers.models import Paper, PaperState, ShutOut
from ocop.papers.numbering import frozen, give_number
from ocop.papers.signing import Signer
from ocop.tenancy.scope import active_tenant_id
from ocop.tenancy.tasks import kick


def draft_paper(
    unit: OrgUnit,
    kind: str,
    title: str,
    content: PaperContent | Mapping[str, Any],
    *,
    by: User | None,
    about: str = "",
) -> Paper:
    """A paper without a number: it may be previewed, redrafted, and numbered by `PAPER.take("number", …)`.

    `about` names its one matter (`matter(dossier)`), so that who is shut out of that finds no paper of it.
    """
    if kind not in KINDS:
        raise ValueError(f"No such kind of paper: {kind!r} (ocop/papers/kinds.py).")
    paper = Paper.objects.create(
        unit=unit, kind=kind, title=title, content=dict(content), created_by=by, about=about
    )
    record("paper.draft", paper, by=by)
    return paper


def matter(obj: models.Model) -> str:
    """The name of a matter that papers are about: "dossier-17"."""
    return f"{obj._meta.model_name}-{obj.pk}"


def shut_out(user: User, obj: models.Model) -> None:
    """From now on this person finds no paper about it."""
    ShutOut.objects.get_or_create(user=user, about=matter(obj))


def let_in(obj: models.Model) -> None:
    """What it is about is public now."""
    ShutOut.objects.filter(about=matter(obj)).delete()


def redraft_paper(
    paper: Paper, title: str, content: PaperContent | Mapping[str, Any], *, by: User | None
) -> Paper:
    """Other words for a draft; a numbered paper is never changed."""
    fresh = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if fresh.state != PaperState.DRAFT:
        raise ValidationError(
            _("Văn bản đã có số %(symbol)s, không sửa được nữa.") % {"symbol": fresh.symbol}
        )
    fresh.title, fresh.content = title, dict(content)
    fresh.save(update_fields=["title", "content"])
    record("paper.redraft", fresh, by=by)
    return fresh


def issue_paper(
    unit: OrgUnit,
    kind: str,
    title: str,
    content: PaperContent | Mapping[str, Any],
    *,
    by: User,
    on: dt.date,
    signer: Signer | None = None,
    number: int | None = None,
    about: str = "",
) -> Paper:
    """A paper that is born with its number: what the effect of another step writes, its right being asked there.

    `number` is the document system's; without one it is the next of the series. ValidationError where it is taken.
    """
    paper = Paper(
        unit=unit,
        kind=kind,
        title=title,
        content=dict(content),
        created_by=by,
        state=PaperState.NUMBERED,
        about=about,
    )
    give_number(paper, on=on, number=number, signer=signer or Signer())
    paper.content = frozen(paper)
    paper.save(force_insert=True)
    record("paper.issue", paper, by=by, after=paper.state)
    kick("ocop.papers.render_papers", active_tenant_id())
    return paper
