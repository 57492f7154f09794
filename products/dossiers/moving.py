"""A draft that missed its round goes on in a later one, with all that is written."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from plans.models import Round
from products.dossiers.filing import open_rounds
from products.models import Dossier, DossierState
from products.models.dossier import GONE
from products.people import as_whom, demand


@transaction.atomic
def move_to_round(dossier: Dossier, found: Round, *, by: User) -> Dossier:
    """The draft in another round of the same law; ValidationError where it is filed already or the round is shut."""
    demand(by, "products.change_dossier", dossier)
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("product__unit").get(pk=dossier.pk)
    if fresh.state != DossierState.DRAFT:
        raise ValidationError(_("Chỉ chuyển đợt khi hồ sơ chưa nộp."))
    if found not in other_rounds(fresh):
        raise ValidationError({"round": _("Đợt này không nhận hồ sơ này vào hôm nay.")})
    before, fresh.round = fresh.round_id, found
    fresh.save(update_fields=["round"])
    record("dossier.move", fresh, by=by, role=as_whom(by, fresh), note=str(found), data={"from": before})
    return fresh


def other_rounds(dossier: Dossier) -> list[Round]:
    """Where the draft may go: open today, under its law, without another dossier of the product."""
    taken = dossier.product.dossiers.exclude(state__in=GONE).values_list("round", flat=True)
    return [
        it for it in open_rounds(dossier.product) if it.regime == dossier.regime and it.pk not in set(taken)
    ]
