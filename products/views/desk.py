"""A desk: its inbox by days left, what will miss its cut-off, finished dossiers sent on in one batch."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ocop.keyset import in_order, order_of, page_of
from ocop.orgs.http import SignedInRequest
from ocop.orgs.rights import covered_paths
from ocop.papers.links import paper_url
from ocop.refusals import say
from ocop.spreadsheet import download, is_asked
from plans.models import Round
from products import spreadsheets
from products.desks import inbox
from products.desks.cutoffs import Outlook, ahead, by_round, outlooks, words
from products.desks.forwarding import MOST, RIGHT, Batch, finished, forward_all, hindrances, unsigned
from products.desks.remarks import may_change
from products.models import Dossier, Forwarding
from products.models.survey import SURVEYS
from products.views.shared import demand_somewhere, whole_number

RECENT = 10
TOLD = 5  # that stayed, each with its reason on top; the page lists all that still wait
SHOWN = 100  # late ones of a round on its page
WHAT = [
    ("", gettext_lazy("Tất cả")), ("work", gettext_lazy("Đang chờ ở đây")),
    ("ready", gettext_lazy("Đã có báo cáo, chờ chuyển")), ("asked", gettext_lazy("Chờ chủ thể bổ sung")),
]  # fmt: skip


class InboxFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tìm"), required=False)
    what = forms.ChoiceField(label=gettext_lazy("Đang chờ"), required=False, choices=WHAT)


@require_GET
@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """The dossiers at this person's desks, what runs out first on top."""
    form, today = InboxFilter(request.GET or None), timezone.localdate()
    given = form.cleaned_data if form.is_valid() else {}
    rows = inbox.narrowed(inbox.on_desk(request.user).search(given.get("q", "")), given.get("what", ""))
    columns = [{"label": _("Sản phẩm"), "sort": "product__sort_key"}, {"label": _("Xã, phường")},
               {"label": _("Đang chờ")}, {"label": _("Còn lại"), "sort": "due"}]  # fmt: skip
    order = order_of(request.GET, columns, "due")
    if is_asked(request):
        return download(request, spreadsheets.DOSSIERS, in_order(rows, order))
    page = page_of(rows, request.GET, order=order)
    inbox.with_waiting(page.rows, today)
    context = {
        "page": page,
        "form": form,
        "columns": columns,
        "sort": order,
        "may_change_remarks": may_change(request.user),
        "may_forward": bool(covered_paths(request.user, RIGHT)),
        "may_survey": bool(covered_paths(request.user, SURVEYS)),
    }
    return render(request, "products/desk.html", context)


class CutoffFilter(forms.Form):
    round = forms.ModelChoiceField(
        Round.objects.none(), label=gettext_lazy("Đợt"), required=False, empty_label=gettext_lazy("Mọi đợt")
    )

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]


@require_GET
@login_required
def cutoffs(request: SignedInRequest) -> HttpResponse:
    """What will miss its round, and how many will not, by round."""
    today = timezone.localdate()
    rows = ahead(request.user, today)
    form = CutoffFilter(
        request.GET or None, rounds=Round.objects.filter(pk__in=rows.values("round")).order_by("cutoff_on")
    )
    found = form.cleaned_data.get("round") if form.is_valid() else None
    if found is not None:
        rows = rows.filter(round=found)
    context = {
        "form": form,
        "groups": [_cutoff(it, seen, today) for it, seen in by_round(outlooks(rows, today))],
        "columns": [{"label": _("Sản phẩm")}, {"label": _("Xã, phường")}, {"label": _("Dự kiến đề nghị")},
                    {"label": _("Việc cần làm")}],
        "crumbs": [(_("Việc tại bàn"), reverse("products:desk")), (_("Hạn của đợt"), "")],
    }  # fmt: skip
    return render(request, "products/cutoffs.html", context)


def _cutoff(found: Round, seen: list[Outlook], today: dt.date) -> dict[str, Any]:
    late = [it for it in seen if it.misses]
    return {
        "round": found,
        "late": len(late),
        "rows": [{"it": it, "words": words(it)} for it in late[:SHOWN]],
        "in_time": len(seen) - len(late),
        "days": (found.cutoff_on - today).days,
    }


@require_http_methods(["GET", "POST"])
@login_required
def forward(request: SignedInRequest) -> HttpResponse:
    """All that have their report: those that may go can be chosen, the others say why not."""
    demand_somewhere(request, RIGHT)
    if request.method == "POST":
        return _forwarded(request)
    rows = list(finished(request.user))
    held, without = hindrances(rows), unsigned(rows)
    lines = [
        {
            "dossier": row,
            "fault": fault,
            "url": paper_url(paper, request.user),
            "is_unsigned": row.pk in without,
        }
        for row in rows
        for fault, paper in [held.get(row.pk, ("", None))]
    ]
    context = {
        "ready": [line for line in lines if not line["fault"]],
        "most": MOST,
        "held": [line for line in lines if line["fault"]],
        "recent": Forwarding.objects.visible_to(request.user).for_list()[:RECENT],
        "crumbs": [(_("Việc tại bàn"), reverse("products:desk")), (_("Chuyển hồ sơ"), "")],
    }
    return render(request, "products/forward.html", context)


def _forwarded(request: SignedInRequest) -> HttpResponse:
    chosen = {whole_number(raw) for raw in request.POST.getlist("dossier")}
    try:
        batch = forward_all(chosen, by=request.user)
    except ValidationError as refused:
        say(request, refused)
        return redirect("products:forward")
    return _told(request, batch)


def _told(request: SignedInRequest, batch: Batch) -> HttpResponse:
    """Where all went one way, its page; else the list, each that stayed with its reason."""
    for dossier, fault in batch.stayed[:TOLD]:
        messages.error(request, f"{dossier.product.name}: {fault}")
    if left := len(batch.stayed[TOLD:]):
        words = ngettext("%(n)s hồ sơ nữa chưa chuyển được.", "%(n)s hồ sơ nữa chưa chuyển được.", left)
        messages.error(request, words % {"n": left})
    if batch.made:
        n = len(batch.made)
        messages.success(
            request,
            ngettext("Đã soạn %(n)s văn bản đề nghị.", "Đã soạn %(n)s văn bản đề nghị.", n) % {"n": n},
        )
    if len(batch.made) == 1 and not batch.stayed:
        return redirect("products:forwarding", pk=batch.made[0].pk)
    return redirect("products:forward")


@require_GET
@login_required
def forwarding(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of each dossier of a batch, and the letter that lists those that went."""
    found = get_object_or_404(Forwarding.objects.visible_to(request.user).for_list(), pk=pk)
    seen = Dossier.objects.visible_to(request.user)
    items = found.items.filter(dossier__in=seen).select_related("dossier__product__producer")
    context = {
        "found": found,
        "sent": [it for it in items if not it.fault],
        "stayed": [it for it in items if it.fault],
        "letter_url": paper_url(found.letter, request.user),
        "crumbs": [(_("Việc tại bàn"), reverse("products:desk")), (_("Chuyển hồ sơ"), reverse("products:forward")),
                   (_("Kết quả"), "")],
    }  # fmt: skip
    return render(request, "products/forwarding.html", context)
