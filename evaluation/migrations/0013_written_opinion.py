"""Opinions in writing: a meeting without a hall, calls for one, and what was referred to one."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models

from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0012_receipts'),
        ('papers', '0002_paper_cancelled'),
        ('plans', '0001_initial'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='lý do đề nghị họp')),
                ('called_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', models.JSONField(default=list)),
                ('referred_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='deadline',
            field=models.DateTimeField(blank=True, null=True, verbose_name='hạn gửi phiếu'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='mode',
            field=models.CharField(choices=[('held', 'Họp'), ('written', 'Lấy ý kiến bằng văn bản')], default='held', editable=False, max_length=20, verbose_name='hình thức'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline__isnull', True), ('mode', 'held')), models.Q(('deadline__gt', models.F('held_at')), ('mode', 'written')), _connector='OR'), name='evaluation_written_has_deadline'),
        ),
        migrations.AddField(
            model_name='meetingcall',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='meetingcall',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='evaluation.meeting'),
        ),
        migrations.AddField(
            model_name='meetingcall',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.seat'),
        ),
        migrations.AddField(
            model_name='meetingcall',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='referral',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='referral',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='evaluation.meeting'),
        ),
        migrations.AddField(
            model_name='referral',
            name='referred_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='referral',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referred', to='evaluation.meeting'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=models.UniqueConstraint(fields=('tenant', 'meeting', 'assessment', 'seat'), name='evaluation_call_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='evaluation_call_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_meetingcall_lock'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_meetingcall_key'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_meetingcall_meeting_same'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=ocop.tenancy.constraints.SameTenant('assessment', name='evaluation_meetingcall_assessment_same'),
        ),
        migrations.AddConstraint(
            model_name='meetingcall',
            constraint=ocop.tenancy.constraints.SameTenant('seat', name='evaluation_meetingcall_seat_same'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('tenant', 'meeting', 'assessment'), name='evaluation_referral_once'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_referral_lock'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_referral_key'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_referral_meeting_same'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=ocop.tenancy.constraints.SameTenant('assessment', name='evaluation_referral_assessment_same'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=ocop.tenancy.constraints.SameTenant('to', name='evaluation_referral_to_same'),
        ),
        AppendOnly('Referral'),
    ]
