"""A certificate: 36 months from its day of issue, checkable by anyone for ever."""

import datetime as dt
import re
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.decision import Decision
from ocop.files.models import StoredFile
from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.orgs.text import unaccented
from ocop.tenancy.models import TenantManager, TenantModel
from products.models import Dossier, Producer, ProducerMember, Product


def number_key(number: str) -> str:
    """A printed number as people type it: no case, no accents, no marks, no leading noughts."""
    groups = re.findall(r"[0-9]+|[a-z]+", unaccented(number))
    return "".join(group.lstrip("0") or "0" for group in groups)[:60]


class CertificateState(models.TextChoices):
    """What the authority said; "expiring" and "expired" follow from the day."""

    IN_FORCE = "in_force", _("Có hiệu lực")
    REVOKED = "revoked", _("Đã thu hồi")
    REPLACED = "replaced", _("Đã được thay thế")


class CertificateQuerySet(models.QuerySet):
    """Certificates by reader and by day."""

    def visible_to(self, user: Any) -> "CertificateQuerySet":
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        return self.filter(
            units_where(user, "evaluation.view_certificate")
            | units_where(user, "evaluation.view_certificate", "product__unit")
            | Q(product__producer_id__in=own.values("producer"))
        )

    def valid_on(self, on: dt.date) -> "CertificateQuerySet":
        """In force that day: issued, neither revoked nor replaced, not past its last day."""
        return self.filter(Q(extended_until__gte=on) | Q(expires_on__gte=on),
                           state=CertificateState.IN_FORCE, issued_on__lte=on)  # fmt: skip

    def ending_between(self, first: dt.date, last: dt.date) -> "CertificateQuerySet":
        """In force, with the last day (an extension counted) from `first` to `last`."""
        plain = Q(extended_until__isnull=True, expires_on__range=(first, last))
        return self.filter(plain | Q(extended_until__range=(first, last)), state=CertificateState.IN_FORCE)

    def to_render(self) -> "CertificateQuerySet":
        """Those of our own decisions whose PDF is still to be made."""
        return self.filter(pdf__isnull=True, is_recorded=False)

    def numbered(self, typed: str) -> "CertificateQuerySet":
        """Those whose printed number this is, however it was typed."""
        key = number_key(typed)
        return self.filter(number_key=key) if key else self.none()

    def for_list(self) -> "CertificateQuerySet":
        return self.select_related("unit", "product__unit")

    def search(self, words: str) -> "CertificateQuerySet":
        """By product, producer or number, without diacritics."""
        return self.filter(every_word(words, "search_text"))


class Certificate(Governed, TenantModel):
    """What is printed is frozen here; the product's record may change, the certificate does not."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="certificates")  # who issued it
    product = models.ForeignKey(Product, models.PROTECT, related_name="certificates")
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="certificates")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="certificates")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="certificates")
    number = models.CharField(_("số giấy chứng nhận"), max_length=60)
    number_key = models.CharField(max_length=60, editable=False)  # as people type it: no case, no spaces
    decision_number = models.CharField(_("theo quyết định số"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    code = models.CharField(_("mã sản phẩm"), max_length=40, blank=True)
    regime = models.CharField(max_length=20, blank=True)  # "" where it is older than any regime loaded
    set_code = models.CharField(max_length=20, blank=True)
    stars = models.PositiveSmallIntegerField(_("hạng sao"))
    product_name = models.CharField(_("sản phẩm"), max_length=300)
    producer_name = models.CharField(_("chủ thể"), max_length=300)
    producer_address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    issuer_name = models.CharField(_("cơ quan cấp"), max_length=200)
    signer_name = models.CharField(_("người ký"), max_length=200, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    issued_on = models.DateField(_("ngày cấp"))
    expires_on = models.DateField(_("có giá trị đến hết ngày"))
    extended_until = models.DateField(_("gia hạn đến hết ngày"), null=True, blank=True)
    extension_ground = models.CharField(max_length=300, blank=True)
    search_text = models.CharField(max_length=900, editable=False, default="")
    is_recorded = models.BooleanField(
        default=False
    )  # on paper: issued before the system, or by the tier above
    source_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=20, choices=CertificateState.choices, default=CertificateState.IN_FORCE, editable=False
    )
    revoked_on = models.DateField(null=True, blank=True)
    revoked_ground = models.CharField(max_length=40, blank=True)  # a ground of the regime
    revoked_reason = models.CharField(max_length=500, blank=True)
    revoked_decision = models.CharField(max_length=60, blank=True)
    revoked_decision_on = models.DateField(null=True, blank=True)
    revocation_concluded_on = models.DateField(null=True, blank=True)  # the days to revoke run from here
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revocation_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the scan where the tier above revoked it
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    created_at = models.DateTimeField(default=timezone.now)
    fault = models.CharField(max_length=300, blank=True)  # why the last rendering failed

    objects = TenantManager.from_queryset(CertificateQuerySet)()

    class Meta:
        ordering = ("-issued_on", "-pk")
        verbose_name = _("giấy chứng nhận")
        verbose_name_plural = _("giấy chứng nhận")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "number_key"], name="evaluation_certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "dossier"],
                name="evaluation_certificate_once_a_dossier",
                condition=Q(dossier__isnull=False) & ~Q(state="replaced"),
            ),
            models.CheckConstraint(
                name="evaluation_certificate_three_stars_up", condition=Q(stars__gte=3, stars__lte=5)
            ),
            models.CheckConstraint(
                name="evaluation_certificate_expires_after_issue",
                condition=Q(expires_on__gt=models.F("issued_on")),
            ),
            models.CheckConstraint(
                name="evaluation_revoked_has_ground",
                condition=~Q(state="revoked") | (Q(revoked_on__isnull=False) & ~Q(revoked_ground="")),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "expires_on"], name="evaluation_cert_expiry")]

    def __str__(self) -> str:
        return f"{self.number} · {self.product_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """What is searched by; printed words never change, so this is set once."""
        self.number_key = number_key(self.number)
        words = f"{self.number} {self.code} {self.product_name} {self.producer_name}"
        self.search_text = unaccented(words)[:900]

    def roles_of(self, user: Any) -> tuple[str, ...]:
        return self.producer.roles_of(user)

    def governing_units(self) -> list[OrgUnit]:
        return [self.unit, self.product.unit]

    @property
    def last_day(self) -> dt.date:
        """The last day it holds, an extension counted."""
        return max(self.expires_on, self.extended_until or self.expires_on)


class CheckCount(TenantModel):
    """How often a certificate was looked at by the public on one day; nothing about who looked."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="check_counts")
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "certificate", "on"], name="evaluation_check_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.on}: {self.count}"
