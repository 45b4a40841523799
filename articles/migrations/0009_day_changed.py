"""When did the stories of a day last change? What the sitemap says of its months."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_saved_views_and_notices")]

    operations = [
        migrations.AddField("daycount", "changed_at", models.DateTimeField(default=django.utils.timezone.now)),
    ]
