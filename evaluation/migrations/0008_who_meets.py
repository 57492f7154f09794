"""Who meets: seats of other units, delegation, assignment, pledge, invitation, guests."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0007_now_discussing'),
        ('orgs', '0001_initial'),
        ('papers', '0001_initial'),
        ('plans', '0001_initial'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.CharField(max_length=40)),
                ('assigned_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(max_length=200, verbose_name='tư cách')),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('rules_number', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='meeting',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='invited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='opened_early',
            field=models.CharField(blank=True, max_length=500, verbose_name='lý do mở sớm'),
        ),
        migrations.AddField(
            model_name='seat',
            name='acts_as',
            field=models.CharField(blank=True, max_length=200, verbose_name='ký thay Chủ tịch'),
        ),
        migrations.AddField(
            model_name='seat',
            name='decision_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='quyết định thay thế số'),
        ),
        migrations.AddField(
            model_name='seat',
            name='delegation',
            field=models.CharField(blank=True, max_length=200, verbose_name='văn bản ủy quyền'),
        ),
        migrations.AddField(
            model_name='seat',
            name='replaces',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='evaluation.seat'),
        ),
        migrations.AddField(
            model_name='seat',
            name='sectors',
            field=models.JSONField(blank=True, default=list, verbose_name='lĩnh vực'),
        ),
        migrations.AddField(
            model_name='seat',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.orgunit', verbose_name='đơn vị công tác'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=ocop.tenancy.constraints.SameTenant('invitation', name='evaluation_meeting_invitation_same'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), models.Q(('acts_as', ''), _negated=True)), fields=('tenant', 'council'), name='evaluation_one_acting_chair'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('acts_as', ''), models.Q(('delegation', ''), _negated=True), _connector='OR'), name='evaluation_acting_by_delegation'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('decision_number', ''), _negated=True), _connector='OR'), name='evaluation_replaced_by_decision'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=ocop.tenancy.constraints.SameTenant('unit', name='evaluation_seat_unit_same'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=ocop.tenancy.constraints.SameTenant('replaces', name='evaluation_seat_replaces_same'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='evaluation.agendaitem'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='evaluation.seat'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='guest',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='guest',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='evaluation.agendaitem'),
        ),
        migrations.AddField(
            model_name='guest',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='evaluation.meeting'),
        ),
        migrations.AddField(
            model_name='guest',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='guest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pledge',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pledges', to='evaluation.meeting'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='evaluation.seat'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('tenant', 'item', 'seat'), name='evaluation_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_assignment_lock'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_assignment_key'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=ocop.tenancy.constraints.SameTenant('item', name='evaluation_assignment_item_same'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=ocop.tenancy.constraints.SameTenant('seat', name='evaluation_assignment_seat_same'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.UniqueConstraint(fields=('tenant', 'meeting', 'user', 'item'), name='evaluation_guest_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_guest_lock'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_guest_key'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_guest_meeting_same'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=ocop.tenancy.constraints.SameTenant('item', name='evaluation_guest_item_same'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(fields=('tenant', 'meeting', 'seat'), name='evaluation_pledge_once'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_pledge_lock'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_pledge_key'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_pledge_meeting_same'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=ocop.tenancy.constraints.SameTenant('seat', name='evaluation_pledge_seat_same'),
        ),
    ]
