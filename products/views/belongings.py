"""All that is kept of a producer: asked for and taken by her own people."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ocop.files.store import serve
from ocop.orgs.http import SignedInRequest
from products.models import Belongings, Producer
from products.producers.belongings import EXPORT, ask_for_belongings
from products.views.shared import behind_the_door, demand_right


@require_http_methods(["GET", "POST"])
@login_required
def belongings(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET gives the archive, once it is made; POST asks a worker for it."""
    producer = get_object_or_404(Producer.objects.visible_to(request.user), pk=pk)
    demand_right(request, EXPORT, producer)
    if request.method == "POST":
        ask_for_belongings(producer, by=request.user)
        messages.success(request, _("Đang gom dữ liệu của chủ thể; tệp sẽ nằm ở trang này trong vài phút."))
        return redirect("products:producer", pk=pk)
    made = Belongings.objects.filter(producer=producer, file__isnull=False).select_related("file").first()
    if made is None or made.file is None:
        raise Http404
    send = partial(serve, made.file, about=producer, by=request.user)
    back = reverse("products:producer", args=[pk])
    return behind_the_door(request, f"belongings-{made.pk}", send, back=back)
