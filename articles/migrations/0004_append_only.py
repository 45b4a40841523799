"""The logs of stories only grow: the database refuses to change or delete their rows (Nghị định 08/2017)."""

from django.db import migrations

from newsroom.lib import append_only


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_workflow")]

    operations = [
        append_only.protect(
            "articles_previewanswer",
            "articles_previewopening",
            "articles_publicversion",
            "articles_recordseal",
            "articles_storynote",
            "articles_transition",
        )
    ]
