"""What can be open with somebody: each kind of work, whose it is, how a line of it reads, how it changes hands.

A kind without `hand` stays where it is and is done by role: the successor gets it on her list, the trail keeps both names.
One that is `elsewhere` changes hands by a decision of its own, on the page that its line leads to.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import (
    Assessment,
    AssessmentState,
    Council,
    CouncilState,
    Decision,
    DecisionState,
    Guest,
    Meeting,
    MeetingState,
    Seat,
    TeamReport,
)
from ocop.leaving.moving import Hand, follow_coaching, hand_membership, hand_producer
from ocop.leaving.reach import memberships_of, waiting_words
from ocop.orgs.models import User
from ocop.orgs.rights import units_where
from ocop.papers.models import Paper, PaperState
from plans.models import Plan, PlanState
from products.models import (
    CoachingVisit,
    CommuneReport,
    Dossier,
    DossierState,
    Idea,
    IdeaState,
    IntakeCheck,
    ProducerMember,
    Screening,
    SupplementRequest,
)

AT_A_DESK = (DossierState.SUBMITTED, DossierState.REPORTED, DossierState.FORWARDED)


def _plain(row: Any) -> str:
    return str(row)


def _nothing(_row: Any) -> str:
    return ""


def _title(row: Any) -> str:
    return row.title


def _by_decision(_row: Any) -> str:
    return _("Thay theo quyết định của Hội đồng; phiếu đã nộp vẫn tính.")


def _by_invitation(_row: Any) -> str:
    return _("Mời người khác trên trang phiên họp.")


def _plans(user: User) -> QuerySet:
    return Plan.objects.visible_to(user)


def _decisions(user: User) -> QuerySet:
    return Decision.objects.visible_to(user)


@dataclass(frozen=True)
class Kind:
    """`seen`: rows that a reader may see; `open`: of those, what is not finished; `hers`: of those, one person's."""

    code: str
    title: str | Promise
    seen: Callable[[User], QuerySet]
    open: Q
    hers: Callable[[User], Q]
    label: Callable[[Any], str]
    url: Callable[[Any], str]
    sub: Callable[[Any], str] = _nothing
    hand: Callable[[Any, Hand], None] | None = None
    elsewhere: bool = False


def _at(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[row.pk])


def _dossiers(user: User) -> QuerySet:
    return Dossier.objects.visible_to(user).for_list()


def _product(dossier: Dossier) -> str:
    return dossier.product.name


def _place(row: Any) -> str:
    return f"{row.product.producer.name} · {row.unit.name} · {row.get_state_display()}"


def _checks(user: User) -> Q:
    checked = IntakeCheck.objects.filter(checked_by=user).values("dossier")
    return Q(pk__in=checked) | Q(pk__in=CommuneReport.objects.filter(written_by=user).values("dossier"))


def _memberships(user: User) -> QuerySet:
    return memberships_of(user).select_related("unit", "user")


def _people(user: User) -> QuerySet:
    mine = units_where(user, "products.change_people", "producer__unit")
    return ProducerMember.objects.current().filter(mine).select_related("producer__unit")


def _seats(user: User) -> QuerySet:
    return Seat.objects.filter(council__in=Council.objects.visible_to(user)).select_related(
        "council__unit", "user"
    )


def _guests(user: User) -> QuerySet:
    """A hearing of one product only where the reader sees that product."""
    meetings = Guest.objects.filter(meeting__in=Meeting.objects.visible_to(user))
    seen = Q(item__isnull=True) | Q(item__assessment__in=Assessment.objects.visible_to(user))
    return meetings.filter(seen).select_related("meeting__council")


def _today() -> Any:
    return timezone.localdate()


