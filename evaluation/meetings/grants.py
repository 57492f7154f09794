"""Single grants of council members: to score a product, to read its dossier; written and taken in bulk."""

from collections.abc import Iterable
from functools import reduce
from itertools import product
from operator import or_

from django.contrib.auth.models import Permission
from django.db.models import Q

from evaluation.models import Assessment, AssessmentUserPermission
from ocop.orgs.models import User
from products.models import Dossier, DossierUserPermission, Exclusion


def grant_scoring(assessments: Iterable[Assessment], users: Iterable[User]) -> None:
    """The right to score each of these, but for those whom a conflict shuts out."""
    grant_scoring_to(product(assessments, list(users)))


def grant_scoring_to(pairs: Iterable[tuple[Assessment, User]]) -> None:
    """The same where each product has people of its own; as many queries for thirty products as for one."""
    pairs = list(pairs)
    shut = _shut_out((it.dossier_id, user.pk) for it, user in pairs)
    permission = _permission("evaluation", "score_assessment")
    AssessmentUserPermission.objects.bulk_create(
        (
            AssessmentUserPermission(user=user, permission=permission, content_object=assessment)
            for assessment, user in pairs
            if (assessment.dossier_id, user.pk) not in shut
        ),
        ignore_conflicts=True,
    )


def grant_reading(dossiers: Iterable[Dossier | int], users: Iterable[User]) -> None:
    """The right to read these dossiers, but for those whom a conflict shuts out."""
    keys = [it if isinstance(it, int) else it.pk for it in dossiers]
    grant_reading_to(product(keys, list(users)))


def grant_reading_to(pairs: Iterable[tuple[int, User]]) -> None:
    """The same where each dossier has people of its own."""
    pairs = list(pairs)
    shut = _shut_out((key, user.pk) for key, user in pairs)
    permission = _permission("products", "view_dossier")
    DossierUserPermission.objects.bulk_create(
        (
            DossierUserPermission(user=user, permission=permission, content_object_id=key)
            for key, user in pairs
            if (key, user.pk) not in shut
        ),
        ignore_conflicts=True,
    )


def take_scoring_back(pairs: Iterable[tuple[Assessment, int]]) -> None:
    """No scoring any more for these users; what they may read they still may."""
    held = _of((it.pk, user) for it, user in pairs)
    AssessmentUserPermission.objects.filter(held).delete()


def take_reading_back(pairs: Iterable[tuple[Assessment, int]]) -> None:
    held = _of((it.dossier_id, user) for it, user in pairs)
    DossierUserPermission.objects.filter(held, permission__codename="view_dossier").delete()


def take_back(assessment: Assessment, users: Iterable[User | int]) -> None:
    """Neither scoring nor reading any more."""
    pairs = [(assessment, it if isinstance(it, int) else it.pk) for it in users]
    take_scoring_back(pairs)
    take_reading_back(pairs)


def _of(pairs: Iterable[tuple[int, int]]) -> Q:
    """The grants on each of these objects to its own users; none where there is no pair."""
    users: dict[int, list[int]] = {}
    for key, user in pairs:
        users.setdefault(key, []).append(user)
    return reduce(or_, (Q(content_object=it, user__in=whose) for it, whose in users.items()), Q(pk__in=[]))


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _shut_out(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these dossiers and users, those whom a conflict shuts out of each other, and more of the same."""
    pairs = list(pairs)
    shut = Exclusion.objects.in_force().filter(
        dossier__in={dossier for dossier, _user in pairs}, user__in={user for _dossier, user in pairs}
    )
    return set(shut.values_list("dossier_id", "user_id"))
