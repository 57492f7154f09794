"""Tenant, and the base of every model that belongs to one."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from ocop.tenancy.constraints import SameTenant, TenantLock
from ocop.tenancy.scope import active_tenant_id, tenant_in_scope

# First path segments that mean something outside a tenant.
RESERVED_SLUGS = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "check",
        "healthz",
        "language",
        "static",
        "media",
        "calculator",
        "ui",
        "files",
        "www",
        "help",
        "terms",
        "privacy",
        "ocop",
    ]
)
# Models without a tenant that tenant models may point at: architecture.md 5 says why each is global.
GLOBAL_MODELS = frozenset(
    ["orgs.User", "orgs.Place", "tenancy.Tenant", "evaluation.PublishedSet", "contenttypes.ContentType",
     "auth.Permission", "auth.Group"]
)  # fmt: skip


class TenantKind(models.TextChoices):
    """Who runs a programme of its own."""

    PROVINCE = "province", _("Tỉnh, thành phố")
    MINISTRY = "ministry", _("Bộ")
    ASSOCIATION = "association", _("Hội, liên minh")


def validate_slug_is_free(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” là địa chỉ của hệ thống, hãy chọn tên khác."), params={"slug": slug}
        )


@lru_cache(maxsize=4096)
def _all_rows(model: type[models.Model], queryset_class: type[models.QuerySet], tenant_id: int) -> Any:
    """The query of a tenant's rows, never run itself: a page starts from it sixty times, and the copy is cheap."""
    return queryset_class(model=model).filter(tenant_id=tenant_id)


class TenantManager(models.Manager):
    """Sees the rows of the tenant in scope; raises `NoTenant` outside one."""

    def get_queryset(self) -> Any:
        kept = _all_rows(self.model, self._queryset_class, active_tenant_id())  # type: ignore[attr-defined]
        return kept.using(self._db) if self._db else kept.all()  # a copy: nobody narrows what is kept

    def none(self) -> Any:
        """An empty queryset that may be made outside a scope, as form classes do."""
        return super().get_queryset().none()


class TenantQuerySet(models.QuerySet):
    """Only the tenants that are in use."""

    def active(self) -> "TenantQuerySet":
        return self.filter(is_active=True)

    def active_ids(self) -> list[int]:
        """For beat's sweeps: one task a tenant."""
        return list(self.active().order_by("pk").values_list("pk", flat=True))


class Tenant(models.Model):
    """One authority's whole programme. Its slug never changes once a QR is printed; old ones stay as aliases."""

    slug = models.CharField(
        _("địa chỉ"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*[a-z0-9]$"), validate_slug_is_free],
    )
    name = models.CharField(_("tên"), max_length=200)
    kind = models.CharField(_("loại"), max_length=20, choices=TenantKind.choices, default=TenantKind.PROVINCE)
    is_active = models.BooleanField(_("đang dùng"), default=True)

    objects = models.Manager.from_queryset(TenantQuerySet)()

    class Meta:
        ordering = ("name",)
        verbose_name = _("đơn vị chủ quản")
        verbose_name_plural = _("đơn vị chủ quản")

    def __str__(self) -> str:
        return self.name


class TenantAlias(models.Model):
    """An earlier slug: addresses printed with it still lead here."""

    slug = models.CharField(max_length=40, unique=True, validators=[validate_slug_is_free])
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="aliases")

    def __str__(self) -> str:
        return self.slug


class TenantModelBase(ModelBase):
    """Adds the locks to every tenant model, so that none can be made without them."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        meta = attrs.get("Meta")
        if not getattr(meta, "abstract", False):
            locks = [
                TenantLock(name="%(app_label)s_%(class)s_lock"),
                models.UniqueConstraint(fields=["tenant", "id"], name="%(app_label)s_%(class)s_key"),
                *(
                    SameTenant(field, name=f"%(app_label)s_%(class)s_{field}_same")
                    for field, target in _foreign_keys(bases, attrs)
                    if _is_tenants(target)
                ),
            ]
            own = list(getattr(meta, "constraints", []))
            parents = (meta,) if meta else ()
            attrs["Meta"] = type("Meta", parents, {"constraints": [*own, *locks]})
        return super().__new__(mcs, name, bases, attrs, **kwargs)


def _foreign_keys(bases: tuple[type, ...], attrs: dict[str, Any]) -> list[tuple[str, Any]]:
    """Name and target of every foreign key of the class, those of its abstract parents included."""
    inherited = [
        (field.name, field)
        for base in bases
        if hasattr(base, "_meta") and base._meta.abstract
        for field in base._meta.local_fields
    ]
    return [
        (name, field.remote_field.model)
        for name, field in [*inherited, *attrs.items()]
        if isinstance(field, models.ForeignKey)
    ]


def _is_tenants(target: Any) -> bool:
    label = target if isinstance(target, str) else target._meta.label
    return label not in GLOBAL_MODELS


class TenantModel(models.Model, metaclass=TenantModelBase):
    """A row of one tenant, born in the scope it is made in."""

    tenant = models.ForeignKey(
        Tenant, models.PROTECT, default=tenant_in_scope, editable=False, related_name="+", db_index=False
    )

    if not TYPE_CHECKING:  # models type their own; django-stubs would take this for a class variable of all
        objects = TenantManager()

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802, Django's
        """As Django's, but one choice is translated and not all of them for each row of a list."""
        value = getattr(self, field.attname)
        labels = _labels(field)
        return str(labels[value]) if value in labels else value


@cache
def _labels(field: Any) -> dict[Any, Any]:
    """The choices of a field by key, still to be translated: Django puts the list together for each row anew."""
    return dict(field.flatchoices)
