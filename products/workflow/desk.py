"""What a desk does with a file: asks for what is missing, accepts it, opens it again for completion."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.orgs.models import User
from ocop.workflow import Hindrance
from products.desks.checking import faults, unchecked
from products.dossiers import clocks
from products.dossiers.telling import tell_producer, tell_supplement
from products.dossiers.whole import load
from products.models import Dossier, SupplementRequest
from products.workflow.shared import Data, S, day_of, desk_at, item_url, moment_of


def nothing_to_ask(dossier: Dossier, by: User, data: Data) -> Iterable[str | ValidationError]:
    desk = desk_at(dossier, dossier.state)
    if not faults(load(dossier), desk.unit):
        yield Hindrance(
            _("Chưa đánh dấu mục nào thiếu hoặc chưa đúng."), reverse("products:check", args=[dossier.pk])
        )
    due_on = data.get("due_on")
    if due_on and due_on < day_of(data):
        yield ValidationError({"due_on": _("Hạn bổ sung phải từ hôm nay trở đi.")})


def asked(state: str) -> Any:
    """The desk of this state asks for a supplement."""

    def effect(dossier: Dossier, by: User, data: Data) -> None:
        desk = desk_at(dossier, state)
        items = faults(load(dossier), desk.unit)
        if note := str(data.get("note") or "").strip():
            items.append({"item": "", "label": _("Lưu ý chung"), "verdict": "", "reason": note})
        asked = SupplementRequest.objects.create(
            dossier=dossier,
            unit=desk.unit,
            asked_by=by,
            asked_at=moment_of(data),
            due_on=data["due_on"],
            items=items,
        )
        clocks.reckon(dossier)
        tell_supplement(dossier, asked)

    return effect


def not_all_right(dossier: Dossier, by: User, data: Data) -> Iterable[Hindrance]:
    whole, desk = load(dossier), desk_at(dossier, dossier.state)
    for item in unchecked(whole, desk.unit):
        words = _("Chưa kiểm tra “%(item)s”.") % {"item": item.label}
        yield Hindrance(words, item_url(dossier, item.key))
    for fault in faults(whole, desk.unit):
        words = _("“%(item)s” chưa đạt: %(reason)s") % {"item": fault["label"], "reason": fault["reason"]}
        yield Hindrance(words, item_url(dossier, fault["item"]))


def accepted(dossier: Dossier, by: User, data: Data) -> None:
    tell_producer(dossier, "accepted", _("Hồ sơ hợp lệ, đưa vào đánh giá: %(product)s"))


def not_sent_back(dossier: Dossier, by: User, data: Data) -> Iterable[str]:
    """Only evaluation knows that a tier above sent the file back: it takes this step with `refusal`."""
    if not data.get("refusal"):
        yield _("Hồ sơ đang đánh giá, không bị trả lại.")


def asked_to_complete(dossier: Dossier, by: User, data: Data) -> None:
    desk = desk_at(dossier, S.FORWARDED)
    reason = str(data.get("note") or "")
    asked = SupplementRequest.objects.create(
        dossier=dossier, unit=desk.unit, asked_by=by, asked_at=moment_of(data), due_on=data["due_on"],
        items=[{"item": "", "label": _("Cấp trên trả lại"), "verdict": "", "reason": reason}],
    )  # fmt: skip
    tell_supplement(dossier, asked)
