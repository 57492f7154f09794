"""Published sets and the changes of ballots are written once."""

from django.db import migrations

from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial"), ("tenancy", "0002_grants")]
    operations = [AppendOnly("PublishedSet"), AppendOnly("BallotChange")]
