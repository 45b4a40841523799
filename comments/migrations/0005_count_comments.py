"""Comments that were there before get what is counted and ordered by now."""

from django.db import migrations
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

COUNTED = {
    "roots_count": Q(state="visible", root=None),
    "spam_count": Q(state="spam"),
    "rejected_count": Q(state="rejected"),
    "unseen_count": Q(state="visible", reviewed_at=None),
}


def number(rows):
    return Coalesce(Subquery(rows.order_by().values("group").annotate(n=Count("pk")).values("n")), 0)


def count(apps, schema_editor):
    Comment, Thread = apps.get_model("comments", "Comment"), apps.get_model("comments", "Thread")
    Comment.objects.update(due_at=F("created_at"))
    Comment.objects.filter(actions__isnull=False).update(reviewed_at=F("created_at"))
    shown = Comment.objects.filter(root=OuterRef("pk"), state="visible", hidden_by_root=False)
    with_replies = Comment.objects.filter(pk__in=Comment.objects.exclude(root=None).values("root"))
    with_replies.update(reply_count=number(shown.values(group=F("root"))))
    for name, rule in COUNTED.items():
        Thread.objects.update(
            **{name: number(Comment.objects.filter(rule, thread=OuterRef("pk")).values(group=F("thread")))}
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_data_of_comments")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
