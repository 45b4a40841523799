import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_most_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='image',
            name='colour',
            field=models.CharField(default='', editable=False, max_length=7),
        ),
        migrations.AlterField(
            model_name='image',
            name='focal_y',
            field=models.PositiveSmallIntegerField(default=33, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='focal point, down'),
        ),
    ]
