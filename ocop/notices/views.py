"""The bell: what I was told, newest first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ocop.keyset import page_of
from ocop.notices.models import Notice


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    notices = Notice.objects.for_user(request.user)
    return render(request, "notices/inbox.html", {"page": page_of(notices, request.GET, order="-created_at")})


@login_required
@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the notice read and go where it points."""
    notice = get_object_or_404(Notice.objects.for_user(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    if not notice.url:
        return redirect("notices:list")
    return redirect(f"{get_script_prefix()}{notice.url.lstrip('/')}")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.for_user(request.user).unread().update(read_at=timezone.now())
    return redirect(reverse("notices:list"))
