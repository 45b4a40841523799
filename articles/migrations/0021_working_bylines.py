"""Who stands in the byline of a working text finds it in lists: rows for the texts that readers do not have."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

BATCH = 1000


def fill(apps, schema_editor):
    article, author, row = (apps.get_model("articles", name) for name in ("Article", "Author", "WorkingByline"))
    known, rows = set(author.objects.values_list("pk", flat=True)), []
    pending = article.objects.filter(Q(live_revision=None) | ~Q(live_revision=F("working_revision")))
    for pk, content in pending.values_list("pk", "working_revision__content").iterator(BATCH):
        names = {ref["author"] for ref in (content or {}).get("bylines", ())} & known
        rows += [row(article_id=pk, author_id=name) for name in names]
        if len(rows) >= BATCH:
            row.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    row.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_desk_author")]

    operations = [
        migrations.CreateModel(
            "WorkingByline",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        "articles.article", django.db.models.deletion.CASCADE, related_name="working_bylines"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey("articles.author", django.db.models.deletion.CASCADE, related_name="+"),
                ),
            ],
            options={"verbose_name": "byline of a working text"},
        ),
        migrations.AddConstraint(
            "workingbyline",
            models.UniqueConstraint(fields=["article", "author"], name="working_byline_article_author"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
