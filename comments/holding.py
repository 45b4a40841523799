"""When does a thread hold everything back by itself, and when is it open again?

Asked at every post and report under the story, with the thread locked, and every minute by `manage.py tend_comments`.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import keys
from comments.models import Comment, Report, Thread
from comments.policy import Rules, rules_of
from newsroom.lib.pagecache.models import bump

WAVE_WINDOW: Final = timedelta(hours=1)


def review(thread: Thread, rules: Rules, now: datetime) -> None:
    """Set what the rules say of the thread at this moment, on the row and on the one at hand."""
    hold = _reason(thread, rules, now)
    if hold == thread.hold:
        return
    thread.hold, thread.held_since = hold, now if hold else None
    with transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(hold=thread.hold, held_since=thread.held_since)
        bump([keys.thread(thread.pk)])  # the form tells readers


def review_all() -> int:
    """Look at every thread that waits, is reported or holds; returns how many changed."""
    moving = Thread.objects.filter(Q(pending_count__gt=0) | Q(reported_count__gt=0) | ~Q(hold=Thread.Hold.NO))
    changed = 0
    for thread in moving.select_related("article__section__parent").defer("article__body", "article__html").iterator():
        before = thread.hold
        review(thread, rules_of(thread.article), timezone.now())
        changed += thread.hold != before
    return changed


def _reason(thread: Thread, rules: Rules, now: datetime) -> str:
    if rules.wave_reports:
        recent = Report.objects.filter(comment__thread=thread.pk, created_at__gt=now - WAVE_WINDOW)
        if recent.count() >= rules.wave_reports:
            return Thread.Hold.REPORTS
    if rules.late_minutes:
        late = now - timedelta(minutes=rules.late_minutes)
        if Comment.objects.waiting().filter(thread=thread.pk, created_at__lt=late, due_at__lte=now).exists():
            return Thread.Hold.LATE
    return Thread.Hold.NO
