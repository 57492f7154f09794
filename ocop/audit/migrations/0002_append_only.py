"""The log is written once."""

from django.db import migrations

from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("tenancy", "0002_grants")]
    operations = [AppendOnly("Entry")]
