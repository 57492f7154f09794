"""A workflow is a table of steps, and one function that takes a step. `.state` is assigned nowhere else."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ocop.audit.log import record
from ocop.audit.models import Entry
from ocop.orgs.models import User
from ocop.orgs.rights import role_for
from ocop.written import in_vietnamese

M = TypeVar("M", bound=models.Model)
Words = str | Promise
InputKind = Literal["text", "lines", "date", "number", "choice", "file", "flag"]


@dataclass(frozen=True)
class Input:
    """What a step asks of the one who takes it; the page's form and the API's serializer are built from it."""

    name: str
    label: Words
    kind: InputKind = "text"
    required: bool = True
    choices: tuple[tuple[str, Words], ...] = ()
    hint: Words = ""


class Hindrance(ValidationError):
    """A reason that refuses a step, with the page where it is mended."""

    def __init__(self, words: Words, url: str) -> None:
        super().__init__(str(words))
        self.url = url


def _no_problems(obj: Any, by: User, data: Mapping[str, Any]) -> Iterable[Words | ValidationError]:
    return ()


def _no_fields(obj: Any, by: User, data: Mapping[str, Any]) -> Iterable[str]:
    return ()


def _no_effect(obj: Any, by: User, data: Mapping[str, Any]) -> None:
    return None


@dataclass(frozen=True)
class Step:
    """One verb: from which states, to which, by which right, what refuses it and what follows from it."""

    label: Words
    sources: frozenset[str]
    target: str
    perm: str
    inputs: tuple[Input, ...] = ()
    # (obj, by, data) -> the messages that refuse it, all at once; a ValidationError may name an input, a Hindrance
    # the page where it is mended.
    problems: Callable[[Any, User, Mapping[str, Any]], Iterable[Words | ValidationError]] = _no_problems
    # (obj, by, data) -> sets fields of the object and names them: saved in one statement with the state, as
    # the constraints of the new state ask ("issued has a number").
    writes: Callable[[Any, User, Mapping[str, Any]], Iterable[str]] = _no_fields
    # (obj, by, data) -> writes rows: notices, numbers, frozen versions. Never sends, never renders.
    effect: Callable[[Any, User, Mapping[str, Any]], None] = _no_effect
    is_final: bool = False  # cannot be undone: pages ask once more
    is_aside: bool = False  # open to her, but never what the page is for: a plain button


@dataclass(frozen=True)
class Offer:
    """A step as a page shows it: possible, or with the reasons why not."""

    name: str
    step: Step
    reasons: list[tuple[str, str]] = field(
        default_factory=list
    )  # words, and where it is mended ("": nowhere)

    @property
    def problems(self) -> list[str]:
        """The reasons in words alone."""
        return [words for words, _url in self.reasons]

    @property
    def needs_page(self) -> bool:
        """A step that asks something, or cannot be undone, has a page of its own."""
        return bool(self.step.inputs) or self.step.is_final


class Workflow(dict[str, Step]):
    """The table of one model's steps."""

    def __init__(self, title: Words, steps: Mapping[str, Step]) -> None:
        super().__init__(steps)
        self.title = title

    def without(self, names: Collection[str]) -> "Workflow":
        """The table less these steps: what follows from another object's step, or cannot be meant now."""
        return Workflow(self.title, {name: step for name, step in self.items() if name not in names})

    @transaction.atomic
    def take(self, name: str, obj: M, *, by: User, data: Mapping[str, Any] | None = None) -> M:
        """Lock the row, check state, right and problems, then write state, audit and effects: all or none.

        Raises ValidationError with every reason at once, PermissionDenied without the right. Answers the
        fresh row; the one passed in is stale.
        """
        step, data = self[name], data or {}
        manager = type(obj)._default_manager
        fresh = manager.select_for_update(of=("self",)).get(pk=obj.pk)
        state = fresh.state  # type: ignore[attr-defined]
        if not by.has_perm(step.perm, fresh):
            raise PermissionDenied
        if state not in step.sources:
            raise ValidationError(_overtaken(fresh), code="stale")
        if reasons := [*missing_inputs(step, data), *step.problems(fresh, by, data)]:
            raise _refusal(reasons)
        with in_vietnamese():
            self._write(name, fresh, by, data)
        return fresh

    def _write(self, name: str, fresh: Any, by: User, data: Mapping[str, Any]) -> None:
        step, before = self[name], fresh.state
        fresh.state = step.target
        fresh.save(update_fields=["state", *step.writes(fresh, by, data)])
        record(
            f"{fresh._meta.model_name}.{name}",
            fresh,
            by=by,
            role=role_for(by, step.perm, fresh) or "",
            before=before,
            after=step.target,
            note=str(data.get("note", "")),
        )
        step.effect(fresh, by, data)

    def open_to(self, obj: models.Model, user: User, *, only: Collection[str] | None = None) -> list[Offer]:
        """The steps this user may take on this object now, each with what still hinders it.

        `only` names the steps a page asks about: rights and reasons of the others cost nothing.
        """
        return [
            Offer(name, step, with_places(step.problems(obj, user, {})))
            for name, step in self.items()
            if (only is None or name in only)
            and obj.state in step.sources  # type: ignore[attr-defined]
            and user.has_perm(step.perm, obj)
        ]


def _overtaken(obj: Any) -> str:
    """Where it stands, and who brought it there: the one who clicked second reads who was first."""
    words = {"what": obj, "state": obj.get_state_display()}
    last = Entry.objects.about(obj).filter(after=obj.state).first()
    if last is None:
        return _("“%(what)s” đang ở bước “%(state)s”: có thể người khác vừa làm trước bạn.") % words
    words |= {"who": last.actor_name, "time": f"{timezone.localtime(last.at):%H:%M %d/%m}"}
    return _("“%(what)s” đang ở bước “%(state)s”: %(who)s đã làm trước bạn, lúc %(time)s.") % words


def missing_inputs(step: Step, data: Mapping[str, Any]) -> list[ValidationError]:
    """One error for each required input that was left out, at its field."""
    return [
        ValidationError({wanted.name: _("Hãy điền “%(label)s”.") % {"label": wanted.label}})
        for wanted in step.inputs
        if wanted.required and _is_blank(data.get(wanted.name))
    ]


def _is_blank(value: Any) -> bool:
    """Left out, or nothing but blanks."""
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def _refusal(reasons: Iterable[Words | ValidationError]) -> ValidationError:
    """One error that keeps each reason at its input, and those of no input together."""
    by_field: dict[str, list[Any]] = {}
    for reason in reasons:
        if isinstance(reason, ValidationError) and hasattr(reason, "error_dict"):
            for name, errors in reason.error_dict.items():
                by_field.setdefault(name, []).extend(errors)
        else:
            by_field.setdefault(NON_FIELD_ERRORS, []).append(reason)
    return ValidationError(by_field)


def with_places(reasons: Iterable[Words | ValidationError]) -> list[tuple[str, str]]:
    """The reasons in words, each with the page where it is mended; "" where none is named."""
    return [
        (words, getattr(reason, "url", "")) for reason in reasons for words in map(str, in_words([reason]))
    ]


def in_words(reasons: Iterable[Words | ValidationError]) -> list[str]:
    """The reasons as a page lists them, wherever they lie."""
    flat: list[str] = []
    for reason in reasons:
        flat += reason.messages if isinstance(reason, ValidationError) else [str(reason)]
    return flat
