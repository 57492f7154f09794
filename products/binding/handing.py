"""Handing a bound dossier out: the producer's people get it as it is, others the book under their name.

The archive proves itself by its hashes and cannot be marked: besides her people it is for the offices that keep the
dossier as the paper original (QĐ 26/2026, Điều 7 khoản 1), not for members of a council.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from ocop.files.store import serve
from ocop.orgs.models import User
from products.binding.making import FILES
from products.models import BoundDossier, Dossier
from products.vault.handing import hand_out_file

OFFICES = ("products.check_dossier", "products.receive_dossier", "products.conclude_dossier")


def may_take_archive(dossier: Dossier, by: User) -> bool:
    return bool(dossier.roles_of(by)) or any(by.has_perm(right, dossier) for right in OFFICES)


def hand_out_bound(made: BoundDossier, kind: str, *, dossier: Dossier, by: User) -> HttpResponse:
    """The book ("pdf") or everything ("zip"); PermissionDenied where the archive is not for her."""
    file = getattr(made, FILES[kind])
    if kind == "pdf":
        return hand_out_file(file, about=dossier, by=by, is_own=bool(dossier.roles_of(by)))
    if not may_take_archive(dossier, by):
        raise PermissionDenied
    return serve(file, about=dossier, by=by)
