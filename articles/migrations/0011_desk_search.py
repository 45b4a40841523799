"""What the list of stories needs at a million of them: a word index over working headlines, and indexes for its orders.

Like `search_index`, the word index belongs to the database: FTS5 with triggers, or a generated tsvector with GIN.
"""

import re

import django.db.models.deletion
from django.db import migrations, models

ADD = "INSERT INTO articles_deskindex (rowid, words) VALUES (new.article_id, new.words);"
REMOVE = (
    "INSERT INTO articles_deskindex (articles_deskindex, rowid, words) VALUES ('delete', old.article_id, old.words);"
)
FORWARDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE articles_deskindex USING fts5(words, content='articles_deskdoc', "
        "content_rowid='article_id', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')",
        f"CREATE TRIGGER deskdoc_added AFTER INSERT ON articles_deskdoc BEGIN {ADD} END",
        f"CREATE TRIGGER deskdoc_removed AFTER DELETE ON articles_deskdoc BEGIN {REMOVE} END",
        f"CREATE TRIGGER deskdoc_changed AFTER UPDATE ON articles_deskdoc BEGIN {REMOVE} {ADD} END",
    ],
    "postgresql": [
        "ALTER TABLE articles_deskdoc "
        "ADD COLUMN folded tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
        "CREATE INDEX deskdoc_folded ON articles_deskdoc USING gin (folded)",
    ],
}
BACKWARDS = {
    "sqlite": [
        "DROP TRIGGER deskdoc_added",
        "DROP TRIGGER deskdoc_removed",
        "DROP TRIGGER deskdoc_changed",
        "DROP TABLE articles_deskindex",
    ],
    "postgresql": [
        "DROP INDEX deskdoc_folded",
        "ALTER TABLE articles_deskdoc DROP COLUMN folded",
    ],
}
BATCH = 2000
WORD = re.compile(r"[^\W_]+")


def make_index(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def fill(apps, schema_editor):
    """One row for each story, in batches from the first key to the last."""
    Article, DeskDoc = apps.get_model("articles", "Article"), apps.get_model("articles", "DeskDoc")
    last = 0
    while rows := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "desk_fold")[:BATCH]):
        DeskDoc.objects.bulk_create(DeskDoc(article_id=pk, words=" ".join(WORD.findall(fold))) for pk, fold in rows)
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_search_windows")]

    operations = [
        migrations.CreateModel(
            name='DeskDoc',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='desk_doc', serialize=False, to='articles.article')),
                ('words', models.TextField()),
            ],
            options={
                'verbose_name': 'search document of the desk',
            },
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RemoveIndex(
            model_name='article',
            name='article_desk',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='article_changed',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='article_mine',
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-desk_changed_at', '-id'], name='article_changed'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['desk_fold'], name='article_headline'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['published_at'], name='article_published'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['stage', '-desk_changed_at', '-id'], name='article_by_stage'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['desk_section', '-desk_changed_at', '-id'], name='article_by_section'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['created_by', '-desk_changed_at', '-id'], name='article_mine'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('stage', 'done'), _negated=True), fields=['created_by', '-desk_changed_at'], name='article_begun'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('trashed_at__isnull', False)), fields=['-desk_changed_at'], name='article_trash'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', False)), fields=['-desk_changed_at'], name='article_gone'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('visible_until__isnull', False)), fields=['-desk_changed_at'], name='article_ended'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
