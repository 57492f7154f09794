"""What Django and its REST framework say of a field is Vietnamese: ours where theirs has no words."""

import inspect
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.forms import fields as form_fields
from django.forms import models as form_models
from django.utils import translation
from rest_framework import exceptions, fields, relations

ENGLISH, CATALOGUE = (
    Path(settings.BASE_DIR) / "locale" / it / "LC_MESSAGES" / "django.po" for it in ("en", "vi")
)
NOT_USED = {"FilePathField", "HyperlinkedRelatedField", "HyperlinkedIdentityField"}


def classes(*modules) -> Iterator[type]:
    for module in modules:
        for _name, found in inspect.getmembers(module, inspect.isclass):
            if found.__name__ not in NOT_USED:
                yield found


def said() -> Iterator[tuple[str, object]]:
    """Every sentence a field can answer with, by its class and code."""
    for it in classes(fields, relations, form_fields, form_models):
        for code, words in getattr(it, "default_error_messages", {}).items():
            yield f"{it.__name__}.{code}", words
    for it in classes(exceptions):
        if words := getattr(it, "default_detail", None):
            yield it.__name__, words


def in_both(words) -> tuple[str, str]:
    with translation.override("en"):
        english = str(words)
    with translation.override("vi"):
        return english, str(words)


def test_every_sentence_of_a_field_is_said_in_vietnamese():
    pairs = {where: in_both(words) for where, words in said()}
    assert len(pairs) > 100
    same = {where: english for where, (english, ours) in pairs.items() if english == ours}
    assert {where: words for where, words in same.items() if words} == {}  # "" needs its number to be said


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (MinimumLengthValidator(10), "Mật khẩu phải có ít nhất 10 ký tự."),
        (CommonPasswordValidator(), "Mật khẩu này quá dễ đoán."),
    ],
)
def test_a_weak_password_is_refused_in_vietnamese(check, words):
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        check.validate("password")
    assert refused.value.messages == [words]


def test_the_catalogue_holds_no_text_of_ours():
    """Ours are Vietnamese in the source: an entry here would be a second place for them."""
    ours, theirs = (
        {it.id for it in read_po(io.BytesIO(it.read_bytes())) if it.id} for it in (ENGLISH, CATALOGUE)
    )
    assert not ours & theirs
