"""The meeting of the commune's sections about a dossier."""


import django.db.models.deletion
import django.utils.timezone
import ocop.tenancy.constraints
import ocop.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0014_forwarding'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SectionsMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='ngày họp')),
                ('chaired_by', models.CharField(max_length=200, verbose_name='người chủ trì')),
                ('conclusion', models.TextField(blank=True, verbose_name='kết luận')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sections_meeting', to='products.dossier')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'cuộc họp của xã',
                'verbose_name_plural': 'cuộc họp của xã',
            },
        ),
        migrations.CreateModel(
            name='SectionOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=200, verbose_name='bộ phận')),
                ('name', models.CharField(max_length=200, verbose_name='người dự')),
                ('opinion', models.TextField(blank=True, verbose_name='ý kiến')),
                ('tenant', models.ForeignKey(db_index=False, default=ocop.tenancy.scope.tenant_in_scope, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='products.sectionsmeeting')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='sectionsmeeting',
            constraint=ocop.tenancy.constraints.TenantLock(name='products_sectionsmeeting_lock'),
        ),
        migrations.AddConstraint(
            model_name='sectionsmeeting',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='products_sectionsmeeting_key'),
        ),
        migrations.AddConstraint(
            model_name='sectionsmeeting',
            constraint=ocop.tenancy.constraints.SameTenant('dossier', name='products_sectionsmeeting_dossier_same'),
        ),
        migrations.AddConstraint(
            model_name='sectionopinion',
            constraint=ocop.tenancy.constraints.TenantLock(name='products_sectionopinion_lock'),
        ),
        migrations.AddConstraint(
            model_name='sectionopinion',
            constraint=models.UniqueConstraint(fields=('tenant', 'id'), name='products_sectionopinion_key'),
        ),
        migrations.AddConstraint(
            model_name='sectionopinion',
            constraint=ocop.tenancy.constraints.SameTenant('meeting', name='products_sectionopinion_meeting_same'),
        ),
    ]
