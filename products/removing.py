"""A product made by mistake is removed, with the drafts that were withdrawn; what was ever filed or certified stays."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.workflow import Hindrance
from ocop.written import in_vietnamese
from products.ideas.planning import drop_plans, leave_product
from products.models import (
    BusinessPlan,
    CoachingVisit,
    Dossier,
    DossierState,
    Idea,
    Merge,
    Product,
    Sample,
)
from products.models.dossier import GONE
from products.people import as_whom, demand, people_of
from products.workflow import IDEA

CHANGE = "products.change_product"
FOLLOW = (
    Dossier,
    Idea,
    BusinessPlan,
    CoachingVisit,
    Merge,
)  # what is asked about by name, taken along or left


@transaction.atomic
def remove_product(product: Product, *, by: User) -> None:
    """Take the product out of the register; ValidationError with every reason against it."""
    fresh = (
        Product.objects.select_for_update(of=("self",))
        .select_related("producer", "unit")
        .filter(pk=product.pk)
        .first()
    )
    if fresh is None:
        raise ValidationError(_("Người khác vừa bỏ sản phẩm này."), code="stale")
    demand(by, CHANGE, fresh)
    if reasons := list(hindrances(fresh)):
        raise ValidationError(reasons)
    for idea in fresh.ideas.all():
        IDEA.take("lose_product", idea, by=by)
    leave_product(fresh)
    drop_plans(fresh, by=by)
    CoachingVisit.objects.filter(product=fresh).update(product=None)
    record("product.remove", fresh, by=by, role=as_whom(by, fresh), note=fresh.name)
    try:
        for dossier in _drafts_gone(fresh).order_by("-pk"):  # the later follows the earlier
            record("dossier.remove", dossier, by=by, role=as_whom(by, dossier), note=fresh.name)
            dossier.delete()
        fresh.delete()
    except ProtectedError as kept:
        what = next(iter(kept.protected_objects))._meta.verbose_name
        raise ValidationError(_kept_words(str(what))) from kept
    _tell(product, by)


def hindrances(product: Product) -> Iterator[ValidationError]:
    """Why it stays, each with the page where that is changed, where it can be."""
    for dossier in Dossier.objects.filter(product=product).select_related("round").order_by("pk"):
        place = {"round": dossier.round}
        if dossier.state == DossierState.DRAFT and not dossier.code:
            words = _("Còn hồ sơ đang soạn trong %(round)s: hãy rút hồ sơ đó trước.") % place
            yield Hindrance(words, reverse("products:dossier_step", args=[dossier.pk, "withdraw"]))
        elif _is_filed(dossier):
            words = _("Đã nộp hồ sơ trong %(round)s nên sản phẩm phải giữ.") % place
            yield Hindrance(words, reverse("products:dossier", args=[dossier.pk]))
    if Sample.objects.filter(dossier__product=product).exists():
        yield ValidationError(_("Đã có mẫu của sản phẩm được nhận nên sản phẩm phải giữ."))
    if Merge.objects.filter(product=product).exists():
        yield ValidationError(_("Sản phẩm là hai dòng đã gộp làm một: lịch sử của cả hai phải giữ."))
    for relation in Product._meta.related_objects:  # of rooms above this one too: certificates
        if relation.related_model in FOLLOW:
            continue
        if relation.related_model._default_manager.filter(**{relation.field.name: product}).exists():
            yield ValidationError(_kept_words(str(relation.related_model._meta.verbose_name)))


def goes_along(product: Product) -> Iterator[str]:
    """What happens to all that hangs on it, in words."""
    for dossier in _drafts_gone(product).select_related("round"):
        words = _("Hồ sơ soạn dở đã rút, %(round)s: bỏ cùng sản phẩm. Giấy tờ của chủ thể vẫn ở trong kho.")
        yield words % {"round": dossier.round}
    for idea in product.ideas.all():
        words = _("Ý tưởng “%(name)s”: trở lại là ý tưởng được chọn, tạo lại sản phẩm được bằng một lần bấm.")
        yield words % {"name": idea.name}
    plans = product.business_plans
    if plans.exclude(idea=None).exists():
        yield _("Phương án sản xuất kinh doanh: ở lại với ý tưởng.")
    if plans.filter(idea=None).exists():
        yield _("Phương án sản xuất kinh doanh: bỏ cùng sản phẩm.")
    if visits := product.coaching.count():
        yield _("Nhật ký hướng dẫn (%(n)s lần): ở lại với chủ thể.") % {"n": visits}


def is_filed(product: Product) -> bool:
    """Whether an office has ever had a dossier of it: its page does not speak of removing then."""
    return any(_is_filed(it) for it in Dossier.objects.filter(product=product).only("state", "code"))


def _is_filed(dossier: Dossier) -> bool:
    """Whoever files gets a code; a draft without one was at no office."""
    return bool(dossier.code) or dossier.state not in {DossierState.DRAFT, *GONE}


def _drafts_gone(product: Product) -> QuerySet[Dossier]:
    return Dossier.objects.filter(product=product, state__in=GONE, code="")


def _kept_words(what: str) -> str:
    return _("Sản phẩm đã có %(what)s nên phải giữ.") % {"what": what}


@in_vietnamese()
def _tell(product: Product, by: User) -> None:
    """Her people, where an officer did it."""
    notify(
        [user for user in people_of(product.producer) if user.pk != by.pk],
        kind="product.removed",
        key=f"product-{product.pk}-removed",
        subject=_("Đã bỏ sản phẩm %(name)s khỏi sổ") % {"name": product.name},
        body=_("%(who)s bỏ sản phẩm này vì ghi nhầm; chưa có hồ sơ nào được nộp.")
        % {"who": by.get_full_name()},
        url=f"producers/{product.producer_id}/",
    )
