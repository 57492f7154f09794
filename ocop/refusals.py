"""Domain refusals: what a constraint refuses in words; on pages at their field, or as a message."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest


@contextmanager
def second_is_told(check: Callable[[], None]) -> Iterator[None]:
    """For a write whose like somebody may write at this moment: the slower one's `check` sees it now, and says so."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        check()
        raise


def put_on_form(form: forms.BaseForm, refused: ValidationError) -> None:
    """Each reason at its field; those of no field of this form on top."""
    reasons = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
    for field, errors in reasons.items():
        form.add_error(field if field in form.fields else None, errors)


def say(request: HttpRequest, refused: ValidationError) -> None:
    for reason in refused.messages:
        messages.error(request, reason)
