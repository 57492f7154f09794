"""The components of templates/ui/ as template tags (`{% load ui %}`); its README.md says what each takes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.text import slugify
from django.utils.translation import get_language

from ocop import ui_forms
from ocop.ui_words import ALL, MESSAGE, NOTE, ROAD, SEAL, STOP, TASK

register = template.Library()

THEMES = {"light", "dark"}
MOST_STOPS = 6
MAST = ("request", "user", "tenant", "person", "nav", "unread", "csrf_token")


class Renderer(TemplatesSetting):
    """Django's own `{{ form }}` and `{{ form.name.as_field_group }}` with our field."""

    field_template_name = "ui/field_group.html"
    form_template_name = "ui/form.html"


def context(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs; `request` brings it, and a page without it is still whole."""
    theme = request.COOKIES.get("theme")
    return {
        "tenant": getattr(request, "tenant", None),
        "person": getattr(request, "person", None),
        "nav": getattr(request, "nav", ()),
        "unread": getattr(request, "unread", 0),
        "theme": theme if theme in THEMES else "",
    }


def _render(name: str, values: Mapping[str, Any]) -> str:
    return render_to_string(f"ui/{name}.html", dict(values))


@lru_cache(maxsize=4096)
def _kept(name: str, _language: str | None, values: tuple[tuple[str, Any], ...]) -> str:
    return _render(name, {**dict(values), "sprite": static("icons.svg")})


def _drawn(part: str, /, **values: Any) -> str:
    """A small part that stands in every row of a list, drawn once for each language and set of values."""
    draw = _kept.__wrapped__ if settings.DEBUG else _kept
    return draw(part, get_language(), tuple(values.items()))


# ── the frame of a page ──


@register.simple_tag
def icon(name: str, css: str = "icon") -> str:
    return _drawn("icon", name=str(name), css=css)


@register.inclusion_tag("ui/mast.html", takes_context=True)
def mast(context: template.Context) -> dict[str, Any]:
    return {key: context.get(key) for key in MAST}


@register.inclusion_tag("ui/crumbs.html")
def crumbs(items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"items": items}


@register.simple_block_tag
def heading(
    content: str, title: str, *, sub: str = "", crumbs: Sequence[tuple[str, str]] = (), eyebrow: str = ""
) -> str:
    """The one h1; the body is what stands at its right: the state and one action."""
    values = {"end": content, "title": title, "sub": sub, "crumbs": crumbs, "eyebrow": eyebrow}
    return _render("heading", values)


@register.inclusion_tag("ui/messages.html")
def messages(items: Iterable[Any]) -> dict[str, Any]:
    shown = [(MESSAGE.get(item.level_tag, ("toast", "")), item) for item in items or ()]
    return {"items": [{"part": part, "kind": kind, "text": item} for (part, kind), item in shown]}


# ── words with a meaning ──


@register.simple_tag
def state(word: str, kind: str = "") -> str:
    return _drawn("state", word=str(word), kind=kind)


@register.simple_tag
def stars(count: int | None, size: str = "") -> str:
    marks = tuple(n < (count or 0) for n in range(5))
    return _drawn("stars", count=count, size=size, marks=marks)


@register.simple_tag
def gate(count: int) -> str:
    """The least level that a star needs."""
    return _drawn("gate", count=count, marks=(True,) * count)


@register.simple_tag
def due(days: int | None, *, on: date | None = None, working: bool = False, soon: int = 5) -> str:
    """Days left (below nought: days late), reckoned by whoever knows the calendar."""
    kind = "" if days is None or days > soon else "late" if days < 0 else "soon"
    return _drawn("due", days=days, late=abs(days or 0), on=on, working=bool(working), kind=kind)


@register.inclusion_tag("ui/seal.html")
def seal(state: str, text: str, *, word: str = "") -> dict[str, Any]:
    css, icon, usual = SEAL[state]
    return {"css": css, "icon": icon, "word": word or usual, "text": text}


@register.simple_block_tag
def note(content: str, kind: str = "", *, icon: str = "", role: str = "") -> str:
    return _render("note", {"content": content, "kind": kind, "icon": icon or NOTE[kind], "role": role})


# ── doing something ──


@register.inclusion_tag("ui/btn.html")
def btn(  # noqa: PLR0913, each a word a template may say
    label: str,
    url: str = "",
    *,
    kind: str = "",
    icon: str = "",
    after: str = "",
    dense: bool = False,
    name: str = "",
    value: str = "",
    form: str = "",
    dialog: str = "",
    only_icon: bool = False,
    go: str = "",
    reasons: Sequence[tuple[str, str]] = (),
    why: str = "",
) -> dict[str, Any]:
    """A link when it has a url, else a submit button; with `reasons` it is blocked and says why.

    `go` is where the page goes by itself once a form that saves itself has saved ("#": nowhere).
    """
    values = {key: value for key, value in locals().items() if key != "reasons"}
    return values | {"reasons": list(reasons), "id": f"vi-sao-{slugify(label)}"}


@register.simple_block_tag
def dialog(content: str, key: str, title: str) -> str:
    return _render("dialog", {"content": content, "id": key, "title": title})


@register.inclusion_tag("ui/empty.html")
def empty(
    title: str, text: str = "", url: str = "", label: str = "", *, asked: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The next step; where the list was narrowed (`asked`: the request's GET), the way back to all of it."""
    narrowed = any(asked.values()) if asked else False
    return {
        "title": title,
        "text": text,
        "url": "?" if narrowed else url,
        "label": ALL if narrowed else label,
    }


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, *, hint: str = "", saved: Any = None, dense: bool = False) -> dict[str, Any]:
    """`saved` is the server's time, or "" for a field that saves itself and has not yet."""
    return ui_forms.field(bound, hint=hint, saved=saved, dense=dense)


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    return {"errors": ui_forms.errors(form)}


