"""The council's own rules (Quy chế), version by version; what a meeting ran under it keeps."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.models import Council, CouncilState, RulesVersion
from evaluation.rules import CouncilRules, rules_json
from ocop.audit.log import record
from ocop.orgs.models import User

CHANGE = "evaluation.change_council"


@transaction.atomic
def set_rules(council: Council, rules: CouncilRules, *, by: User, basis: str = "") -> Council:
    """A new version; once the council stands it rests on a decision. Meetings that were opened keep theirs.

    Raises ValidationError with the reason, PermissionDenied for anybody who does not draw up councils here.
    """
    fresh = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if not by.has_perm(CHANGE, fresh):
        raise PermissionDenied
    if fresh.state == CouncilState.ENDED:
        raise ValidationError(_("Hội đồng đã kết thúc."))
    if fresh.state == CouncilState.ESTABLISHED and not basis.strip():
        raise ValidationError({"basis": _("Hãy ghi văn bản sửa đổi Quy chế.")})
    before, fresh.rules = fresh.rules, rules_json(rules)
    fresh.save(update_fields=["rules"])
    version = keep_version(fresh, basis=basis.strip(), by=by)
    data = {"number": version.number, "before": before, "after": fresh.rules}
    record("council.rules", fresh, by=by, note=version.basis, data=data)
    return fresh


def keep_version(council: Council, *, basis: str, by: User) -> RulesVersion:
    """Write down what is in force from now on."""
    last = council.rules_versions.first()
    number = last.number + 1 if last else 1
    return RulesVersion.objects.create(
        council=council, number=number, rules=council.rules, basis=basis, set_by=by
    )
