"""What is written down for others — papers, notices, the log — is Vietnamese, whatever the writer reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Around a block, or on a function; unlike `override` on a function, safe where two threads call it."""
    with translation.override("vi"):
        yield
