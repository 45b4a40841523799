"""Who may type in a story at this moment? One tab at a time, and only as long as it is heard of.

Every change is one conditional UPDATE, INSERT or DELETE on the one row of a story; the clock is the server's alone.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, EditLock, Role
from articles.models.editing import LOCK_LIFE
from articles.readiness import Refused
from newsroom.lib import dates
from newsroom.lib.people import full_name

TRIES = 5  # a lock may be given back between the attempt to take it and the look at who has it
DECIDERS = (Role.PUBLISHER, Role.CHIEF)  # their steps wait for nobody who types


def holder(article_id: int) -> EditLock | None:
    """Who is editing the story now; None where nobody is."""
    return EditLock.objects.alive().select_related("user").filter(article=article_id).first()


def acquire(article_id: int, user: AbstractBaseUser, tab: str) -> EditLock:
    """Take the lock if it is free or has ended; returns whose it is afterwards."""
    for _attempt in range(TRIES):
        now = timezone.now()
        ended = EditLock.objects.filter(article=article_id, seen_at__lt=now - LOCK_LIFE)
        if not ended.update(user=user.pk, tab=tab, since=now, seen_at=now):
            mine = EditLock(article_id=article_id, user_id=user.pk, tab=tab, since=now, seen_at=now)
            EditLock.objects.bulk_create([mine], ignore_conflicts=True)
        if (lock := holder(article_id)) is not None:
            return lock
    raise Refused(_("The story is being opened by several people at once. Please try again."))


def keep(article_id: int, user: AbstractBaseUser, tab: str, before: str = "") -> EditLock:
    """The heartbeat: hold the lock on, or take it if it is free. `before` is the page that this tab showed before."""
    tabs = [tab, before] if before else [tab]
    held = EditLock.objects.filter(article=article_id, user=user.pk, tab__in=tabs)
    now = timezone.now()
    if not held.update(tab=tab, seen_at=now):
        # A page of one's own that was never heard of again has no scripts: loaded anew, it goes on.
        mute = EditLock.objects.filter(article=article_id, user=user.pk, seen_at=F("since"))
        mute.update(tab=tab, since=now, seen_at=now)
    return acquire(article_id, user, tab)


def release(article_id: int, user: AbstractBaseUser, tab: str) -> None:
    """Give the lock back, if this tab has it."""
    EditLock.objects.filter(article=article_id, user=user.pk, tab=tab).delete()


def release_all(user_id: int) -> None:
    """Give back all that this person holds: who signs out edits nothing."""
    EditLock.objects.filter(user=user_id).delete()


def pass_on(lock: EditLock, user: AbstractBaseUser, tab: str) -> bool:
    """Take the lock from the tab that has it; False where it is no longer that tab's."""
    now = timezone.now()
    held = EditLock.objects.filter(article=lock.article_id, user=lock.user_id, tab=lock.tab)
    return bool(held.update(user=user.pk, tab=tab, since=now, seen_at=now))


def in_the_way(article: Article, by: AbstractBaseUser, role: Role | None) -> EditLock | None:
    """Who types in the story and must not be cut short by a step of this person in this role."""
    lock = None if role in DECIDERS else holder(article.pk)
    return lock if lock and lock.user_id != by.pk else None


def require_quiet(article: Article, by: AbstractBaseUser, role: Role) -> None:
    """Raises Refused while a colleague types, unless the person decides over what is published."""
    if (lock := in_the_way(article, by, role)) is not None:
        raise Refused(_("%(who)s. Wait until the text is saved, or take it over.") % {"who": says(lock)})


def says(lock: EditLock) -> str:
    """Who is editing since when, in words."""
    since = dates.local(lock.since)
    when = f"{since:%H:%M}" if since.date() == dates.today() else f"{since:%H:%M %d/%m/%Y}"
    return _("%(name)s has been editing since %(time)s") % {"name": full_name(lock.user), "time": when}
