"""What a tenant adds beside a criterion for those who score it."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0007_dossiers_lapse'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('set_code', models.CharField(max_length=20)),
                ('criterion', models.CharField(max_length=20)),
                ('text', models.TextField(blank=True, verbose_name='hướng dẫn')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='đường dẫn')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'set_code', 'criterion'), name='products_guidance_once'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('link', ''), _negated=True), _connector='OR'), name='products_guidance_says_something'), ocop.tenancy.constraints.TenantLock(name='products_guidance_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='products_guidance_key')],
            },
        ),
    ]
