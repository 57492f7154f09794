"""The seals of a meeting, closing by closing, and the results that were taken back; written once, all of them."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models

from ocop.tenancy.operations import AppendOnly

# Meetings closed before: their seal in force, without the digests of the single sheets.
FIRST = """
INSERT INTO evaluation_seal (tenant_id, meeting_id, number, digest, sheets, sealed_by_id, sealed_at, minutes_id)
SELECT m.tenant_id, m.id, 1, m.digest, '{}', e.actor_id, m.concluded_at, m.minutes_id
FROM evaluation_meeting m
LEFT JOIN LATERAL (
    SELECT actor_id FROM audit_entry
    WHERE tenant_id = m.tenant_id AND kind = 'evaluation.meeting' AND object_id = m.id AND action = 'meeting.conclude'
    ORDER BY id DESC LIMIT 1
) e ON true
WHERE m.state = 'concluded' AND m.concluded_at IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('evaluation', '0008_who_meets'),
        ('papers', '0001_initial'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('sheets', models.JSONField(default=dict)),
                ('sealed_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='evaluation.meeting')),
                ('minutes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                ('sealed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': 'niêm phong',
                'verbose_name_plural': 'niêm phong',
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='lý do')),
                ('reopened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reopened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('seal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reopening', to='evaluation.seal')),
            ],
        ),
        migrations.CreateModel(
            name='FormerResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempt', models.PositiveSmallIntegerField()),
                ('mean_numerator', models.PositiveIntegerField()),
                ('mean_denominator', models.PositiveIntegerField()),
                ('spread', models.PositiveSmallIntegerField(verbose_name='chênh lệch lớn nhất')),
                ('band', models.PositiveSmallIntegerField(verbose_name='khung điểm')),
                ('stars', models.PositiveSmallIntegerField(verbose_name='hạng sao')),
                ('reasons', models.JSONField(default=dict)),
                ('concluded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField(verbose_name='lý do xem xét lại')),
                ('superseded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_results', to='evaluation.assessment')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_results', to='evaluation.meeting')),
                ('superseded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': 'kết quả cũ',
                'verbose_name_plural': 'kết quả cũ',
                'ordering': ('superseded_at', 'pk'),
                'constraints': [ocop.tenancy.constraints.TenantLock(name='evaluation_formerresult_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_formerresult_key'), ocop.tenancy.constraints.SameTenant('assessment', name='evaluation_formerresult_assessment_same'), ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_formerresult_meeting_same')],
            },
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(fields=('tenant', 'meeting', 'number'), name='evaluation_seal_once'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_seal_lock'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_seal_key'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_seal_meeting_same'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=ocop.tenancy.constraints.SameTenant('minutes', name='evaluation_seal_minutes_same'),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_reopening_lock'),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_reopening_key'),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=ocop.tenancy.constraints.SameTenant('seal', name='evaluation_reopening_seal_same'),
        ),
        AppendOnly('Seal'),
        AppendOnly('Reopening'),
        AppendOnly('FormerResult'),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
