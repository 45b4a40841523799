import django.utils.timezone
from django.db import migrations, models

import newsroom.lib.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Maintenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('message', newsroom.lib.fields.NFCCharField(blank=True, max_length=300)),
                ('minutes', models.PositiveSmallIntegerField(default=15)),
            ],
            options={
                'verbose_name': 'maintenance',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='maintenance_single')],
            },
        ),
    ]