KINDS: tuple[Kind, ...] = (
    Kind(
        "role", gettext_lazy("Vai trò trong đơn vị"), _memberships, Q(), lambda user: Q(user=user),
        lambda row: f"{row.get_role_display()}, {row.unit}", _nothing, waiting_words, hand_membership,
    ),
    Kind(
        "producer", gettext_lazy("Làm việc cho chủ thể"), _people, Q(), lambda user: Q(user=user),
        lambda row: f"{row.get_role_display()}: {row.producer.name}",
        lambda row: reverse("products:producer", args=[row.producer_id]),
        lambda row: row.producer.unit.name, hand_producer,
    ),
    Kind(
        "check", gettext_lazy("Hồ sơ đang kiểm tra"), _dossiers, Q(state__in=AT_A_DESK), _checks,
        _product, _at("products:dossier"), _place,
    ),
    Kind(
        "supplement", gettext_lazy("Chờ chủ thể bổ sung theo yêu cầu của người này"), _dossiers,
        Q(state__in=[DossierState.COMMUNE_RETURNED, DossierState.RETURNED]),
        lambda user: Q(pk__in=SupplementRequest.objects.filter(asked_by=user, answered_at=None).values("dossier")),
        _product, _at("products:dossier"), _place,
    ),
    Kind(
        "assessment", gettext_lazy("Hồ sơ đang thẩm định"), lambda user: Assessment.objects.visible_to(user).for_list(),
        Q(state=AssessmentState.OPEN),
        lambda user: Q(pk__in=TeamReport.objects.filter(written_by=user).values("assessment")),
        lambda row: row.dossier.product.name, _at("evaluation:assessment"), lambda row: row.unit.name,
    ),
    Kind(
        "coaching", gettext_lazy("Việc hẹn với chủ thể khi hướng dẫn"), lambda user: CoachingVisit.objects.visible_to(user).for_list(),
        Q(done_at=None) & ~Q(next_step=""),
        lambda user: Q(followed_by=user) | Q(followed_by=None, coach=user),
        lambda row: row.next_step, lambda row: reverse("products:coaching", args=[row.producer_id]),
        lambda row: row.producer.name, follow_coaching,
    ),
    Kind(
        "idea", gettext_lazy("Ý tưởng đang xét"), lambda user: Idea.objects.visible_to(user).for_list(),
        Q(state=IdeaState.REGISTERED),
        lambda user: Q(pk__in=Screening.objects.filter(saved_by=user).values("idea")),
        lambda row: row.name, _at("products:idea"), lambda row: row.producer.name,
    ),
    Kind(
        "plan", gettext_lazy("Dự thảo kế hoạch"), _plans, Q(state=PlanState.DRAFT),
        lambda user: Q(created_by=user), _plain, _at("plans:detail"),
    ),
    Kind(
        "decision", gettext_lazy("Dự thảo quyết định"), _decisions,
        Q(state=DecisionState.DRAFT), lambda user: Q(created_by=user), _title, _at("evaluation:decision"),
    ),
    Kind(
        "paper", gettext_lazy("Dự thảo văn bản"), lambda user: Paper.objects.visible_to(user).for_list(),
        Q(state=PaperState.DRAFT), lambda user: Q(created_by=user), _title, _at("papers:paper"),
        lambda row: row.unit.name,
    ),
    Kind(
        "seat", gettext_lazy("Ghế trong Hội đồng"), _seats, ~Q(council__state=CouncilState.ENDED),
        lambda user: Q(user=user) & (Q(ends_on=None) | Q(ends_on__gte=_today())),
        lambda row: f"{row.get_role_display()}, {row.council.name}",
        lambda row: reverse("evaluation:council", args=[row.council_id]),
        _by_decision, elsewhere=True,
    ),
    Kind(
        "guest", gettext_lazy("Khách mời phiên họp"), _guests, ~Q(meeting__state=MeetingState.CONCLUDED),
        lambda user: Q(user=user), lambda row: f"{row.capacity}, {row.meeting}",
        lambda row: reverse("evaluation:meeting", args=[row.meeting_id]),
        _by_invitation, elsewhere=True,
    ),
)  # fmt: skip
BY_CODE = {it.code: it for it in KINDS}


def kinds_of(codes: Iterable[str]) -> list[Kind]:
    """In the order of the page; a code of an older deed that is no kind any more is left out."""
    wanted = set(codes)
    return [it for it in KINDS if it.code in wanted]
