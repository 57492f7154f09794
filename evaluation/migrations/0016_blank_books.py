"""The blank sheets of a meeting's agenda as one file."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0015_guests_who_answer'),
        ('files', '0001_initial'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BlankBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessments', models.JSONField()),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blank_books', to='evaluation.meeting')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': 'tập phiếu trắng',
                'verbose_name_plural': 'tập phiếu trắng',
                'constraints': [ocop.tenancy.constraints.TenantLock(name='evaluation_blankbook_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_blankbook_key'), ocop.tenancy.constraints.SameTenant('meeting', name='evaluation_blankbook_meeting_same'), ocop.tenancy.constraints.SameTenant('file', name='evaluation_blankbook_file_same')],
            },
        ),
    ]
