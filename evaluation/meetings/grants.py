"""Single grants of council members: to score a product, to read its dossier; written and taken in bulk."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission

from evaluation.models import Assessment, AssessmentUserPermission
from ocop.orgs.models import User
from products.models import Dossier, DossierUserPermission, Exclusion


def grant_scoring(assessments: Iterable[Assessment], users: Iterable[User]) -> None:
    """The right to score each of these, but for those whom a conflict shuts out."""
    assessments, users = list(assessments), list(users)
    shut = _shut_out([it.dossier_id for it in assessments], users)
    permission = _permission("evaluation", "score_assessment")
    AssessmentUserPermission.objects.bulk_create(
        (
            AssessmentUserPermission(user=user, permission=permission, content_object=assessment)
            for assessment in assessments
            for user in users
            if (assessment.dossier_id, user.pk) not in shut
        ),
        ignore_conflicts=True,
    )


def grant_reading(dossiers: Iterable[Dossier | int], users: Iterable[User]) -> None:
    """The right to read these dossiers, but for those whom a conflict shuts out."""
    keys, users = [it if isinstance(it, int) else it.pk for it in dossiers], list(users)
    shut = _shut_out(keys, users)
    permission = _permission("products", "view_dossier")
    DossierUserPermission.objects.bulk_create(
        (
            DossierUserPermission(user=user, permission=permission, content_object_id=key)
            for key in keys
            for user in users
            if (key, user.pk) not in shut
        ),
        ignore_conflicts=True,
    )


def take_scoring_back(assessment: Assessment, users: Iterable[User | int]) -> None:
    """No scoring any more; what they may read they still may."""
    keys = [it if isinstance(it, int) else it.pk for it in users]
    AssessmentUserPermission.objects.filter(content_object=assessment, user__in=keys).delete()


def take_back(assessment: Assessment, users: Iterable[User | int]) -> None:
    """Neither scoring nor reading any more."""
    keys = [it if isinstance(it, int) else it.pk for it in users]
    take_scoring_back(assessment, keys)
    DossierUserPermission.objects.filter(
        content_object=assessment.dossier_id, user__in=keys, permission__codename="view_dossier"
    ).delete()


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _shut_out(dossiers: list[int], users: list[User]) -> set[tuple[int, int]]:
    shut = Exclusion.objects.in_force().filter(dossier__in=dossiers, user__in=users)
    return set(shut.values_list("dossier_id", "user_id"))
