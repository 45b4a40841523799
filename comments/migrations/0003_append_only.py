"""The moderators' log only grows: the database refuses to change or delete its rows."""

from django.db import migrations

from newsroom.lib import append_only


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_modaction_newest")]

    operations = [append_only.protect("comments_modaction")]
