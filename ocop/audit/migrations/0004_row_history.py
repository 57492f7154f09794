"""PostgreSQL writes the history of the kept tables; it is written once."""

from django.db import migrations

from ocop.audit.row_history import FUNCTION, NO_FUNCTION, KeepHistory
from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_change"),
        ("evaluation", "0001_initial"),
        ("orgs", "0001_initial"),
        ("papers", "0001_initial"),
        ("plans", "0001_initial"),
    ]
    operations = [
        AppendOnly("Change"),
        migrations.RunSQL(FUNCTION, NO_FUNCTION),
        KeepHistory("evaluation.certificate"),
        KeepHistory("evaluation.council"),
        KeepHistory("evaluation.decision"),
        KeepHistory("evaluation.seat"),
        KeepHistory("orgs.membership"),
        KeepHistory("orgs.orgunit"),
        KeepHistory("papers.numberseries"),
        KeepHistory("plans.plan"),
        KeepHistory("plans.round"),
        KeepHistory("plans.target"),
    ]
