"""What lies on a device, and its key."""

from django.urls import path

from ocop.device import views

urlpatterns = [
    path("device/", views.away, name="device"),
    path("device/key/", views.key, name="device_key"),
]
