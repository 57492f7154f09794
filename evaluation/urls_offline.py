"""Scoring without a network."""

from django.urls import path

from evaluation.views import offline

urlpatterns = [
    path("meetings/<int:pk>/offline/", offline.take_along, name="take_along"),
    path("meetings/<int:pk>/offline/bundle/", offline.bundle, name="offline_bundle"),
    path("meetings/<int:pk>/offline/key/", offline.key, name="offline_key"),
    path("meetings/<int:pk>/sync/", offline.sync_meeting, name="sync"),
    path("offline/", offline.shell, name="offline_shell"),
    path("offline/back/", offline.back, name="offline_back"),
    path("sw.js", offline.worker, name="offline_worker"),
]
