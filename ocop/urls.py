"""Addresses inside a tenant; the first path segment is already off."""

from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import DefaultRouter

import evaluation.api
import ocop.leaving.api
import ocop.papers.api
import ocop.reports.api
import plans.api
import products.api
import promotion.api
from ocop.tenant_admin import tenant_admin_site

router = DefaultRouter()
for rooms_api in (
    plans.api,
    products.api,
    evaluation.api,
    promotion.api,
    ocop.papers.api,
    ocop.reports.api,
    ocop.leaving.api,
):
    for prefix, viewset in rooms_api.ROUTES:
        router.register(prefix, viewset, basename=prefix)

urlpatterns = [
    path("", include("ocop.public_urls")),
    path("", include("ocop.reports.urls")),
    path("", include("ocop.leaving.urls")),
    path("", include("ocop.device.urls")),
    path("plans/", include("plans.urls")),
    path("", include("products.urls")),
    path("", include("evaluation.urls")),
    path("", include("promotion.urls")),
    path("papers/", include("ocop.papers.urls")),
    path("notices/", include("ocop.notices.urls")),
    path("accounts/", include("ocop.account_urls")),
    path("language/", set_language, name="set_language"),
    path("admin/", tenant_admin_site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="api_docs"),
    path("api/", include(router.urls)),
]
handler400 = "ocop.api_refusals.bad_request"
handler404 = "ocop.api_refusals.not_found"
handler500 = "ocop.faults.answer"
