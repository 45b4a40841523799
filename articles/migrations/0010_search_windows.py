"""PostgreSQL finds the newest hits of a frequent word without reading all of them; both find headlines by beginnings.

PostgreSQL: the folded vector says in which thirty days a story appeared (the lexeme "~623"), so that the GIN index
itself takes the newest of many hits; and a small GIN index holds the headlines alone. SQLite: an FTS5 index of
headlines with prefixes, over the same table. What the migration `search_index` says of altering SearchDoc holds here.
"""

from django.db import migrations

VECTOR = "setweight(to_tsvector('simple', headline), 'A') || setweight(to_tsvector('simple', body), 'D')"
WINDOW = "array_to_tsvector(ARRAY['~' || floor(extract(epoch FROM published_at AT TIME ZONE 'UTC') / 2592000)::text])"
REMOVE = "INSERT INTO articles_headlineindex (articles_headlineindex, rowid, headline) VALUES ('delete', {0}, {1});"
ADD = "INSERT INTO articles_headlineindex (rowid, headline) VALUES (new.article_id, new.headline);"
GONE = REMOVE.format("old.article_id", "old.headline")

FORWARDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE articles_headlineindex USING fts5(headline, content='articles_searchdoc', "
        "content_rowid='article_id', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')",
        f"CREATE TRIGGER searchdoc_headline_added AFTER INSERT ON articles_searchdoc BEGIN {ADD} END",
        f"CREATE TRIGGER searchdoc_headline_removed AFTER DELETE ON articles_searchdoc BEGIN {GONE} END",
        f"CREATE TRIGGER searchdoc_headline_changed AFTER UPDATE ON articles_searchdoc BEGIN {GONE} {ADD} END",
        "INSERT INTO articles_headlineindex (articles_headlineindex) VALUES ('rebuild')",
    ],
    "postgresql": [
        "ALTER TABLE articles_searchdoc DROP COLUMN folded, "
        f"ADD COLUMN folded tsvector GENERATED ALWAYS AS ({VECTOR} || {WINDOW}) STORED",
        "CREATE INDEX searchdoc_folded ON articles_searchdoc USING gin (folded)",
        "CREATE INDEX searchdoc_headline ON articles_searchdoc USING gin (to_tsvector('simple', headline))",
    ],
}
BACKWARDS = {
    "sqlite": [
        "DROP TRIGGER searchdoc_headline_added",
        "DROP TRIGGER searchdoc_headline_removed",
        "DROP TRIGGER searchdoc_headline_changed",
        "DROP TABLE articles_headlineindex",
    ],
    "postgresql": [
        "DROP INDEX searchdoc_headline",
        f"ALTER TABLE articles_searchdoc DROP COLUMN folded, "
        f"ADD COLUMN folded tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
        "CREATE INDEX searchdoc_folded ON articles_searchdoc USING gin (folded)",
    ],
}


def make_index(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_day_changed")]

    operations = [migrations.RunPython(make_index, drop_index)]
