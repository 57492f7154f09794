"""The published criteria sets, on the global admin: the law is the same for every tenant."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from evaluation.models import PublishedSet


@admin.register(PublishedSet)
class PublishedSetAdmin(admin.ModelAdmin):
    """To read: written by `manage.py regulations publish`, changed by nobody."""

    list_display = ("code", "regime", "total", "published_at", "digest")
    list_filter = ("regime",)
    search_fields = ("code",)
    fields = ("code", "regime", "total", "published_at", "digest", "allowed")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
