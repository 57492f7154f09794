"""Questions of members to the producer, through the secretary."""

import django.db.models.deletion
import django.utils.timezone
import ocop.orgs.models.governed
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0010_abstentions_and_proposals'),
        ('files', '0001_initial'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=20, verbose_name='tiêu chí')),
                ('text', models.TextField(verbose_name='câu hỏi')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('passed_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='trả lời')),
                ('by_producer', models.BooleanField(default=False)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('asked', 'Chờ Thư ký'), ('passed', 'Đã chuyển chủ thể'), ('answered', 'Đã trả lời')], default='asked', editable=False, max_length=20)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='evaluation.assessment')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='evaluation.meeting')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.seat')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='evaluation_question_answered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'passed'), _negated=True), ('passed_at__isnull', False), _connector='OR'), name='evaluation_question_passed'), ocop.tenancy.constraints.TenantLock(name='evaluation_question_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_question_key'), ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_question_meeting_same'), ocop.tenancy.constraints.SameTenant('assessment', name='evaluation_question_assessment_same'), ocop.tenancy.constraints.SameTenant('seat', name='evaluation_question_seat_same'), ocop.tenancy.constraints.SameTenant('file', name='evaluation_question_file_same')],
            },
            bases=(ocop.orgs.models.governed.Governed, models.Model),
        ),
    ]
