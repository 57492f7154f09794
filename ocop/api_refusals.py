"""What a program reads where no view of the API answers: no such address, a body that cannot be taken, our own fault."""

import re

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

API = re.compile(r"/([^/]+/)?api/")  # outside a tenant, in one, and in one that there is not


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not API.match(request.path_info):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        return JsonResponse({"detail": _("Nội dung gửi lên quá lớn.")}, status=413)
    return JsonResponse({"errors": {"__all__": [_("Không đọc được nội dung gửi lên.")]}}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not API.match(request.path_info):
        return defaults.page_not_found(request, exception)
    return JsonResponse({"detail": _("Không có địa chỉ này.")}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if not API.match(request.path_info):
        return defaults.server_error(request)
    return JsonResponse({"detail": _("Hệ thống gặp lỗi. Hãy thử lại sau.")}, status=500)
