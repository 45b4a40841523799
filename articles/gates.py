"""What keeps a text from being approved or published besides what it lacks itself?

A sign-off that is asked for, an embargo, a quick correction that nobody has carried over.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import Article, SignOff, SignOffKind
from articles.readiness import Missing
from newsroom.lib import dates


def needed(article: Article) -> list[SignOffKind]:
    """The sign-offs that the section of the working text, or somebody for this story, asks for."""
    asked = set(SignOff.objects.filter(article=article, asked_at__isnull=False).values_list("kind", flat=True))
    if article.desk_section:
        asked |= set(article.desk_section.needed_sign_offs)
    return [kind for kind in SignOffKind if kind.value in asked]


def unsigned(article: Article, digest: str) -> list[Missing]:
    """The sign-offs that this text needs and does not have; one given to another text is none."""
    given = set(SignOff.objects.filter(article=article, digest=digest).values_list("kind", flat=True))
    return [
        Missing("sign_offs", _("The sign-off is missing: %s.") % kind.label)
        for kind in needed(article)
        if kind.value not in given
    ]


def uncarried(article: Article) -> list[Missing]:
    """A quick correction that readers have and the working text would undo."""
    if not article.collisions.filter(settled_at=None).exists():
        return []
    return [Missing("collision", _("A quick correction collides with this text: choose what holds."))]


def embargoed(article: Article, moment: datetime) -> list[Missing]:
    """The embargo, if the text would appear before it ends."""
    if article.embargo_until is None or not article.is_embargoed_at(moment):
        return []
    return [Missing("embargo", _("Under embargo until %s.") % dates.stamp(article.embargo_until))]


def for_approval(article: Article) -> list[Missing]:
    """What stands against approving the working text."""
    digest = article.working_revision.digest if article.working_revision else ""
    return unsigned(article, digest) + uncarried(article)


def for_publication(article: Article, moment: datetime) -> list[Missing]:
    """What stands against readers having the working text from this moment on."""
    return for_approval(article) + embargoed(article, moment)
