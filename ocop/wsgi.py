"""The door for gunicorn; a start that would be unsafe is refused here."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402, these need the apps that the line above loads
from django.db import connection  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from ocop.tenancy.checks import refuse_unsafe_role  # noqa: E402

refuse_unsafe_role()
connection.close()  # with --preload this is the parent: its children must not share one connection
for urlconf in (settings.ROOT_URLCONF, settings.GLOBAL_URLCONF):
    get_resolver(urlconf).url_patterns  # noqa: B018, every view is loaded once, for all workers, before the first request
