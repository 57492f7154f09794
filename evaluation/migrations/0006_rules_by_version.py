"""A council's rules version by version; those in force become the first."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models

from ocop.tenancy.operations import AppendOnly

FIRST = """
INSERT INTO evaluation_rulesversion (tenant_id, council_id, number, rules, basis, set_by_id, set_at)
SELECT c.tenant_id, c.id, 1, c.rules, c.decision_number, s.user_id, now()
FROM evaluation_council c
JOIN LATERAL (SELECT user_id FROM evaluation_seat WHERE council_id = c.id ORDER BY "order", id LIMIT 1) s ON true;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0005_hand_overs_whole'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='rules_number',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='RulesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('rules', models.JSONField()),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules_versions', to='evaluation.council')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(fields=('tenant', 'council', 'number'), name='evaluation_rules_once'), ocop.tenancy.constraints.TenantLock(name='evaluation_rulesversion_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_rulesversion_key'), ocop.tenancy.constraints.SameTenant('council', name='evaluation_rulesversion_council_same')],
            },
        ),
        AppendOnly('RulesVersion'),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
