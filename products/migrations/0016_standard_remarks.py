"""Standard remarks that a desk puts at an item in one tap."""

import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0015_sections_meeting'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StandardRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(blank=True, max_length=60, verbose_name='mục')),
                ('verdict', models.CharField(choices=[('missing', 'Thiếu'), ('wrong', 'Chưa đúng')], max_length=10, verbose_name='kết quả')),
                ('text', models.CharField(max_length=300, verbose_name='nhận xét')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'nhận xét mẫu',
                'verbose_name_plural': 'nhận xét mẫu',
                'ordering': ('item', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('tenant', 'item', 'text'), name='products_remark_once', violation_error_message='Nhận xét này đã có ở mục đó.'), ocop.tenancy.constraints.TenantLock(name='products_standardremark_lock'), models.UniqueConstraint(fields=('tenant', 'id'), name='products_standardremark_key')],
            },
        ),
    ]
