"""Who saved the working text stands beside its other columns: the stories a person changed last are found by an index.

Stories are filled in by the thousand, each thousand on its own: nobody waits for the whole of it. The list is counted
in an index that knows the section, too, without the wide rows; the log finds steps with a note by their own index, and
PostgreSQL parts of words in headlines and in the library (newsroom.lib.parts).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from newsroom.lib.quiet_indexes import AddIndex, RemoveIndex

BATCH = 2000
FILL = """
UPDATE articles_article
SET desk_author_id = (SELECT author_id FROM articles_revision r WHERE r.id = articles_article.working_revision_id)
WHERE id > %s AND id <= %s"""

FUNCTION = """
CREATE OR REPLACE FUNCTION newsroom_parts(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
DECLARE
    parts text[] := '{}';
    word text;
BEGIN
    FOREACH word IN ARRAY string_to_array(words, ' ') LOOP
        FOR start IN 1 .. length(word) - 1 LOOP
            parts := parts || substr(word, start, 2);
            IF start < length(word) - 1 THEN
                parts := parts || substr(word, start, 3);
            END IF;
        END LOOP;
    END LOOP;
    RETURN parts;
END $$"""


def fill(apps, schema_editor):
    last = apps.get_model("articles", "Article").objects.aggregate(last=models.Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


FORWARDS = [
    FUNCTION,
    # What an attempt left that was broken off
    "DROP INDEX CONCURRENTLY IF EXISTS article_parts",
    "DROP INDEX CONCURRENTLY IF EXISTS image_parts",
    "CREATE INDEX CONCURRENTLY article_parts ON articles_article USING gin (newsroom_parts(desk_fold))",
    "CREATE INDEX CONCURRENTLY image_parts ON articles_image USING gin (newsroom_parts(fold))",
    "ANALYZE articles_article",
    "ANALYZE articles_image",
]
BACKWARDS = ["DROP INDEX image_parts", "DROP INDEX article_parts", "DROP FUNCTION newsroom_parts"]


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("articles", "0019_stories_that_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "article",
            "desk_author",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                django.db.models.deletion.SET_NULL,
                null=True,
                blank=True,
                related_name="+",
                db_index=False,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndex(
            "article",
            models.Index(fields=["desk_author", "-desk_changed_at", "-id"], name="article_by_last_author"),
        ),
        AddIndex(
            "article",
            models.Index(fields=["-desk_changed_at", "-id", "desk_section", "trashed_at"], name="article_last_changed"),
        ),
        RemoveIndex("article", "article_changed"),
        AddIndex(
            "transition",
            models.Index(fields=["-at", "-id"], name="transition_noted", condition=~models.Q(note="")),
        ),
        migrations.RunPython(lambda apps, editor: run(editor, FORWARDS), lambda apps, editor: run(editor, BACKWARDS)),
    ]
