"""The search documents know sections and authors, and so does PostgreSQL's index: a section's hits are found in it alone.

SQLite finds them by joining as before, quickly enough at 100,000 stories.
"""

from importlib import import_module

from django.db import migrations, models

windows = import_module("articles.migrations.0010_search_windows")

KEYS = windows.KEYS.replace("at timestamptz)", "at timestamptz, places text)").replace(
    "        UNION ALL VALUES",
    "        UNION ALL SELECT unnest(string_to_array(places, ' '))\n        UNION ALL VALUES",
)
INDEX = "CREATE INDEX searchdoc_keys ON articles_searchdoc USING gin (articles_searchkeys({0}))"
OF_THREE, OF_FOUR = "headline, body, published_at", "headline, body, published_at, places"
FORWARDS = [
    "DROP INDEX searchdoc_keys",
    "DROP FUNCTION articles_searchkeys(text, text, timestamptz)",
    KEYS,
    INDEX.format(OF_FOUR),
]
BACKWARDS = [
    "DROP INDEX searchdoc_keys",
    "DROP FUNCTION articles_searchkeys(text, text, timestamptz, text)",
    windows.KEYS,
    INDEX.format(OF_THREE),
]
# Sections above a story's own are among its placements too: it is found by its own ones, and more keys do no harm.
FILL = """
UPDATE articles_searchdoc SET places =
    COALESCE((SELECT {agg}('§' || section_id{cast}, ' ') FROM articles_placement p
        WHERE p.article_id = articles_searchdoc.article_id), '') || ' ' ||
    COALESCE((SELECT {agg}('@' || author_id{cast}, ' ') FROM articles_byline b
        WHERE b.article_id = articles_searchdoc.article_id), '')"""


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def fill(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    agg, cast = ("group_concat", "") if is_sqlite else ("string_agg", "::text")
    schema_editor.execute(FILL.format(agg=agg, cast=cast))


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_trusted_first")]

    operations = [
        migrations.AddField("searchdoc", "places", models.TextField(null=True, editable=False)),
        migrations.RunPython(
            lambda apps, editor: run(editor, FORWARDS), lambda apps, editor: run(editor, BACKWARDS)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
