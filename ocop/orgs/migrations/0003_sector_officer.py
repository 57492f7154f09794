"""A role for officers of departments, who confirm the papers of their office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_departures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("commune_officer", "Cán bộ xã, phường"),
                    ("advisory_member", "Thành viên Tổ tư vấn"),
                    ("officer", "Cán bộ quản lý OCOP"),
                    ("leader", "Lãnh đạo ký"),
                    ("sector_officer", "Cán bộ sở, ngành"),
                    ("tenant_admin", "Quản trị đơn vị"),
                    ("observer", "Quan sát viên"),
                ],
                max_length=30,
                verbose_name="vai trò",
            ),
        ),
    ]
