"""Indexes for every order of the list of stories, the tie between stories of the same moment included."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0014_fronts'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='article',
            name='article_trash',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='article_gone',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='article_ended',
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-stage', '-desk_changed_at', '-id'], name='article_by_stage_down'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('published_at', None)), fields=['-desk_changed_at', '-id'], name='article_never'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('trashed_at__isnull', False)), fields=['-desk_changed_at', '-id'], name='article_trash'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', False)), fields=['-desk_changed_at', '-id'], name='article_gone'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('visible_until__isnull', False)), fields=['-desk_changed_at', '-id'], name='article_ended'),
        ),
    ]
