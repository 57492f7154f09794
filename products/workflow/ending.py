"""How a dossier ends: withdrawn, lapsed, decided."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.audit.models import Entry
from ocop.orgs.models import User
from products import law
from products.dossiers import clocks
from products.dossiers.telling import tell, tell_producer
from products.models import Dossier, DossierState
from products.people import nearest_holders
from products.workflow.shared import Data, day_of


def withdrawn(dossier: Dossier, by: User, data: Data) -> None:
    clocks.stop(dossier, on=day_of(data))
    if not dossier.code:
        return
    body = str(data["note"])
    tell(
        dossier,
        _officers(dossier),
        what="withdrawn",
        key="withdrawn",
        subject=_("Chủ thể rút hồ sơ: %(product)s"),
        body=body,
    )


def _officers(dossier: Dossier) -> list[User]:
    """Those at every desk that the dossier has come to."""
    desks = [("products.check_dossier", law.first_tier(dossier.regime))]
    if Entry.objects.about(dossier).filter(after=DossierState.FORWARDED).exists():
        desks.append(("products.receive_dossier", law.receiving_tier(dossier.regime)))
    found = [
        user for right, tier in desks for user in nearest_holders(right, law.unit_at(dossier.unit, tier))
    ]
    return list({user.pk: user for user in found}.values())


def not_lapsed(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    """Only what an earlier law left unfinished past its last day (QĐ 26/2026, Điều 12 khoản 2)."""
    last = law.last_day_of(dossier.regime, dossier.kind)
    if last is None or day_of(data) <= last:
        decision = law.regime(dossier.regime).decision
        until = date_format(last, "SHORT_DATE_FORMAT") if last else ""
        words = _("Hồ sơ còn được hoàn thành theo Quyết định %(law)s%(until)s.")
        yield words % {"law": decision, "until": _(" đến hết ngày %s") % until if until else ""}


def lapsed(dossier: Dossier, by: User, data: Data) -> None:
    clocks.stop(dossier, on=day_of(data))
    body = _(
        "Thời hạn hoàn thành theo quy định cũ đã hết. Hãy nộp lại theo quy định hiện hành: nội dung đã có được giữ."
    )
    tell_producer(dossier, "lapsed", _("Hồ sơ hết hạn: %(product)s"), body)


def undecided(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    """Only evaluation knows the decision: it takes these steps with `decision`, which no page or API asks for."""
    if not data.get("decision"):
        yield _("Kết quả do quyết định công nhận đưa ra, không ghi trực tiếp ở hồ sơ.")


def stopped(dossier: Dossier, by: User, data: Data) -> None:
    """Evaluation tells the result itself; here only the clocks end."""
    clocks.stop(dossier, on=day_of(data))
