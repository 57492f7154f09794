"""A dossier that an earlier law left unfinished, filed anew under the law in force with what can be kept of it."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from plans.models import Round
from products.dossiers.carrying import asked_again
from products.dossiers.filing import start_dossier
from products.models import Dossier, DossierState


@dataclass
class Refiled:
    """The new draft, and what the producer has to answer again, in words."""

    dossier: Dossier
    asked_again: list[str] = field(default_factory=list)


@transaction.atomic
def refile(
    dossier: Dossier,
    *,
    round: Round,  # noqa: A002, the domain's word
    by: User,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Refiled:
    """A draft under today's law that follows the lapsed one; the old dossier keeps its regime for ever.

    Raises ValidationError where the old one has not lapsed or the round is shut, PermissionDenied without the right.
    """
    if dossier.state != DossierState.LAPSED:
        raise ValidationError(_("Chỉ nộp lại hồ sơ đã hết hạn theo quy định cũ."))
    fresh = start_dossier(
        dossier.product, kind=dossier.kind, round=round, by=by, star_aim=dossier.star_aim, previous=dossier,
        recognised_before=True, on=on, at=at,
    )  # fmt: skip
    return Refiled(fresh, asked_again(dossier, fresh))
