"""Front pages that editors arrange, the log of their launches, and an index of photo stories."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from newsroom.lib import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_picture_colour'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Front',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.JSONField(blank=True, default=dict)),
                ('draft', models.JSONField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'front page',
                'verbose_name_plural': 'front pages',
            },
        ),
        migrations.CreateModel(
            name='FrontVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('shown', models.JSONField(default=list)),
                ('restores', models.PositiveIntegerField(blank=True, null=True)),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'launch of a front page',
                'ordering': ['-number'],
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('presentation', 'photos')), name='article_photos'),
        ),
        migrations.AddField(
            model_name='front',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='front',
            name='section',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='front', to='articles.section', verbose_name='section'),
        ),
        migrations.AddField(
            model_name='frontversion',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='frontversion',
            name='front',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='articles.front'),
        ),
        migrations.AddConstraint(
            model_name='front',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('section', 0), name='front_one_a_page'),
        ),
        migrations.AddConstraint(
            model_name='frontversion',
            constraint=models.UniqueConstraint(fields=('front', 'number'), name='frontversion_front_number'),
        ),
        append_only.protect('articles_frontversion'),
    ]
