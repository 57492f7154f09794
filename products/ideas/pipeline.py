"""The year's pipeline of a plan: where each idea, product and dossier stands, with the stars that are expected."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import User
from plans.models import Plan
from products.models import Dossier, DossierState, Idea, IdeaState, Product
from products.models.dossier import WITH_PRODUCER

STARS = (3, 4, 5)


@dataclass(frozen=True)
class Stage:
    """One place on the way; its rows are ideas, products or dossiers."""

    key: str
    label: str | Promise
    rows: Callable[[Plan, User], Any]
    stars: str = ""  # the field that says the stars expected
    is_over: bool = False  # off the way: not chosen, not recognised


def _ideas(*states: str) -> Callable[[Plan, User], Any]:
    def rows(plan: Plan, user: User) -> Any:
        return Idea.objects.visible_to(user).filter(window__plan=plan, state__in=states)

    return rows


def _waiting(plan: Plan, user: User) -> Any:
    """Products made of the plan's ideas for which no dossier of the year is begun."""
    begun = _of_the_year(plan, user).filter(product=OuterRef("pk"))
    of_plan = Idea.objects.filter(product=OuterRef("pk"), window__plan=plan)
    seen = Product.objects.visible_to(user).filter(~Exists(begun), Exists(of_plan))
    return seen.annotate(idea_stars=Subquery(of_plan.values("stars")[:1]))


def _dossiers(*states: str) -> Callable[[Plan, User], Any]:
    def rows(plan: Plan, user: User) -> Any:
        return _of_the_year(plan, user).filter(state__in=states)

    return rows


def _of_the_year(plan: Plan, user: User) -> Any:
    """Of the products she sees: a draft is its producer's, but that it is begun and how far it is belongs to the plan."""
    seen = Product.objects.visible_to(user)
    of_plan = Dossier.objects.filter(round__year=plan.year, round__unit=plan.unit_id)
    return of_plan.filter(product__in=seen).not_excluding(user)


S = DossierState
STAGES = (
    Stage("registered", _("Ý tưởng chờ xét chọn"), _ideas(IdeaState.REGISTERED), "stars"),
    Stage("chosen", _("Ý tưởng được chọn, chưa tạo sản phẩm"), _ideas(IdeaState.CHOSEN), "stars"),
    Stage("made", _("Sản phẩm chưa có hồ sơ của năm"), _waiting, "idea_stars"),
    Stage("draft", _("Hồ sơ đang soạn hoặc bổ sung"), _dossiers(*WITH_PRODUCER), "star_aim"),
    Stage("filed", _("Hồ sơ đã nộp, đang kiểm tra"), _dossiers(S.SUBMITTED, S.REPORTED, S.FORWARDED), "star_aim"),
    Stage("accepted", _("Đang đánh giá"), _dossiers(S.ACCEPTED), "star_aim"),
    Stage("recognised", _("Được công nhận"), _dossiers(S.RECOGNISED), "star_aim"),
    Stage("declined", _("Ý tưởng chưa được chọn, đã chuyển hoặc rút"),
          _ideas(IdeaState.NOT_CHOSEN, IdeaState.CARRIED, IdeaState.WITHDRAWN), "stars", is_over=True),
    Stage("ended", _("Hồ sơ không được công nhận, đã rút hoặc hết hạn"),
          _dossiers(S.NOT_RECOGNISED, S.WITHDRAWN, S.LAPSED), "star_aim", is_over=True),
)  # fmt: skip
BY_KEY = {stage.key: stage for stage in STAGES}


@dataclass(frozen=True)
class Figure:
    """How many stand at a stage, by the stars expected (None: nobody has said)."""

    stage: Stage
    by_stars: Counter[int | None]

    @property
    def total(self) -> int:
        return self.by_stars.total()

    @property
    def cells(self) -> list[tuple[str, int]]:
        """(of how many stars, how many), in the order of the table."""
        by_stars = [(str(_("%(n)s sao") % {"n": n}), self.by_stars[n]) for n in STARS]
        return [*by_stars, (str(_("Chưa rõ")), self.by_stars[None])]


def figures(plan: Plan, user: User) -> list[Figure]:
    """One query a stage, however many rows."""
    return [Figure(stage, _counted(stage, plan, user)) for stage in STAGES]


def _counted(stage: Stage, plan: Plan, user: User) -> Counter[int | None]:
    rows = stage.rows(plan, user).order_by().values(stage.stars).annotate(n=Count("pk"))
    counted: Counter[int | None] = Counter()
    for row in rows:
        stars = row[stage.stars]
        counted[stars if stars in STARS else None] += row["n"]
    return counted


def reached(found: list[Figure], since: str) -> int:
    """How many came to this stage or beyond it."""
    keys = [it.stage.key for it in found if not it.stage.is_over]
    beyond = keys[keys.index(since) :]
    return sum(it.total for it in found if it.stage.key in beyond)
