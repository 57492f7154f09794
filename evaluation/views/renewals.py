"""From a certificate to the dossier that follows it, in one form."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evaluation.certificates.renewals import aim_after, renewal_kinds, start_renewal
from evaluation.models import Certificate
from ocop.orgs.http import SignedInRequest
from ocop.refusals import put_on_form
from products.dossiers.filing import open_rounds
from products.forms import StartForm


@require_http_methods(["GET", "POST"])
@login_required
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """404 where nothing follows this certificate, 403 for who may see it and not file."""
    found = Certificate.objects.visible_to(request.user).select_related("product__unit", "product__producer")
    certificate = get_object_or_404(found, pk=pk)
    kinds = renewal_kinds(certificate, timezone.localdate())
    if not kinds:
        raise Http404
    if not may_renew(request, certificate):
        raise PermissionDenied
    rounds = open_rounds(certificate.product)
    form = StartForm(
        request.POST or None,
        product=certificate.product,
        kinds=kinds,
        rounds=rounds,
        initial={"kind": kinds[0], "star_aim": aim_after(certificate, kinds[0])},
    )
    if request.method == "POST" and form.is_valid():
        try:
            dossier = start_renewal(certificate, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            return redirect("products:dossier", pk=dossier.pk)
    back = reverse("evaluation:certificate", args=[pk])
    context = {"form": form, "product": certificate.product, "rounds": rounds, "back": back}
    return render(request, "products/start.html", context, status=422 if form.errors else 200)


def may_renew(request: SignedInRequest, certificate: Certificate) -> bool:
    return request.user.has_perm("products.create_dossier", certificate.product)
