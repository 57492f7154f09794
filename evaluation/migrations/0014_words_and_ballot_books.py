"""The secretary's words for the minutes, written once; the sheets of a sealed meeting as one file."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models

from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0013_written_opinion'),
        ('files', '0001_initial'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BallotBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('seal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='book', to='evaluation.seal')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': 'tập phiếu',
                'verbose_name_plural': 'tập phiếu',
                'constraints': [ocop.tenancy.constraints.TenantLock(name='evaluation_ballotbook_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_ballotbook_key'), ocop.tenancy.constraints.SameTenant('seal', name='evaluation_ballotbook_seal_same'), ocop.tenancy.constraints.SameTenant('file', name='evaluation_ballotbook_file_same')],
            },
        ),
        migrations.CreateModel(
            name='MinutesNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='ghi chép')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assessment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes_notes', to='evaluation.assessment')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_notes', to='evaluation.meeting')),
                ('replaces', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='evaluation.minutesnote')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ghi chép biên bản',
                'verbose_name_plural': 'ghi chép biên bản',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('replaces__isnull', False), _connector='OR'), name='evaluation_minutes_note_says_something'), ocop.tenancy.constraints.TenantLock(name='evaluation_minutesnote_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_minutesnote_key'), ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_minutesnote_meeting_same'), ocop.tenancy.constraints.SameTenant('assessment', name='evaluation_minutesnote_assessment_same'), ocop.tenancy.constraints.SameTenant('replaces', name='evaluation_minutesnote_replaces_same')],
            },
        ),
        AppendOnly('MinutesNote'),
    ]
