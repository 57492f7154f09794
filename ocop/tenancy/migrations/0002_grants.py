"""The app role may use what the owner makes: the tables that are here and all that later migrations make."""

from django.db import migrations

from ocop.tenancy.operations import GrantAppRole


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]
    operations = [GrantAppRole()]
