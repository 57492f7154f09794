from django.urls import path

from ocop.leaving import views

app_name = "leaving"
urlpatterns = [
    path("departures/", views.departure_list, name="list"),
    path("departures/people/<int:pk>/", views.person_work, name="person"),
    path("departures/<int:pk>/", views.departure, name="departure"),
    path("departures/<int:pk>/receive/", views.departure_receive, name="receive"),
]
