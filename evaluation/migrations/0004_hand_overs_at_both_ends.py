"""Packages have two ends; what was under way is carried over (the next migration closes the gaps)."""

import django.db.models.deletion
import django.utils.timezone
import ocop.orgs.models.governed
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


CARRY = """
UPDATE evaluation_handover h SET
    decision_id = (SELECT max(i.decision_id) FROM evaluation_decisionitem i
                   WHERE i.assessment_id = h.assessment_id AND i.outcome = 'send_up'),
    prepared_by_id = h.sent_by_id,
    prepared_at = h.sent_at,
    to_name = coalesce((SELECT u.name FROM orgs_orgunit u WHERE u.id = h.to_unit_id), 'Trung ương'),
    received_at = CASE WHEN h.next_assessment_id IS NOT NULL THEN h.sent_at END;
INSERT INTO evaluation_arrival (tenant_id, unit_id, tier, from_tenant_id, from_name, from_code, hand_over_id, receipt,
    package, digest, content, sent_at, arrived_at, dossier_id, assessment_id, refusal, state)
SELECT h.tenant_id, h.to_unit_id, h.to_tier, h.tenant_id, u.name, '', h.id, h.receipt,
    h.package, h.digest, '{}', h.sent_at, h.sent_at, a.dossier_id, h.next_assessment_id, '',
    CASE h.state WHEN 'sent' THEN 'arrived' WHEN 'received' THEN 'received' ELSE 'answered' END
FROM evaluation_handover h
JOIN orgs_orgunit u ON u.id = h.unit_id
JOIN evaluation_assessment a ON a.id = h.assessment_id
WHERE h.to_unit_id IS NOT NULL;
UPDATE evaluation_handover SET state = 'sent' WHERE state = 'received';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0003_ballot_lock'),
        ('files', '0001_initial'),
        ('orgs', '0001_initial'),
        ('papers', '0001_initial'),
        ('products', '0002_append_only'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.CharField(max_length=20)),
                ('from_name', models.CharField(max_length=200, verbose_name='nơi gửi')),
                ('from_code', models.CharField(blank=True, max_length=10)),
                ('hand_over_id', models.BigIntegerField()),
                ('receipt', models.CharField(max_length=60, verbose_name='số chuyển')),
                ('package', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('content', models.JSONField(default=dict)),
                ('sent_at', models.DateTimeField()),
                ('arrived_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('refusal', models.TextField(blank=True, verbose_name='lý do trả lại')),
                ('state', models.CharField(choices=[('arrived', 'Chờ tiếp nhận'), ('received', 'Đang đánh giá'), ('answered', 'Đã trả lời'), ('refused', 'Đã trả lại')], default='arrived', editable=False, max_length=20)),
            ],
            options={
                'verbose_name': 'hồ sơ cấp dưới chuyển lên',
                'verbose_name_plural': 'hồ sơ cấp dưới chuyển lên',
                'ordering': ('-pk',),
            },
            bases=(ocop.orgs.models.governed.Governed, models.Model),
        ),
        migrations.CreateModel(
            name='ArrivalFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('evidence', 'Minh chứng'), ('team_report', 'Báo cáo của Tổ tư vấn'), ('minutes', 'Biên bản của Hội đồng'), ('decision', 'Quyết định'), ('letter', 'Công văn')], max_length=20)),
                ('title', models.CharField(max_length=500)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AlterModelOptions(
            name='handover',
            options={'ordering': ('-pk',), 'verbose_name': 'hồ sơ chuyển cấp trên', 'verbose_name_plural': 'hồ sơ chuyển cấp trên'},
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='evaluation_assessment_once_a_tier',
        ),
        migrations.RemoveConstraint(
            model_name='handover',
            name='evaluation_hand_over_receipt_once',
        ),
        migrations.AddField(
            model_name='assessment',
            name='reviews',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewed_by', to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='turn',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='lần'),
        ),
        migrations.AddField(
            model_name='handover',
            name='brought',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='brought_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.decision'),
        ),
        migrations.AddField(
            model_name='handover',
            name='prepared_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='handover',
            name='prepared_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='received_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='refusal',
            field=models.TextField(blank=True, verbose_name='lý do trả lại'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_name',
            field=models.CharField(default='', max_length=200, verbose_name='nơi nhận'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_tenant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='state',
            field=models.CharField(choices=[('open', 'Tổ tư vấn đang thẩm định'), ('checked', 'Chờ Hội đồng'), ('scheduled', 'Đã vào chương trình họp'), ('concluded', 'Hội đồng đã kết luận'), ('decided', 'Đã có quyết định'), ('handed_up', 'Đã chuyển cấp trên'), ('returned', 'Cấp trên đã trả lời'), ('reviewed', 'Đã chuyển sang đánh giá lại'), ('closed', 'Đã trả lại cấp dưới')], default='open', editable=False, max_length=20),
        ),
        migrations.AlterField(
            model_name='handover',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='evaluation.assessment'),
        ),
        migrations.AlterField(
            model_name='handover',
            name='digest',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AlterField(
            model_name='handover',
            name='receipt',
            field=models.CharField(blank=True, max_length=60, verbose_name='số chuyển'),
        ),
        migrations.AlterField(
            model_name='handover',
            name='sent_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='handover',
            name='sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('tenant', 'dossier', 'tier', 'turn'), name='evaluation_assessment_once_a_turn'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=ocop.tenancy.constraints.SameTenant('reviews', name='evaluation_assessment_reviews_same'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('receipt', ''), _negated=True), fields=('tenant', 'receipt'), name='evaluation_hand_over_receipt_once'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='assessment',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrival', to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='dossier',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='products.dossier'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='from_tenant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='arrival',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.orgunit'),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='arrival',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='evaluation.arrival'),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='arrivalfile',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('tenant', 'from_tenant', 'hand_over_id'), name='evaluation_arrival_once'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['received', 'answered']), _negated=True), models.Q(('assessment__isnull', False), ('dossier__isnull', False)), _connector='OR'), name='evaluation_received_has_assessment'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_arrival_lock'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_arrival_key'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=ocop.tenancy.constraints.SameTenant('unit', name='evaluation_arrival_unit_same'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=ocop.tenancy.constraints.SameTenant('dossier', name='evaluation_arrival_dossier_same'),
        ),
        migrations.AddConstraint(
            model_name='arrival',
            constraint=ocop.tenancy.constraints.SameTenant('assessment', name='evaluation_arrival_assessment_same'),
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_arrivalfile_lock'),
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_arrivalfile_key'),
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=ocop.tenancy.constraints.SameTenant('arrival', name='evaluation_arrivalfile_arrival_same'),
        ),
        migrations.AddConstraint(
            model_name='arrivalfile',
            constraint=ocop.tenancy.constraints.SameTenant('file', name='evaluation_arrivalfile_file_same'),
        ),
        migrations.RunSQL(CARRY, migrations.RunSQL.noop),
    ]
