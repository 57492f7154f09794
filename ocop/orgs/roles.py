"""Who may do what: the one table of roles and their permissions. No Django model is asked here.

A role is held by a membership (in a unit and all below it, for a term) or by a domain fact about one object
(`party`): the producer's people on her dossiers, a seat on its council.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """A role's name in words and what it may do."""

    label: str | Promise
    permissions: frozenset[str]
    is_party: bool = False


def _may(*groups: Iterable[str]) -> frozenset[str]:
    return frozenset(permission for group in groups for permission in group)


_READ_PROGRAMME = ("plans.view_plan", "plans.view_round")
_READ_PRODUCTS = (
    "products.view_producer", "products.view_product", "products.view_dossier", "products.view_idea",
)  # fmt: skip
_READ_EVALUATION = (
    "evaluation.view_assessment", "evaluation.view_council", "evaluation.view_meeting", "evaluation.view_result",
    "evaluation.view_decision", "evaluation.view_certificate",
)  # fmt: skip
_READ_PAPERS = ("papers.view_paper",)

# What everybody who acts for a producer does: fill, file, see what came of it.
_PRODUCERS_WORK = (
    *_READ_PRODUCTS, "products.register_idea", "products.change_product", "products.create_dossier", "products.change_dossier",
    "products.submit_dossier", "products.bring_test", "evaluation.view_certificate", "evaluation.view_result",
    "evaluation.answer_question",
)  # fmt: skip
_PRODUCERS_OWN = (
    "products.change_producer", "products.change_people", "products.withdraw_idea", "products.withdraw_dossier",
    "products.export_producer", "products.ask_correction",
)  # fmt: skip

