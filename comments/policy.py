"""Does a story take comments, do they wait, and by which rules? Asked in turn: the story, its sections, the paper."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Article, CommentPolicy, Publication
from comments.models import ThreadRules
from newsroom.lib.prepared import Prepared

RULES: Final = [field.attname for field in ThreadRules._meta.concrete_fields]
TAKING = (CommentPolicy.OPEN, CommentPolicy.TRUSTED, CommentPolicy.HELD)


@dataclass(frozen=True)
class Rules:
    """How comments are taken under one story; 0 turns a rule off."""

    close_after_days: int = 0
    slow_seconds: int = 0  # between two comments of one writer
    late_minutes: int = 0  # the oldest waits so long: everything new is held
    wave_reports: int = 0  # so many reports in an hour: everything new is held
    identity: str = ThreadRules.Identity.NONE

    def closes_at(self, article: Article) -> datetime | None:
        """Counted from the first publication, which no update moves."""
        if not self.close_after_days or article.published_at is None:
            return None
        return article.published_at + timedelta(days=self.close_after_days)


def rules_of(article: Article) -> Rules:
    """The rules for a story, each from the nearest place that says something. One query."""
    sections = [section.pk for section in article.section.line] if article.section else []
    rows = SAID.fetch(None, article=article.pk, **as_values(sections))
    return combined([ThreadRules.from_db(DEFAULT_DB_ALIAS, RULES, row) for row in rows], sections)


def rules_at(article: int, sections: list[int]) -> QuerySet[ThreadRules]:
    """What is said for the story, for its sections, and for the whole paper."""
    whole_paper = Q(section=None, article=None)
    return ThreadRules.objects.filter(whole_paper | Q(article=article) | Q(section__in=sections))


def as_values(sections: list[int]) -> dict[str, int]:
    """The sections of a story, from top to bottom, as values of a prepared statement; 0 where there is none."""
    return dict(zip(("section", "parent"), [*reversed(sections), 0, 0], strict=False))


def _said(_shape: None, article: int, section: int, parent: int) -> QuerySet[Any, Any]:
    return rules_at(article, [section, parent]).values_list(*RULES)


SAID: Final = Prepared(_said)


def combined(rows: Iterable[ThreadRules], sections: list[int]) -> Rules:
    """Of rows for one story, each rule from the nearest place; the sections stand from top to bottom."""
    places = [None, *reversed(sections)]  # of the story itself, of its sections from below, of the paper
    near = sorted(rows, key=lambda row: places.index(row.section_id) if row.section_id or row.article_id else 99)
    said = {each.name: [getattr(row, each.name) for row in near] for each in fields(Rules)}
    spoken = {name: [value for value in values if value not in (None, "")] for name, values in said.items()}
    return Rules(**{name: values[0] for name, values in spoken.items() if values})


def policy_of(article: Article, publication: Publication, rules: Rules | None = None) -> CommentPolicy:
    """The policy that holds for a story: OPEN, TRUSTED or HELD (it takes comments), CLOSED, HIDDEN (it shows none).

    A story that readers cannot see takes none, one that is too old no longer, and the paper's own switch closes every
    story at once.
    """
    line = reversed(article.section.line) if article.section else []
    said = [article.comment_policy, *(section.comment_policy for section in line)]
    policy = CommentPolicy(next((word for word in said if word), CommentPolicy.HELD))
    if policy == CommentPolicy.HIDDEN:
        return policy
    if policy not in TAKING or not publication.comments_open or not article.is_public:
        return CommentPolicy.CLOSED
    end = (rules or rules_of(article)).closes_at(article)
    return policy if end is None or timezone.now() < end else CommentPolicy.CLOSED


def checks(policy: CommentPolicy, hold: str) -> str:
    """Whose comments are read before they appear, as the form says it: "all", "new" writers', "" nobody's.

    "now": all for a while, because the thread holds everything back by itself.
    """
    if policy == CommentPolicy.HELD:
        return "all"
    if hold:
        return "now"
    return "new" if policy == CommentPolicy.TRUSTED else ""


def takes_comments(policy: CommentPolicy) -> bool:
    return policy in TAKING
