"""What was filed stays as it was filed."""

from django.db import migrations

from ocop.tenancy.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial"), ("tenancy", "0002_grants")]
    operations = [AppendOnly("DossierVersion")]
