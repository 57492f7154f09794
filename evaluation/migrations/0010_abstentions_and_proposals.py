"""Sheets that are sealed without points, and cases of loại that members propose on theirs."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.db import migrations, models


GUARD = """
CREATE FUNCTION evaluation_guard_abstained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'ballot %: abstained, it stays', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.levels, NEW.opinion, NEW.total, NEW.stars) IS DISTINCT FROM (OLD.levels, OLD.opinion, OLD.total, OLD.stars)
        OR (NEW.state = OLD.state AND NEW.abstention <> OLD.abstention) THEN
        RAISE EXCEPTION 'ballot %: abstained, reopen it first', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evaluation_ballot_guard_abstained BEFORE UPDATE OR DELETE ON evaluation_ballot
    FOR EACH ROW WHEN (OLD.state = 'abstained') EXECUTE FUNCTION evaluation_guard_abstained();
"""
NO_GUARD = """
DROP TRIGGER evaluation_ballot_guard_abstained ON evaluation_ballot;
DROP FUNCTION evaluation_guard_abstained();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0009_seals_and_former_results'),
        ('products', '0007_dossiers_lapse'),
        ('tenancy', '0002_grants'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnockOutProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='trường hợp loại')),
                ('words', models.TextField(verbose_name='nhận xét')),
                ('page', models.PositiveIntegerField(blank=True, null=True, verbose_name='trang')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='ballot',
            name='evaluation_sealed_has_time',
        ),
        migrations.AddField(
            model_name='ballot',
            name='abstention',
            field=models.TextField(blank=True, verbose_name='lý do không cho ý kiến'),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='state',
            field=models.CharField(choices=[('open', 'Đang chấm'), ('sealed', 'Đã nộp'), ('abstained', 'Không cho ý kiến')], default='open', editable=False, max_length=20),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed_at__isnull', True), ('state', 'open')), models.Q(('sealed_at__isnull', False), ('state__in', ['sealed', 'abstained'])), _connector='OR'), name='evaluation_sealed_has_time'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'abstained'), models.Q(('abstention', ''), _negated=True)), models.Q(models.Q(('state', 'abstained'), _negated=True), ('abstention', '')), _connector='OR'), name='evaluation_abstained_has_reason'),
        ),
        migrations.AddField(
            model_name='knockoutproposal',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='evaluation.ballot'),
        ),
        migrations.AddField(
            model_name='knockoutproposal',
            name='paper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='products.evidencepaper'),
        ),
        migrations.AddField(
            model_name='knockoutproposal',
            name='tenant',
            field=models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddConstraint(
            model_name='knockoutproposal',
            constraint=models.UniqueConstraint(fields=('tenant', 'ballot', 'code'), name='evaluation_proposal_once'),
        ),
        migrations.AddConstraint(
            model_name='knockoutproposal',
            constraint=models.CheckConstraint(condition=models.Q(('page__isnull', True), models.Q(('page__gte', 1), ('paper__isnull', False)), _connector='OR'), name='evaluation_proposal_page_of_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='knockoutproposal',
            constraint=ocop.tenancy.constraints.TenantLock(name='evaluation_knockoutproposal_lock'),
        ),
        migrations.AddConstraint(
            model_name='knockoutproposal',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='evaluation_knockoutproposal_key'),
        ),
        migrations.AddConstraint(
            model_name='knockoutproposal',
            constraint=ocop.tenancy.constraints.SameTenant('ballot', name='evaluation_knockoutproposal_ballot_same'),
        ),
        migrations.AddConstraint(
            model_name='knockoutproposal',
            constraint=ocop.tenancy.constraints.SameTenant('paper', name='evaluation_knockoutproposal_paper_same'),
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
