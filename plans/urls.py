"""Addresses under plans/."""

from django.urls import path

from plans.views import plans, rounds

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("new/", plans.plan_create, name="create"),
    path("<int:pk>/", plans.plan_detail, name="detail"),
    path("<int:pk>/edit/", plans.plan_edit, name="edit"),
    path("<int:pk>/scan/", plans.plan_scan, name="scan"),
    path("<int:pk>/steps/<slug:name>/", plans.plan_step, name="step"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/regular/", rounds.regular_rounds, name="regular_rounds"),
    path("rounds/extra/", rounds.extra_round, name="extra_round"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round"),
]
