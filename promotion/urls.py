"""The public catalogue and the fairs."""

from django.urls import path

from promotion.views import catalogue, events

app_name = "promotion"
urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/", catalogue.product, name="product"),
    path("events/", events.event_list, name="events"),
    path("events/new/", events.event_create, name="event_create"),
    path("events/<int:pk>/", events.event_detail, name="event"),
    path("events/<int:pk>/edit/", events.event_edit, name="event_edit"),
    path("events/<int:pk>/check/", events.event_check, name="event_check"),
    path("events/<int:pk>/add/", events.event_add, name="event_add"),
    path("events/<int:pk>/remove/<int:participation>/", events.event_remove, name="event_remove"),
]
