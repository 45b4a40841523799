"""What the desk needs at a hundred thousand comments: the newest of all states, and an index of what the rules found.

The second belongs to PostgreSQL. SQLite has none for JSON, and reads along the queue.
"""

from django.db import migrations, models


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX comment_found ON comments_comment USING gin (findings jsonb_path_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX comment_found")


class Migration(migrations.Migration):
    dependencies = [("comments", "0007_last_decisions")]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["-created_at", "-id", "thread"], name="comment_newest"),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
