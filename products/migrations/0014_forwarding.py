"""Several finished dossiers sent on together, with their letter."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
        ('papers', '0002_paper_cancelled'),
        ('products', '0013_paper_readings'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Forwarding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.orgunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.orgunit')),
            ],
            options={
                'verbose_name': 'đợt chuyển hồ sơ',
                'verbose_name_plural': 'đợt chuyển hồ sơ',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ForwardingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.TextField(blank=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='products.dossier')),
                ('forwarding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='products.forwarding')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='forwarding',
            constraint=ocop.tenancy.constraints.TenantLock(name='products_forwarding_lock'),
        ),
        migrations.AddConstraint(
            model_name='forwarding',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='products_forwarding_key'),
        ),
        migrations.AddConstraint(
            model_name='forwarding',
            constraint=ocop.tenancy.constraints.SameTenant('unit', name='products_forwarding_unit_same'),
        ),
        migrations.AddConstraint(
            model_name='forwarding',
            constraint=ocop.tenancy.constraints.SameTenant('to_unit', name='products_forwarding_to_unit_same'),
        ),
        migrations.AddConstraint(
            model_name='forwarding',
            constraint=ocop.tenancy.constraints.SameTenant('letter', name='products_forwarding_letter_same'),
        ),
        migrations.AddConstraint(
            model_name='forwardingitem',
            constraint=models.UniqueConstraint(fields=('tenant', 'forwarding', 'dossier'), name='products_forwarding_item_once'),
        ),
        migrations.AddConstraint(
            model_name='forwardingitem',
            constraint=ocop.tenancy.constraints.TenantLock(name='products_forwardingitem_lock'),
        ),
        migrations.AddConstraint(
            model_name='forwardingitem',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='products_forwardingitem_key'),
        ),
        migrations.AddConstraint(
            model_name='forwardingitem',
            constraint=ocop.tenancy.constraints.SameTenant('forwarding', name='products_forwardingitem_forwarding_same'),
        ),
        migrations.AddConstraint(
            model_name='forwardingitem',
            constraint=ocop.tenancy.constraints.SameTenant('dossier', name='products_forwardingitem_dossier_same'),
        ),
    ]