ROLES: dict[str, Role] = {
    "producer": Role(
        _("Chủ thể"), _may(_PRODUCERS_WORK, _PRODUCERS_OWN, ("products.change_owners",)), is_party=True
    ),
    "producer_member": Role(
        _("Thành viên của chủ thể"), _may(_PRODUCERS_WORK, _PRODUCERS_OWN), is_party=True
    ),
    "consultant": Role(_("Tư vấn của chủ thể"), _may(_PRODUCERS_WORK, ("products.coach_producer",)), is_party=True),
    "commune_officer": Role(
        _("Cán bộ xã, phường"),
        _may(
            _READ_PROGRAMME, _READ_PRODUCTS, _READ_PAPERS,
            ("products.register_producer", "products.change_producer", "products.change_people",
             "products.change_owners", "products.change_product",
             "products.register_idea", "products.withdraw_idea", "products.screen_idea", "products.coach_producer",
             "products.change_inventory", "products.merge_doubles",
             "products.create_dossier", "products.change_dossier", "products.submit_dossier",
             "products.bring_test", "products.check_dossier", "products.report_dossier", "products.forward_dossier",
             "papers.number_paper", "evaluation.view_certificate", "evaluation.view_result"),
        ),
    ),
    "advisory_member": Role(
        _("Thành viên Tổ tư vấn"),
        _may(
            _READ_PROGRAMME, _READ_PRODUCTS, _READ_PAPERS,
            ("products.coach_producer", "products.receive_dossier", "products.return_dossier", "products.ask_test",
             "products.bring_test", "products.survey_dossier", "evaluation.view_assessment",
             "evaluation.check_assessment"),
        ),
    ),
    "officer": Role(
        _("Cán bộ quản lý OCOP"),
        _may(
            _READ_PROGRAMME, _READ_PRODUCTS, _READ_EVALUATION, _READ_PAPERS,
            ("plans.change_plan", "plans.change_round", "products.register_producer", "products.change_producer",
             "products.change_people", "products.change_owners",
             "products.change_idea_window", "products.register_idea", "products.screen_idea", "products.coach_producer",
             "products.change_inventory", "products.merge_doubles",
             "products.change_product", "products.create_dossier", "products.receive_dossier",
             "products.return_dossier", "products.accept_dossier", "products.ask_test", "products.bring_test",
             "products.survey_dossier", "products.change_guidance",
             "evaluation.check_assessment", "evaluation.change_council", "evaluation.change_meeting",
             "evaluation.change_decision", "evaluation.hand_over", "evaluation.answer_hand_over",
             "evaluation.record_legacy_certificate", "products.conclude_dossier",
             "papers.change_paper", "papers.number_paper", "promotion.view_event", "promotion.change_event",
             "reports.view_report", "audit.view_entry", "orgs.hand_over_work"),
        ),
    ),
    "leader": Role(
        _("Lãnh đạo ký"),
        _may(
            _READ_PROGRAMME, _READ_PRODUCTS, _READ_EVALUATION, _READ_PAPERS,
            ("plans.issue_plan", "evaluation.establish_council", "evaluation.issue_decision",
             "evaluation.hand_over", "evaluation.answer_hand_over", "evaluation.revoke_certificate",
             "evaluation.extend_certificate",
             "products.conclude_dossier", "papers.sign_paper", "papers.number_paper",
             "reports.view_report", "orgs.hand_over_work"),
        ),
    ),
    "sector_officer": Role(  # in a department: says of the papers that are its own whether they are genuine
        _("Cán bộ sở, ngành"), _may(("products.confirm_paper",))
    ),
    "tenant_admin": Role(
        _("Quản trị đơn vị"),
        _may(
            _READ_PROGRAMME,
            ("orgs.use_admin", "orgs.view_orgunit", "orgs.change_orgunit", "orgs.add_orgunit",
             "orgs.view_membership", "orgs.add_membership", "orgs.change_membership",
             "orgs.view_person", "orgs.add_person", "orgs.change_person", "orgs.hand_over_work", "audit.view_entry"),
        ),
    ),
    "observer": Role(
        _("Quan sát viên"),
        _may(_READ_PROGRAMME, ("evaluation.view_certificate", "promotion.view_event", "reports.view_report")),
    ),
    "council_member": Role(
        _("Thành viên Hội đồng"),
        _may(("evaluation.view_council", "evaluation.view_meeting", "evaluation.declare_conflict")),
        is_party=True,
    ),
    "council_secretary": Role(
        _("Thư ký Hội đồng"),
        _may(
            ("evaluation.view_council", "evaluation.view_meeting", "evaluation.change_meeting",
             "evaluation.declare_conflict", "evaluation.view_assessment", "evaluation.view_result"),
        ),
        is_party=True,
    ),
    "council_deputy": Role(  # acts as the chair as well where the chair is away or out of one product
        _("Phó Chủ tịch Hội đồng"),
        _may(
            ("evaluation.view_council", "evaluation.view_meeting", "evaluation.declare_conflict",
             "evaluation.view_assessment", "evaluation.view_result"),
        ),
        is_party=True,
    ),
    "council_scorer": Role(  # the holder of one ballot, while the product is on the agenda
        _("Người chấm điểm"),
        _may(("evaluation.seal_ballot",)),
        is_party=True,
    ),
    "hearing_guest": Role(  # invited to answer for the producer, while her product is discussed
        _("Khách mời trả lời Hội đồng"), _may(("evaluation.answer_question",)), is_party=True
    ),
    "council_chair": Role(
        _("Chủ tịch Hội đồng"),
        _may(
            ("evaluation.view_council", "evaluation.view_meeting", "evaluation.open_meeting",
             "evaluation.conclude_meeting", "evaluation.reopen_ballot", "evaluation.declare_conflict",
             "evaluation.view_assessment", "evaluation.view_result"),
        ),
        is_party=True,
    ),
}  # fmt: skip

# Granted one object at a time by guardian, by the function that makes the domain fact.
GRANTED = frozenset(["evaluation.score_assessment", "products.view_dossier", "products.change_dossier"])

PERMISSIONS = frozenset(permission for role in ROLES.values() for permission in role.permissions) | GRANTED
# Roles that a membership can give; party roles come from the domain fact itself.
BY_PARTY = frozenset(name for name, role in ROLES.items() if role.is_party)
BY_MEMBERSHIP = ROLES.keys() - BY_PARTY
MEMBERSHIP_ROLES = [(name, role.label) for name, role in ROLES.items() if not role.is_party]

# Whose roles each of these may hand to a successor: an officer those that do the programme's work, the administrator all.
_WORKING = frozenset(["officer", "advisory_member", "commune_officer", "sector_officer"])
HANDS_ON = {"officer": _WORKING, "leader": _WORKING, "tenant_admin": frozenset(BY_MEMBERSHIP)}


@cache
def roles_with(permission: str) -> frozenset[str]:
    """The roles that have this permission; a misspelt one is an error, not a refusal."""
    if permission not in PERMISSIONS:
        raise ValueError(f"No role has the permission {permission!r}: add it to ocop/orgs/roles.py.")
    return frozenset(name for name, role in ROLES.items() if permission in role.permissions)
