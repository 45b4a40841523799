from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_count_comments")]

    operations = [migrations.RenameField(model_name="thread", old_name="ranked_at", new_name="rank_due_at")]
