"""The full-text index over SearchDoc, which the database itself keeps right: however a row is written, it is indexed.

SQLite: FTS5 over the table (external content) with triggers. A later migration that alters SearchDoc makes Django
build the table anew on SQLite, which drops triggers: take this index back first and make it again afterwards.
PostgreSQL: generated tsvector columns, headline (A) before body (D), and a GIN index on the folded one.
"""

from django.db import migrations

COLUMNS = "headline, body, headline_exact, body_exact"
OLD = "old.article_id, old.headline, old.body, old.headline_exact, old.body_exact"
NEW = "new.article_id, new.headline, new.body, new.headline_exact, new.body_exact"
ADD = f"INSERT INTO articles_searchindex (rowid, {COLUMNS}) VALUES ({NEW});"
REMOVE = f"INSERT INTO articles_searchindex (articles_searchindex, rowid, {COLUMNS}) VALUES ('delete', {OLD});"
VECTOR = "setweight(to_tsvector('simple', {0}), 'A') || setweight(to_tsvector('simple', {1}), 'D')"

FORWARDS = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE articles_searchindex USING fts5({COLUMNS}, content='articles_searchdoc', "
        "content_rowid='article_id', tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER searchdoc_added AFTER INSERT ON articles_searchdoc BEGIN {ADD} END",
        f"CREATE TRIGGER searchdoc_removed AFTER DELETE ON articles_searchdoc BEGIN {REMOVE} END",
        f"CREATE TRIGGER searchdoc_changed AFTER UPDATE ON articles_searchdoc BEGIN {REMOVE} {ADD} END",
        # Tells the newest of many hits without reading their rows.
        "CREATE INDEX searchdoc_age ON articles_searchdoc (article_id, published_at)",
        "INSERT INTO articles_searchindex (articles_searchindex) VALUES ('rebuild')",
    ],
    "postgresql": [
        "ALTER TABLE articles_searchdoc "
        f"ADD COLUMN folded tsvector GENERATED ALWAYS AS ({VECTOR.format('headline', 'body')}) STORED, "
        f"ADD COLUMN exact tsvector GENERATED ALWAYS AS ({VECTOR.format('headline_exact', 'body_exact')}) STORED",
        "CREATE INDEX searchdoc_folded ON articles_searchdoc USING gin (folded)",
    ],
}
BACKWARDS = {
    "sqlite": [
        "DROP TRIGGER searchdoc_added",
        "DROP TRIGGER searchdoc_removed",
        "DROP TRIGGER searchdoc_changed",
        "DROP INDEX searchdoc_age",
        "DROP TABLE articles_searchindex",
    ],
    "postgresql": [
        "DROP INDEX searchdoc_folded",
        "ALTER TABLE articles_searchdoc DROP COLUMN folded, DROP COLUMN exact",
    ],
}


def make_index(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index)]
