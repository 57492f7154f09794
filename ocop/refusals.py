"""Domain refusals on pages: at their field, or as a message."""

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest


def put_on_form(form: forms.BaseForm, refused: ValidationError) -> None:
    """Each reason at its field; those of no field of this form on top."""
    reasons = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
    for field, errors in reasons.items():
        form.add_error(field if field in form.fields else None, errors)


def say(request: HttpRequest, refused: ValidationError) -> None:
    for reason in refused.messages:
        messages.error(request, reason)
