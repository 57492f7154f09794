"""An idea's way: screened, chosen and made a product in one tap, or carried into the next year as it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.audit.models import Entry
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.workflow import Hindrance, Input, Step, Workflow
from products.ideas.planning import follow_idea, follow_product
from products.ideas.registering import FACTS, register_idea
from products.ideas.screening import SCREEN, freeze_result, open_points, unmet
from products.ideas.windows import open_windows, why_shut
from products.making import make_product
from products.models import Chooser, Idea, IdeaState, Product
from products.people import nearest_holders, people_of

S = IdeaState
Data = Mapping[str, Any]


def _not_hers_to_choose(idea: Idea, by: User, data: Data) -> Iterable[Hindrance]:
    """The plan says who chooses: where it is the planning unit, a commune's officer only writes her marks."""
    if idea.window.chooser == Chooser.PLANNER and not by.has_perm(SCREEN, idea.window):
        words = _("Theo kế hoạch, %(unit)s chọn ý tưởng; xã ghi ý kiến theo từng tiêu chí.")
        yield Hindrance(words % {"unit": idea.window.unit}, _screening(idea))


def _not_choosable(idea: Idea, by: User, data: Data) -> Iterable[Hindrance]:
    yield from _not_hers_to_choose(idea, by, data)
    yield from _without_group(idea)
    yield from _unscreened(idea)
    yield from (Hindrance(words, _screening(idea)) for words in unmet(idea))


def _not_declinable(idea: Idea, by: User, data: Data) -> Iterable[Hindrance]:
    yield from _not_hers_to_choose(idea, by, data)
    yield from _unscreened(idea)


def _unscreened(idea: Idea) -> Iterable[Hindrance]:
    return (Hindrance(words, _screening(idea)) for words in open_points(idea))


def _without_group(idea: Idea) -> Iterable[Hindrance]:
    if not idea.set_code:
        yield Hindrance(_("Chưa chọn ngành, nhóm sản phẩm."), reverse("products:idea_edit", args=[idea.pk]))


def _screening(idea: Idea) -> str:
    return reverse("products:screening", args=[idea.pk])


def _chosen(idea: Idea, by: User, data: Data) -> None:
    freeze_result(idea)
    note = str(data.get("note") or "").strip()
    body = _("Tạo sản phẩm từ ý tưởng bằng một lần bấm, không phải nhập lại.")
    _tell(idea, "chosen", _("Ý tưởng được chọn: %(idea)s"), f"{note}\n{body}" if note else body)


def _declined(idea: Idea, by: User, data: Data) -> None:
    freeze_result(idea)
    _tell(idea, "not_chosen", _("Ý tưởng chưa được chọn: %(idea)s"), str(data["note"]))


def _tell(idea: Idea, what: str, subject: str, body: str) -> None:
    """Her people; the commune's officers, who tell her, where nobody has an account."""
    people = people_of(idea.producer) or nearest_holders("products.register_idea", idea.unit)
    key = f"idea-{idea.pk}-{what}-{Entry.objects.about(idea).count()}"  # it may be decided again
    notify(
        people,
        kind=f"idea.{what}",
        key=key,
        subject=subject % {"idea": idea.name},
        body=body,
        url=f"ideas/{idea.pk}/",
    )


def _product_in_the_way(idea: Idea, by: User, data: Data) -> Iterable[Hindrance]:
    yield from _without_group(idea)
    if there := Product.objects.filter(producer=idea.producer, name=idea.name).first():
        words = _("%(producer)s đã có sản phẩm mang tên này.") % {"producer": idea.producer}
        yield Hindrance(words, reverse("products:product", args=[there.pk]))


def _make_product(idea: Idea, by: User, data: Data) -> Iterable[str]:
    idea.product = make_product(
        idea.producer, name=idea.name, set_code=idea.set_code, description=idea.description, by=by
    )
    return ("product",)


def _made(idea: Idea, by: User, data: Data) -> None:
    if idea.product is not None:
        follow_product(idea, idea.product)


def _without_product(idea: Idea, by: User, data: Data) -> Iterable[str]:
    idea.product = None
    return ("product",)


def _nowhere_to_carry(idea: Idea, by: User, data: Data) -> Iterable[str]:
    """Only into the window of a later year; where none is open, when the next one is."""
    if _next_window(idea) is None:
        shut = why_shut(idea.unit)
        yield shut or _("Chưa có kế hoạch năm sau nào mở đăng ký ý tưởng.")


def _next_window(idea: Idea) -> Any:
    windows = open_windows(idea.unit)
    return next((it for it in reversed(windows) if it.plan.year > idea.window.plan.year), None)


def _carried(idea: Idea, by: User, data: Data) -> None:
    """The same words under the next plan, and what belongs to the idea goes along."""
    facts = {name: getattr(idea, name) for name in FACTS}
    follow_idea(idea, register_idea(idea.producer, facts, by=by, window=_next_window(idea), previous=idea))


_REASON = Input("note", gettext_lazy("Lý do"), "lines", hint=gettext_lazy("Chủ thể đọc được lý do này."))
_WORD = Input("note", gettext_lazy("Lời nhắn cho chủ thể"), "lines", required=False)

IDEA = Workflow(
    gettext_lazy("Ý tưởng sản phẩm"),
    {
        "choose": Step(
            gettext_lazy("Chọn ý tưởng"), frozenset([S.REGISTERED]), S.CHOSEN, SCREEN,
            inputs=(_WORD,), problems=_not_choosable, effect=_chosen,
        ),
        "decline": Step(
            gettext_lazy("Chưa chọn"), frozenset([S.REGISTERED]), S.NOT_CHOSEN, SCREEN,
            inputs=(_REASON,), problems=_not_declinable, effect=_declined,
        ),
        "reconsider": Step(
            gettext_lazy("Mở xét lại"), frozenset([S.CHOSEN, S.NOT_CHOSEN]), S.REGISTERED, SCREEN,
            inputs=(Input("note", gettext_lazy("Lý do"), "lines"),), problems=_not_hers_to_choose, is_aside=True,
        ),
        "make_product": Step(
            gettext_lazy("Tạo sản phẩm từ ý tưởng"), frozenset([S.CHOSEN]), S.MADE, "products.change_product",
            problems=_product_in_the_way, writes=_make_product, effect=_made,
        ),
        "lose_product": Step(
            gettext_lazy("Bỏ sản phẩm đã tạo từ ý tưởng"), frozenset([S.MADE]), S.CHOSEN, "products.change_product",
            writes=_without_product, is_aside=True,
        ),
        "carry": Step(
            gettext_lazy("Chuyển sang năm sau"), frozenset([S.NOT_CHOSEN, S.CHOSEN]), S.CARRIED,
            "products.register_idea", problems=_nowhere_to_carry, effect=_carried, is_aside=True,
        ),
        "withdraw": Step(
            gettext_lazy("Rút ý tưởng"), frozenset([S.REGISTERED]), S.WITHDRAWN, "products.withdraw_idea",
            inputs=(Input("note", gettext_lazy("Lý do"), "lines", required=False),), is_final=True, is_aside=True,
        ),
    },
)  # fmt: skip
# Follows from the product's being removed on its own page; the rest is taken at the idea.
BY_ITS_PRODUCT = frozenset(["lose_product"])
IDEA_ITSELF = IDEA.without(BY_ITS_PRODUCT)
