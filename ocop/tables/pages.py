"""The five pages of one kind of list: the lists so far, the file to fill in, one list, its writing, its file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest
from ocop.orgs.models import OrgUnit, User
from ocop.orgs.rights import held_roles
from ocop.orgs.roles import roles_with
from ocop.refusals import say
from ocop.tables.imports import ImportState, TableImport
from ocop.tables.template import CONTENT_TYPE
from ocop.workflow import Workflow

MOST_LISTED, MOST_FAULTS = 20, 500
FAULT_COLUMNS, DOUBT_COLUMNS = (
    tuple({"label": label} for label in (what, gettext_lazy("Dòng"), gettext_lazy("Cột")))
    for what in (gettext_lazy("Lỗi"), gettext_lazy("Cần xem lại"))
)


class ImportForm(forms.Form):
    """The Excel file."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most_words = f"{most:,}".replace(",", ".")
        self.fields["file"].help_text = _("Theo tệp mẫu, tối đa %(most)s dòng.") % {"most": most_words}


@dataclass(frozen=True)
class ImportPages:
    """What a room gives: its model, its two steps, the file to fill in; its words are in `<templates>/import*.html`.

    The addresses are named `<app>:<name>_imports`, `_template`, `_import`, `_commit` and `_file`.
    """

    app: str
    name: str
    templates: str
    model: type[TableImport]
    check: Callable[..., TableImport]  # (unit, upload, *, by)
    workflow: Workflow
    template: Callable[[], bytes]
    template_name: str
    most: int
    title: Any  # of the page with the lists, lazy words
    above: tuple[tuple[Any, str], ...] = ()  # the pages above it: lazy words and the name of the address

    def paths(self, under: str) -> list[URLPattern]:
        """Every page under this address, for people who are signed in."""
        pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("", "imports", require_http_methods(["GET", "HEAD", "POST"])(self._listing)),
            ("template/", "template", require_safe(self._template)),
            ("<int:pk>/", "import", require_safe(self._one)),
            ("<int:pk>/commit/", "commit", require_POST(self._commit)),
            ("<int:pk>/file/", "file", require_safe(self._file)),
        ]
        return [
            path(f"{under}{end}", login_required(page), name=f"{self.name}_{what}")
            for end, what, page in pages
        ]

    def _listing(self, request: SignedInRequest) -> HttpResponse:
        """The lists so far, and the place to send one to be checked."""
        unit = unit_that_brings(request.user, self.model.NEEDS)
        form = ImportForm(request.POST or None, request.FILES or None, most=self.most)
        if request.method == "POST" and form.is_valid():
            try:
                one = self.check(unit, form.cleaned_data["file"], by=request.user)
            except ValidationError as refused:
                form.add_error("file", refused)
            else:
                return redirect(self._name("import"), pk=one.pk)
        context = {"form": form, "rows": self._seen(request)[:MOST_LISTED], "crumbs": self._crumbs()}
        return self._page(request, "imports", context, status=422 if form.errors else 200)

    def _template(self, request: SignedInRequest) -> HttpResponse:
        unit_that_brings(request.user, self.model.NEEDS)
        response = HttpResponse(self.template(), content_type=CONTENT_TYPE)
        response.headers["Content-Disposition"] = f'attachment; filename="{self.template_name}"'
        return response

    def _one(self, request: SignedInRequest, pk: int) -> HttpResponse:
        one = self._found(request, pk)
        context = {
            "one": one,
            "state": ImportState(one.state).name,
            "faults": one.faults[:MOST_FAULTS],
            "doubts": one.summary.get("doubts", [])[:MOST_FAULTS],
            "columns": FAULT_COLUMNS,
            "doubt_columns": DOUBT_COLUMNS,
            "crumbs": [*self._crumbs(), (str(one), "")],
        }
        return self._page(request, "import", context)

    def _commit(self, request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            self.workflow.take("commit", self._found(request, pk), by=request.user)
        except ValidationError as refused:
            say(request, refused)
        return redirect(self._name("import"), pk=pk)

    def _file(self, request: SignedInRequest, pk: int) -> HttpResponse:
        one = self._found(request, pk)
        return serve(one.file, about=one, by=request.user)

    def _seen(self, request: SignedInRequest) -> Any:
        return self.model.objects.visible_to(request.user).select_related("file", "created_by")

    def _found(self, request: SignedInRequest, pk: int) -> TableImport:
        return get_object_or_404(self._seen(request), pk=pk)

    def _name(self, what: str) -> str:
        return f"{self.app}:{self.name}_{what}"

    def _crumbs(self) -> list[tuple[str, str]]:
        above = [(str(words), reverse(name)) for words, name in self.above]
        return [*above, (str(self.title), reverse(self._name("imports")))]

    def _page(
        self, request: SignedInRequest, what: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        to = {name: self._name(name) for name in ("imports", "template", "import", "commit", "file")}
        return render(request, f"{self.templates}/{what}.html", {**context, "to": to}, status=status)


def unit_that_brings(user: User, permission: str) -> OrgUnit:
    """The unit in whose name this person brings such lists; PermissionDenied without one."""
    roles = roles_with(permission)
    held = next((one for one in held_roles(user) if one.role in roles), None)
    if held is None:
        raise PermissionDenied
    return held.unit
