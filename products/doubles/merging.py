"""Two rows become one: everything that points at the one goes over to the other in one transaction, or nothing does."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.files.store import forget
from ocop.notices.outbox import notify
from ocop.orgs.models import User
from ocop.written import in_vietnamese
from products.doubles.finding import MERGE
from products.models import (
    Belongings,
    Dossier,
    Idea,
    IdeaState,
    MemberRole,
    Merge,
    MergeKind,
    Producer,
    ProducerPersonal,
    ProducerSize,
    Product,
)
from products.models.dossier import GONE
from products.people import demand, people_of
from products.producers.doubles import number_key
from products.producers.facts import FACTS


@transaction.atomic
def merge_producers(kept: Producer, gone: Producer, *, by: User, note: str) -> Merge:
    """Make one producer of two, their products of one name too; ValidationError with every reason against it."""
    kept, gone = _locked(Producer, kept, gone)
    for row in (kept, gone):
        demand(by, MERGE, row)
    if reasons := [*_without_reason(note), *producer_problems(kept, gone, by=by)]:
        raise ValidationError(reasons)
    for ours, theirs in _same_products(kept, gone):
        if [
            *product_problems(ours, theirs, across=True)
        ]:  # of a product that she is shut out of: no name is told
            raise ValidationError(_("Chưa gộp được: hai chủ thể có hồ sơ phải xử lý trước."))
        _merge(ours, theirs, by=by, note=note)
    _take_over_people(kept, gone)
    _take_over_single(kept, gone)
    number = _fill_blanks(kept, gone)
    done = _merge(kept, gone, by=by, note=note)
    if number:
        kept.registration_number = number  # free now that the other row is gone
        kept.save(update_fields=["registration_number"])
    _tell(done, kept, by)
    return done


@transaction.atomic
def merge_products(kept: Product, gone: Product, *, by: User, note: str) -> Merge:
    """Make one product of two of one producer; ValidationError with every reason against it."""
    kept, gone = _locked(Product, kept, gone)
    for row in (kept, gone):
        demand(by, MERGE, row)
    if reasons := [*_without_reason(note), *product_problems(kept, gone)]:
        raise ValidationError(reasons)
    return _merge(kept, gone, by=by, note=note)


def _locked(model: Any, kept: Any, gone: Any) -> tuple[Any, Any]:
    """Both rows, locked in one order whoever is to stay: two officers who cross wait for each other."""
    rows = model.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if kept.pk == gone.pk or len(found) < 2:
        raise ValidationError(_("Một trong hai dòng không còn: người khác vừa gộp. Hãy mở lại trang."))
    return found[kept.pk], found[gone.pk]


def _without_reason(note: str) -> Iterator[str]:
    if not note.strip():
        yield _("Hãy ghi lý do gộp.")


def producer_problems(kept: Producer, gone: Producer, *, by: User) -> Iterator[str]:
    """Why these two cannot be one, in words; nothing is told of a product or idea that she is shut out of."""
    numbers = [number_key(it.registration_number) for it in (kept, gone)]
    if all(numbers) and numbers[0] != numbers[1]:
        words = _(
            "Hai số đăng ký khác nhau (%(one)s và %(other)s): nếu một số ghi sai thì sửa trước khi gộp."
        )
        yield words % {"one": kept.registration_number, "other": gone.registration_number}
    if gone.claims.open().exists():
        yield _("Còn yêu cầu nhận “%(name)s” đang chờ: hãy trả lời trước.") % {"name": gone.name}
    names = dict(_live_ideas(kept, by))
    for key, name in _live_ideas(gone, by):
        if key in names:
            yield _("Cả hai đã đăng ký ý tưởng “%(idea)s” trong một năm: hãy rút một ý tưởng trước.") % {
                "idea": name
            }
    seen = set(Product.objects.visible_to(by).filter(producer__in=[kept, gone]).values_list("pk", flat=True))
    for ours, theirs in _same_products(kept, gone):
        if {ours.pk, theirs.pk} <= seen:
            yield from product_problems(ours, theirs, across=True)


def _live_ideas(producer: Producer, by: User) -> list[tuple[tuple[int, str], str]]:
    rows = Idea.objects.visible_to(by).filter(producer=producer).exclude(state=IdeaState.WITHDRAWN)
    return [((it.window_id, it.name_ascii), it.name) for it in rows]


def _same_products(kept: Producer, gone: Producer) -> list[tuple[Product, Product]]:
    """Products of one name: they cannot both be of one producer."""
    ours = {it.name_ascii: it for it in Product.objects.filter(producer=kept)}
    return [
        (ours[it.name_ascii], it) for it in Product.objects.filter(producer=gone) if it.name_ascii in ours
    ]


def product_problems(kept: Product, gone: Product, *, across: bool = False) -> Iterator[str]:
    """Why these two cannot be one; `across` while their producers become one."""
    if not across and kept.producer_id != gone.producer_id:
        yield _("Hai sản phẩm của hai chủ thể khác nhau: hãy gộp chủ thể trước.")
    live = Dossier.objects.exclude(state__in=GONE)
    rounds = set(live.filter(product=kept).values_list("round", flat=True))
    for dossier in live.filter(product=gone, round__in=rounds).select_related("round"):
        words = _("“%(product)s”: cả hai có hồ sơ trong %(round)s; hãy rút một hồ sơ trước.")
        yield words % {"product": gone.name, "round": dossier.round}


def _relations(model: Any) -> list[Any]:
    """Everything that points at a row of this model, from this room and from those above it."""
    fields = model._meta.get_fields(include_hidden=True)
    return [it for it in fields if it.auto_created and not it.concrete and (it.one_to_many or it.one_to_one)]


def _rows_of(relation: Any, row: Any) -> Any:
    return relation.related_model._default_manager.filter(**{relation.field.name: row})


def _merge(kept: Any, gone: Any, *, by: User, note: str) -> Merge:
    """Move what points at `gone`, keep it as it was, delete it. ValidationError where a rule of the database forbids."""
    kind = MergeKind(kept._meta.model_name)
    facts, gone_id = _facts(gone), gone.pk
    record(f"{kind}.merged_away", gone, by=by, note=note, data={"into": kept.pk})
    moved = {
        relation.related_model._meta.label: _move(relation, kept, gone) for relation in _relations(type(kept))
    }
    moved = {label: count for label, count in moved.items() if count}
    gone.delete()
    done = Merge.objects.create(
        kind=kind, gone_id=gone_id, name=gone.name, facts=facts, moved=moved, note=note.strip()[:500], by=by, **{kind: kept}
    )  # fmt: skip
    record(f"{kind}.merge", kept, by=by, note=note, data={"gone": gone_id, "name": gone.name, "moved": moved})
    return done


def _move(relation: Any, kept: Any, gone: Any) -> int:
    try:
        with transaction.atomic():
            return _rows_of(relation, gone).update(**{relation.field.name: kept})
    except IntegrityError as forbidden:
        what = relation.related_model._meta.verbose_name
        words = _("Không gộp được: cả hai đều có %(what)s không thể cùng thuộc về “%(name)s”.")
        raise ValidationError(words % {"what": what, "name": kept}) from forbidden


def _facts(row: models.Model) -> dict[str, Any]:
    """The row as JSON keeps it."""
    names = [it.name for it in row._meta.concrete_fields]
    values = {**model_to_dict(row), **{name: row.serializable_value(name) for name in names}}
    encoder = DjangoJSONEncoder()
    return {
        name: value if isinstance(value, str | int | bool | None) else encoder.default(value)
        for name, value in values.items()
    }


def _take_over_people(kept: Producer, gone: Producer) -> None:
    """Who acts for both goes on in the one that stays, as its owner if she owned either; open invitations of the other end."""
    both = list(kept.people.current().values_list("user", flat=True))
    owned = list(gone.people.current().owners().filter(user__in=both).values_list("user", flat=True))
    kept.people.current().filter(user__in=owned).update(role=MemberRole.OWNER, ends_on=None)
    run_out = kept.people.filter(ended_at=None, ends_on__lt=timezone.localdate())
    run_out.update(ended_at=timezone.now())
    gone.people.filter(ended_at=None, user__in=both).update(ended_at=timezone.now())
    gone.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _take_over_single(kept: Producer, gone: Producer) -> None:
    """Of what a producer has one of, hers stays; the other's is erased, not kept among the facts."""
    for model in (ProducerPersonal, ProducerSize):
        if model.objects.filter(producer=kept).exists():
            model.objects.filter(producer=gone).delete()
    for archive in Belongings.objects.filter(producer=gone).select_related(
        "file"
    ):  # asked for again, of both
        file = archive.file
        archive.delete()
        if file is not None:
            forget(file)


def _fill_blanks(kept: Producer, gone: Producer) -> str:
    """What only the other row knows; its registration number is answered, as it is taken until the row is gone."""
    blank = [
        it for it in FACTS if not getattr(kept, it) and getattr(gone, it) and it != "registration_number"
    ]
    for name in blank:
        setattr(kept, name, getattr(gone, name))
    if blank:
        kept.save(update_fields=blank)
    return "" if kept.registration_number else gone.registration_number


@in_vietnamese()
def _tell(done: Merge, kept: Producer, by: User) -> None:
    notify(
        [user for user in people_of(kept) if user.pk != by.pk],
        kind="producer.merged",
        key=f"merge-{done.pk}",
        subject=_("Hai chủ thể trong sổ đã gộp thành %(name)s") % {"name": kept.name},
        body=_("Sản phẩm, hồ sơ, giấy chứng nhận của “%(gone)s” nay ở đây. Lý do: %(note)s")
        % {"gone": done.name, "note": done.note},
        url=f"producers/{kept.pk}/",
    )


def stands_for(kind: MergeKind, pk: int) -> int | None:
    """The key of the row that stands for one that is gone; it moves on with each further merge."""
    return Merge.objects.filter(kind=kind, gone_id=pk).values_list(kind, flat=True).first()
