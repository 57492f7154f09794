"""Papers that prove: kept per producer, tied to the criteria of a dossier."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import covered_paths, units_where
from ocop.tenancy.models import TenantManager, TenantModel
from products.models.dossier import Dossier, DossierState
from products.models.exclusion import Exclusion
from products.models.office import CONFIRMS, kinds_confirmed_by, offices_owning
from products.models.producer import Producer, ProducerMember


class EvidencePaperQuerySet(models.QuerySet):
    """Papers by reader."""

    def visible_to(self, user: Any) -> "EvidencePaperQuerySet":
        """The producer's own, those tied to a dossier the user may see, what lies ready for one she may fill, and those
        that her office confirms.
        """
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        tied = EvidenceLink.objects.filter(dossier__in=Dossier.objects.visible_to(user))
        mine = Q(producer_id__in=own.values("producer")) | Q(pk__in=tied.values("paper"))
        brought = EvidencePaper.objects.filter(
            test_results__test__dossier__in=Dossier.objects.visible_to(user)
        )
        mine |= Q(pk__in=brought.values("pk"))  # the result of an extra test
        tied_at_all = EvidenceLink.objects.filter(paper=OuterRef("pk"))
        hers = units_where(user, "products.change_dossier", "producer__unit")
        if covered_paths(user, CONFIRMS):
            mine |= Q(pk__in=EvidencePaper.objects.for_office_of(user).values("pk"))
        ready = Q(hers, withdrawn_at=None, test_results__isnull=True)
        return self.filter(mine | ready & ~Exists(tied_at_all))

    def for_office_of(self, user: Any) -> "EvidencePaperQuerySet":
        """Of the kinds that her office confirms, once a dossier with them was filed; a vault before that is its producer's."""
        shut = Exclusion.objects.in_force().filter(user_id=user.pk).values("dossier")
        links = EvidenceLink.objects.filter(paper=OuterRef("pk"))
        filed = Exists(links.exclude(dossier__state=DossierState.DRAFT))
        is_open = ~Exists(links.filter(dossier__in=shut))
        return self.filter(filed, is_open, kind__in=kinds_confirmed_by(user), withdrawn_at=None)

    def not_excluding(self, user: Any) -> "EvidencePaperQuerySet":
        """Without those that lie here for a dossier alone that a declared conflict shuts the user out of."""
        shut = Exclusion.objects.in_force().filter(user_id=user.pk).values("dossier")
        links = EvidenceLink.objects.filter(paper=OuterRef("pk"))
        return self.exclude(
            Exists(links.filter(dossier__in=shut)), ~Exists(links.exclude(dossier__in=shut)), is_kept=False
        )

    def containing(self, word: str) -> "EvidencePaperQuerySet":
        """Those whose title, number, issuer or scope has the word, in any case."""
        named = Q(title__icontains=word) | Q(number__icontains=word)
        return self.filter(named | Q(issuer__icontains=word) | Q(scope__icontains=word))


class EvidencePaper(Governed, TenantModel):
    """One paper with the facts that can be read off it; reused across products and years."""

    producer = models.ForeignKey(Producer, models.PROTECT, related_name="papers")
    kind = models.CharField(_("loại giấy tờ"), max_length=40)  # a kind of the regime's evidence catalogue
    title = models.CharField(_("tên giấy tờ"), max_length=300)
    number = models.CharField(_("số"), max_length=80, blank=True)
    issuer = models.CharField(_("nơi cấp"), max_length=200, blank=True)
    issued_on = models.DateField(_("ngày cấp"), null=True, blank=True)
    expires_on = models.DateField(_("có giá trị đến"), null=True, blank=True)
    scope = models.CharField(
        _("phạm vi"), max_length=300, blank=True
    )  # what it covers: products, places, batches
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    is_kept = models.BooleanField(default=False)  # put into the vault by itself: no dossier takes it away
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=1, editable=False
    )  # of its facts: what an office confirmed is one of them (another file is another paper)

    word_from_below = models.JSONField(
        null=True, blank=True, editable=False
    )  # what an office of the tenant that sent it up had said of it; another's own word goes before

    said: Any = None  # what the office said of it, where `confirmation.said` was asked for

    objects = TenantManager.from_queryset(EvidencePaperQuerySet)()

    class Meta:
        ordering = ("kind", "pk")
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")

    def __str__(self) -> str:
        return self.title

    def governing_units(self) -> list[OrgUnit]:
        """Where it is kept, and the offices that confirm its kind."""
        return [self.producer.unit, *offices_owning(self.kind)]

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.producer.roles_of(user)

    def has_expired(self, on: dt.date) -> bool:
        return self.expires_on is not None and self.expires_on < on


class EvidenceLink(TenantModel):
    """A paper proves a criterion of a dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="evidence")
    paper = models.ForeignKey(EvidencePaper, models.PROTECT, related_name="links")
    criterion = models.CharField(_("tiêu chí"), max_length=20, blank=True)  # "" = the dossier as a whole
    page = models.PositiveIntegerField(
        _("trang"), null=True, blank=True
    )  # where the viewer opens; of a clip the second
    claimed = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )  # points of the level that was claimed when it was pinned

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "dossier", "paper", "criterion"], name="products_evidence_link_once"
            ),
            models.CheckConstraint(
                name="products_evidence_page_of_a_criterion",
                condition=Q(page__isnull=True) | (Q(page__gte=1) & ~Q(criterion="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} → {self.criterion}"
