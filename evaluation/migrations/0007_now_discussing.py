"""What the hall of a meeting talks about now, and since when."""

import django.db.models.deletion
import ocop.tenancy.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0006_rules_by_version'),
        ('papers', '0001_initial'),
        ('plans', '0001_initial'),
        ('tenancy', '0002_grants'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='discussing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='evaluation.agendaitem'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='discussing_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=ocop.tenancy.constraints.SameTenant('discussing', name='evaluation_meeting_discussing_same'),
        ),
    ]
