"""Which office owns a kind of paper, and its word on each paper as its facts stand."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import ocop.orgs.models.governed
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0003_sector_officer"),
        ("products", "0033_results_go_with_dossier"),
        ("tenancy", "0002_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidencepaper",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.CreateModel(
            name="PaperConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("genuine", "Đúng là giấy đã cấp"),
                            ("not_genuine", "Không phải giấy đã cấp"),
                            ("unclear", "Chưa xác định được"),
                        ],
                        max_length=20,
                        verbose_name="kết luận",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="products.evidencepaper",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=ocop.tenancy.scope.tenant_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.orgunit"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("tenant", "paper", "revision"),
                        name="products_confirmation_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "genuine"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="products_confirmation_says_why",
                    ),
                    ocop.tenancy.constraints.TenantLock(name="products_paperconfirmation_lock"),
                    models.UniqueConstraint(fields=("tenant", "id"), name="products_paperconfirmation_key"),
                    ocop.tenancy.constraints.SameTenant(
                        "paper", name="products_paperconfirmation_paper_same"
                    ),
                    ocop.tenancy.constraints.SameTenant("unit", name="products_paperconfirmation_unit_same"),
                ],
            },
            bases=(ocop.orgs.models.governed.Governed, models.Model),
        ),
        migrations.CreateModel(
            name="PaperOffice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="loại giấy tờ",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=ocop.tenancy.scope.tenant_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_office",
                        to="orgs.orgunit",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    ocop.tenancy.constraints.TenantLock(name="products_paperoffice_lock"),
                    models.UniqueConstraint(fields=("tenant", "id"), name="products_paperoffice_key"),
                    ocop.tenancy.constraints.SameTenant("unit", name="products_paperoffice_unit_same"),
                ],
            },
        ),
    ]
