"""The checklist of a survey: the lists of `products/data/surveys.yaml`, and over them what the tenant wrote."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.orgs.models import User
from products import law
from products.dossiers.guidance import may_write, root
from products.models import SurveyList

DATA = Path(__file__).parents[1] / "data" / "surveys.yaml"
EVERY = ""  # the scope of every product
MOST, LONGEST = 40, 200  # items of one list; letters of an item


def names() -> dict[str, str]:
    """The scopes by their names: every product, then the categories of today's law."""
    newest = law.regime_on(timezone.localdate())
    return {EVERY: _("Mọi sản phẩm")} | {it.code: it.name for it in newest.categories if it.code in _given()}


def lists() -> dict[str, list[str]]:
    """The items by scope, the tenant's own where it wrote any."""
    own = {it.scope: it.text.splitlines() for it in SurveyList.objects.all()}
    return {scope: own.get(scope, items) for scope, items in _given().items()}


def written() -> dict[str, SurveyList]:
    """What the tenant wrote itself."""
    return {it.scope: it for it in SurveyList.objects.select_related("written_by")}


def checklist_for(set_code: str) -> list[dict[str, str]]:
    """What a survey of a product of this set asks, numbered through; kept with the survey."""
    found, scope = lists(), law.criteria_set(set_code).category.lasting
    titles = names()
    parts = [(EVERY, found[EVERY]), (scope, found.get(scope, []))]
    rows = [(titles.get(key, ""), text) for key, items in parts for text in items]
    return [{"code": str(n), "text": text, "group": group} for n, (group, text) in enumerate(rows, start=1)]


@transaction.atomic
def write_list(scope: str, text: str, *, by: User) -> None:
    """Keep the tenant's list; an empty one gives the place back to the list the product comes with.

    PermissionDenied for anybody but its officers, ValidationError where the list is too long.
    """
    if not may_write(by):
        raise PermissionDenied
    items = [line.strip() for line in text.splitlines() if line.strip()]
    if len(items) > MOST:
        raise ValidationError({"text": _("Nhiều nhất %(n)s mục.") % {"n": MOST}})
    if too_long := next((it for it in items if len(it) > LONGEST), None):
        words = _("Mỗi mục dài nhất %(n)s chữ: “%(item)s…”") % {"n": LONGEST, "item": too_long[:40]}
        raise ValidationError({"text": words})
    record("survey_list.write", root(), by=by, data={"scope": scope, "items": items})
    if not items:
        SurveyList.objects.filter(scope=scope).delete()
        return
    values = {"text": "\n".join(items), "written_by": by, "written_at": timezone.now()}
    SurveyList.objects.update_or_create(scope=scope, defaults=values)


@cache
def _given() -> Mapping[str, list[str]]:
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))
