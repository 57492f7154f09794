"""What every hand-over has, now that the earlier ones have it too."""

import django.db.models.deletion
import ocop.tenancy.constraints
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0004_hand_overs_at_both_ends'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='handover',
            name='evaluation_handover_next_assessment_same',
        ),
        migrations.RemoveField(
            model_name='handover',
            name='next_assessment',
        ),
        migrations.AlterField(
            model_name='handover',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.decision'),
        ),
        migrations.AlterField(
            model_name='handover',
            name='prepared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='handover',
            name='to_name',
            field=models.CharField(max_length=200, verbose_name='nơi nhận'),
        ),
        migrations.AlterField(
            model_name='handover',
            name='state',
            field=models.CharField(choices=[('prepared', 'Chờ gửi'), ('sent', 'Đã gửi'), ('answered', 'Đã có trả lời'), ('refused', 'Bị trả lại')], default='prepared', editable=False, max_length=20),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['prepared', 'sent'])), fields=('tenant', 'assessment'), name='evaluation_one_hand_over_under_way'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'prepared'), models.Q(models.Q(('receipt', ''), _negated=True), ('sent_at__isnull', False)), _connector='OR'), name='evaluation_sent_has_receipt'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='evaluation_refusal_has_words'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=ocop.tenancy.constraints.SameTenant('decision', name='evaluation_handover_decision_same'),
        ),
    ]
