"""Who makes the product: the chủ thể of QĐ 26/2026, Điều 2."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.orgs.models import Governed, OrgUnit, User
from ocop.orgs.rights import units_where
from ocop.orgs.searching import every_word
from ocop.orgs.text import sort_key, unaccented
from ocop.tenancy.models import TenantManager, TenantModel

SHORTEST_PHONE = 8  # digits; a landline without its area code has so many


class ProducerKind(models.TextChoices):
    """The legal forms that may take part; large enterprises may not."""

    COOPERATIVE = "cooperative", _("Hợp tác xã")
    COOPERATIVE_GROUP = "cooperative_group", _("Tổ hợp tác")
    COMPANY = "company", _("Doanh nghiệp nhỏ và vừa")
    FARM = "farm", _("Trang trại")
    HOUSEHOLD = "household", _("Hộ sản xuất, hộ kinh doanh")
    ASSOCIATION = "association", _("Hội, hiệp hội (du lịch)")
    TOURISM_CENTRE = "tourism_centre", _("Trung tâm điều hành hoặc tổ chức tương đương (du lịch)")


class ProducerState(models.TextChoices):
    APPLIED = "applied", _("Chờ xã xác nhận")
    APPROVED = "approved", _("Đã xác nhận")
    REFUSED = "refused", _("Không xác nhận")


class ProducerQuerySet(models.QuerySet):
    """Producers by reader."""

    def visible_to(self, user: Any) -> "ProducerQuerySet":
        """Those in the user's units by role, and her own."""
        own = ProducerMember.objects.current().filter(user_id=user.pk)
        return self.filter(units_where(user, "products.view_producer") | Q(pk__in=own.values("producer")))

    def search(self, words: str) -> "ProducerQuerySet":
        """By name, without diacritics."""
        return self.filter(every_word(words, "name_ascii"))


class Producer(Governed, TenantModel):
    """A household, co-operative or company; personal facts of its representative stand in ProducerPersonal."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="producers")  # the commune
    kind = models.CharField(_("loại hình"), max_length=20, choices=ProducerKind.choices)
    name = models.CharField(_("tên chủ thể"), max_length=300)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    name_ascii = models.CharField(max_length=300, editable=False, default="")
    registration_number = models.CharField(_("số đăng ký kinh doanh"), max_length=40, blank=True)
    registered_on = models.DateField(_("ngày đăng ký"), null=True, blank=True)
    tax_code = models.CharField(_("mã số thuế"), max_length=20, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    representative = models.CharField(_("người đại diện"), max_length=200, blank=True)
    representative_position = models.CharField(_("chức vụ người đại diện"), max_length=100, blank=True)
    state = models.CharField(
        max_length=20, choices=ProducerState.choices, default=ProducerState.APPLIED, editable=False
    )
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(ProducerQuerySet)()

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = _("chủ thể")
        verbose_name_plural = _("chủ thể")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "registration_number"],
                name="products_producer_registered_once",
                condition=~Q(registration_number=""),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.name_ascii = sort_key(self.name), unaccented(self.name)
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_key", "name_ascii"}
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """The commune calls the phone, and a double is found by it; a form that does not ask for it hears nothing of it."""
        faults: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as wrong:
            faults = wrong.update_error_dict(faults)
        asked = self.phone if "phone" not in (exclude or ()) else ""
        if asked and sum(it.isdigit() for it in asked) < SHORTEST_PHONE:
            words = _("Số điện thoại có ít nhất %(n)s chữ số.") % {"n": SHORTEST_PHONE}
            faults.setdefault("phone", []).append(ValidationError(words))
        if faults:
            raise ValidationError(faults)

    def roles_of(self, user: Any) -> tuple[str, ...]:
        held = self.people.current().filter(user_id=user.pk).values_list("role", flat=True)
        return tuple(PARTY_ROLES[MemberRole(role)] for role in held)


class ProducerPersonal(TenantModel):
    """What Mẫu 02 asks of the representative and the law on personal data protects: a row that can be erased."""

    producer = models.OneToOneField(Producer, models.CASCADE, related_name="personal")
    gender = models.CharField(
        _("giới tính"), max_length=10, blank=True, choices=[("female", _("Nữ")), ("male", _("Nam"))]
    )
    ethnicity = models.CharField(_("dân tộc"), max_length=40, blank=True)
    is_disabled = models.BooleanField(_("là người khuyết tật"), default=False)
    permanent_address = models.CharField(_("nơi thường trú"), max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.producer)


class MemberRole(models.TextChoices):
    """As whom somebody acts for a producer; what each may do stands in `ocop/orgs/roles.py`."""

    OWNER = "owner", _("Chủ sở hữu")
    MEMBER = "member", _("Thành viên")
    CONSULTANT = "consultant", _("Tư vấn")


PARTY_ROLES = {
    MemberRole.OWNER: "producer",
    MemberRole.MEMBER: "producer_member",
    MemberRole.CONSULTANT: "consultant",
}


class ProducerMemberQuerySet(models.QuerySet):
    """People of producers by time and role."""

    def current(self, on: dt.date | None = None) -> "ProducerMemberQuerySet":
        """Those whose term covers the day and was not cut short."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, ended_at__isnull=True
        )

    def owners(self) -> "ProducerMemberQuerySet":
        return self.filter(role=MemberRole.OWNER)


class ProducerMember(TenantModel):
    """A person who acts for the producer, for a term; a consultant does so visibly. Rows are ended, never deleted."""

    producer = models.ForeignKey(Producer, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.PROTECT, related_name="producer_memberships")
    role = models.CharField(_("vai trò"), max_length=20, choices=MemberRole.choices, default=MemberRole.OWNER)
    starts_on = models.DateField(_("từ ngày"), default=timezone.localdate)
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # cut short that moment, or followed by a new term
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = TenantManager.from_queryset(ProducerMemberQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "producer", "user"],
                name="products_member_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="products_consultant_for_a_term",
                condition=~Q(role="consultant") | Q(ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="products_owner_without_end", condition=~Q(role="owner") | Q(ends_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.producer}"
