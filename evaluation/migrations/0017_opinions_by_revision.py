"""Two devices that changed the words at the foot of a sheet are told of each other, as for a criterion."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0016_blank_books'),
    ]

    operations = [
        migrations.AddField(
            model_name='ballot',
            name='opinion_revision',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
