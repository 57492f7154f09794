"""Home at the door; a plan's actuals beside the plan; lists behind figures."""

from django.urls import path

from ocop.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("plans/<int:pk>/actuals/", views.plan, name="plan"),
    path("reports/measures/<slug:name>/", views.measure, name="measure"),
]
