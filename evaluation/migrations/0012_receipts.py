"""Receipts of what was scored without a network, and what came too late: both written once."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models

from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0011_questions'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LateBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entries', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('why', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_batches', to='evaluation.ballot')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=24)),
                ('at', models.DateTimeField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='evaluation.ballot')),
                ('late', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='evaluation.latebatch')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='latebatch',
            constraint=models.UniqueConstraint(fields=('tenant', 'ballot', 'digest'), name='evaluation_late_batch_once'),
        ),
        migrations.AddConstraint(
            model_name='latebatch',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_latebatch_lock'),
        ),
        migrations.AddConstraint(
            model_name='latebatch',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_latebatch_key'),
        ),
        migrations.AddConstraint(
            model_name='latebatch',
            constraint=ocop.tenancy.constraints.SameTenant('ballot', name='evaluation_latebatch_ballot_same'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('tenant', 'ballot', 'digest'), name='evaluation_receipt_once'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('tenant', 'code'), name='evaluation_receipt_code'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_receipt_lock'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_receipt_key'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=ocop.tenancy.constraints.SameTenant('ballot', name='evaluation_receipt_ballot_same'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=ocop.tenancy.constraints.SameTenant('late', name='evaluation_receipt_late_same'),
        ),
        AppendOnly('LateBatch'),
        AppendOnly('Receipt'),
    ]