@register.inclusion_tag("ui/upload.html")
def upload(bound: BoundField, *, label: str = "", hint: str = "", camera: bool = True) -> dict[str, Any]:
    return ui_forms.upload(bound, label=label, hint=hint) | {"camera": camera}


@register.inclusion_tag("ui/uploads.html")
def uploads(items: Iterable[Any], bound: BoundField | None = None) -> dict[str, Any]:
    return {"items": items, "id": f"{bound.auto_id}_list" if bound else ""}


@register.inclusion_tag("ui/upload_item.html")
def upload_item(item: Any) -> dict[str, Any]:
    return {"item": item}


# ── where things stand ──


@register.inclusion_tag("ui/tasks.html")
def tasks(items: Iterable[Any], *, due: bool = False) -> dict[str, Any]:
    """Each item has `status` (todo, doing, done, look), `label`, `url`, `sub`; with `due`, `days` or `on`."""
    return {"items": items, "due": due}


@register.inclusion_tag("ui/task.html")
def task(item: Any, *, status: str = "todo", due: bool = False) -> dict[str, Any]:
    mark, icon, word, kind = TASK[status or "todo"]
    return {"item": item, "mark": mark, "icon": icon, "word": word, "kind": kind, "due": due}


@register.inclusion_tag("ui/road.html")
def road(stops: Sequence[Mapping[str, Any]], *, label: str = "") -> dict[str, Any]:
    """Each stop has `name`, `note`, and `status` (done, here, next)."""
    if len(stops) > MOST_STOPS:
        raise ValueError(f"The road has {MOST_STOPS} stops at most, not {len(stops)}.")
    shown = [dict(stop, css=STOP[stop["status"]][0], word=STOP[stop["status"]][1]) for stop in stops]
    return {"stops": shown, "label": label or ROAD}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    return {"events": events}


@register.inclusion_tag("ui/figure.html")
def figure(number: Any, label: str, url: str = "", *, unit: str = "", quiet: bool = False) -> dict[str, Any]:
    return {"number": number, "label": label, "url": url, "unit": unit, "quiet": quiet}


@register.inclusion_tag("ui/facts.html")
def facts(items: Iterable[Sequence[Any]], *, wide: bool = True, long: bool = False) -> dict[str, Any]:
    return {"items": items, "wide": wide, "long": long}


# ── lists ──


@register.simple_block_tag(takes_context=True)
def table(
    context: template.Context,
    content: str,
    columns: Sequence[Mapping[str, Any]],
    *,
    label: str,
    sort: str = "",
) -> str:
    """A table that turns into cards; the body is its `<tr role="row">`s, cells with role and data-label."""
    heads = [ui_forms.head(column, sort) for column in columns]
    values = {"content": content, "heads": heads, "label": label, "request": context.get("request")}
    return _render("table", values)


@register.inclusion_tag("ui/filters.html", takes_context=True)
def filters(
    context: template.Context,
    form: BaseForm,
    *,
    label: str,
    columns: Sequence[Mapping[str, Any]] = (),
    sort: str = "",
) -> dict[str, Any]:
    chips = ui_forms.chips(form, context["request"].GET)
    return {
        "form": form,
        "label": label,
        "chips": chips,
        "orders": ui_forms.orders(columns, sort),
        "sort": sort,
    }


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, *, before: str = "", after: str = "") -> dict[str, Any]:
    """Nothing where one page holds all."""
    return {"request": context["request"], "before": before, "after": after}


@register.inclusion_tag("ui/total.html", takes_context=True)
def total(context: template.Context, number: int, words: str, *, take_away: bool = True) -> dict[str, Any]:
    """How many rows the list has, and the link that takes it away as its filters stand."""
    return {"request": context["request"], "number": number, "words": words, "take_away": take_away}


# ── evaluating ──


@register.simple_block_tag
def criterion(
    content: str, card: Any, *, name: str, value: Any = None, claim: Any = None, locked: bool = False
) -> str:
    """One fieldset; `value` and `claim` are points; the body (comment, next) follows the levels."""
    values = {
        "content": content,
        "card": card,
        "name": name,
        "value": value,
        "claim": claim,
        "locked": locked,
    }
    return _render("criterion", values)


@register.inclusion_tag("ui/claim.html")
def claim(points: Any, text: str) -> dict[str, Any]:
    return {"points": points, "text": text}


@register.inclusion_tag("ui/viewer.html")
def viewer(papers: Iterable[Any], paper: Any = None) -> dict[str, Any]:
    """`papers` have `label`, `url`, `meta`, `current`; `paper`, the open one, its page image or its PDF."""
    return {"papers": papers, "paper": paper}
