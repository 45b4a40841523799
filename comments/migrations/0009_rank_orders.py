"""Orders of threads that are over, for readers who page through the most liked comments meanwhile."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0008_newest_and_found'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='rank_round',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='RankOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('keys', models.JSONField()),
                ('ended_at', models.DateTimeField()),
                ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.thread')),
            ],
            options={
                'verbose_name': 'former order of a thread',
                'verbose_name_plural': 'former orders of threads',
                'indexes': [models.Index(fields=['ended_at'], name='rankorder_ended')],
                'constraints': [models.UniqueConstraint(fields=('thread', 'round'), name='rankorder_once')],
            },
        ),
    ]
