"""What an earlier law left unfinished lapses, and may be filed anew for the same round."""
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
        ('plans', '0001_initial'),
        ('products', '0006_samples'),
        ('tenancy', '0002_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='dossier',
            name='products_dossier_once_a_round',
        ),
        migrations.AlterField(
            model_name='dossier',
            name='state',
            field=models.CharField(choices=[('draft', 'Đang soạn'), ('submitted', 'Xã đang kiểm tra'), ('commune_returned', 'Chờ bổ sung theo yêu cầu của xã'), ('reported', 'Xã đã lập báo cáo'), ('forwarded', 'Cấp trên tiếp nhận'), ('returned', 'Chờ bổ sung theo yêu cầu của cấp trên'), ('accepted', 'Đang đánh giá'), ('recognised', 'Được công nhận'), ('not_recognised', 'Không được công nhận'), ('withdrawn', 'Đã rút'), ('lapsed', 'Hết hạn theo quy định cũ')], default='draft', editable=False, max_length=20),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['withdrawn', 'lapsed']), _negated=True), fields=('tenant', 'product', 'round'), name='products_dossier_once_a_round'),
        ),
    ]
