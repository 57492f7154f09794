"""The door for gunicorn; a start that would be unsafe is refused here."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")

application = get_wsgi_application()

from ocop.tenancy.checks import refuse_unsafe_role  # noqa: E402, needs the apps that the line above loads

refuse_unsafe_role()
