"""Saved views of the list of stories, and three more kinds of notices."""

import django.db.models.deletion
import newsroom.lib.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0007_static_pages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', newsroom.lib.fields.NFCCharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=2000)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_shared', models.BooleanField(default=False)),
                ('is_default', models.BooleanField(default=False)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='desknotice',
            name='desknotice_kind',
        ),
        migrations.AlterField(
            model_name='desknotice',
            name='kind',
            field=models.CharField(choices=[('returned', 'a story of mine is returned'), ('taken', 'a story of mine is taken for editing'), ('published', 'a story of mine is published or scheduled'), ('withdrawn', 'a story of mine is withdrawn'), ('mentioned', 'somebody mentions me in a note'), ('late', 'a scheduled update is late or failed'), ('waiting', 'a story waits for me'), ('answered', 'a preview of mine, or of a story of mine, is answered'), ('overtaken', 'somebody takes over a story that I am editing')], max_length=10),
        ),
        migrations.AlterField(
            model_name='noticechoice',
            name='kind',
            field=models.CharField(choices=[('returned', 'a story of mine is returned'), ('taken', 'a story of mine is taken for editing'), ('published', 'a story of mine is published or scheduled'), ('withdrawn', 'a story of mine is withdrawn'), ('mentioned', 'somebody mentions me in a note'), ('late', 'a scheduled update is late or failed'), ('waiting', 'a story waits for me'), ('answered', 'a preview of mine, or of a story of mine, is answered'), ('overtaken', 'somebody takes over a story that I am editing')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='desknotice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['returned', 'taken', 'published', 'withdrawn', 'mentioned', 'late', 'waiting', 'answered', 'overtaken'])), name='desknotice_kind'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('owner', 'name'), name='savedview_name'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('is_default', True)), fields=('owner',), name='savedview_one_default'),
        ),
    ]
