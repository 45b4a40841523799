"""Both databases find headlines by beginnings; PostgreSQL finds phrases and the newest hits in the index itself.

SQLite: an FTS5 index of headlines with prefixes, over the same table; what the migration `search_index` says of
altering SearchDoc holds for it too. PostgreSQL: a GIN index of headlines; and one of keys, which are the words of a
story, its neighbours in pairs ("ha_noi"), and when it appeared: in thirty days ("~692") and in eight times thirty
("~~86"). The long columns stand outside the row, so that reading the dates of many hits reads little else.
"""

from django.db import migrations

KEYS = """
CREATE FUNCTION articles_searchkeys(headline text, body text, at timestamptz) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
    SELECT array_to_tsvector(array_agg(key)) FROM (
        SELECT unnest(ARRAY[word, word || '_' || lead(word) OVER (PARTITION BY part ORDER BY place)]) AS key
        FROM (VALUES (1, headline), (2, body)) AS parts (part, line),
            unnest(string_to_array(line, ' ')) WITH ORDINALITY AS words (word, place)
        WHERE word <> '' AND length(word) <= 100
        UNION ALL
        SELECT unnest(ARRAY['~' || floor(second / 2592000)::int, '~~' || floor(second / 20736000)::int])
        FROM (SELECT extract(epoch FROM at AT TIME ZONE 'UTC') AS second) AS seconds
    ) AS keys WHERE key IS NOT NULL
$$"""
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
        KEYS,
        "ALTER TABLE articles_searchdoc SET (toast_tuple_target = 128)",
        "DROP INDEX searchdoc_folded",
        "CREATE INDEX searchdoc_keys ON articles_searchdoc USING gin (articles_searchkeys(headline, body, published_at))",
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
        "DROP INDEX searchdoc_keys",
        "CREATE INDEX searchdoc_folded ON articles_searchdoc USING gin (folded)",
        "ALTER TABLE articles_searchdoc RESET (toast_tuple_target)",
        "DROP FUNCTION articles_searchkeys",
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
