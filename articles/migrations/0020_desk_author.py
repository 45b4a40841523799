"""Who saved the working text stands beside its other columns: the stories a person changed last are found by an index.

Stories are filled in by the thousand, each thousand on its own: nobody waits for the whole of it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BATCH = 2000
FILL = """
UPDATE articles_article
SET desk_author_id = (SELECT author_id FROM articles_revision r WHERE r.id = articles_article.working_revision_id)
WHERE id > %s AND id <= %s"""


def fill(apps, schema_editor):
    last = apps.get_model("articles", "Article").objects.aggregate(last=models.Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


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
        migrations.AddIndex(
            "article",
            models.Index(fields=["desk_author", "-desk_changed_at", "-id"], name="article_by_last_author"),
        ),
    ]
