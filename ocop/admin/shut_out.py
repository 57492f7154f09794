"""What a declared conflict hides from an administrator in the log and among the files, which know of no dossier."""

from typing import Any

from django.db.models import Q, QuerySet

from evaluation.models import Assessment, Ballot, HandOver
from ocop.papers.models import Paper, ShutOut
from products.models import Dossier, EvidencePaper, Exclusion

# The kinds of thing that hang on one dossier, and the way from it.
HANGING = {Assessment: "dossier", Ballot: "assessment__dossier", HandOver: "assessment__dossier",
           EvidencePaper: "links__dossier"}  # fmt: skip


def visible_entries(entries: QuerySet, user: Any) -> QuerySet:
    """Without what is told of a dossier that the user is shut out of, and of all that hangs on it."""
    shut = _shut(user)
    if not shut:
        return entries
    hidden = Q(kind=Dossier._meta.label_lower, object_id__in=shut) | Q(
        data__has_key="dossier", data__dossier__in=shut
    )
    for model, way in HANGING.items():
        hidden |= _about(model, model._default_manager.filter(**{f"{way}__in": shut}))
    return entries.exclude(hidden | _about(Paper, _papers(user)))


def visible_files(files: QuerySet, user: Any) -> QuerySet:
    """Without the evidence and the papers of such a dossier."""
    shut = _shut(user)
    if not shut:
        return files
    evidence = EvidencePaper.objects.filter(links__dossier__in=shut)
    answers = HandOver.objects.filter(assessment__dossier__in=shut, answer_file__isnull=False)
    papers = _papers(user)
    hidden = Q(pk__in=evidence.values("file")) | Q(pk__in=answers.values("answer_file"))
    for field in ("file", "signed_file"):
        hidden |= Q(pk__in=papers.filter(**{f"{field}__isnull": False}).values(field))
    return files.exclude(hidden)


def _shut(user: Any) -> list[int]:
    return list(Exclusion.objects.in_force().filter(user_id=user.pk).values_list("dossier", flat=True))


def _papers(user: Any) -> Any:
    return Paper.objects.filter(about__in=ShutOut.objects.filter(user_id=user.pk).values("about"))


def _about(model: Any, rows: Any) -> Q:
    return Q(kind=model._meta.label_lower, object_id__in=rows.values("pk"))
