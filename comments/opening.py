"""What stands under a story on its own page: its best comments, their number, and whether it takes more?

One statement, whatever there is: the rules that hold, the thread, its first comments and the first replies to them.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from articles.editions import versions_of
from articles.models import Article, CommentPolicy, Publication
from comments import policy, threads
from comments.likes import rank_if_due
from comments.models import Comment, Thread, ThreadRules
from comments.policy import RULES
from comments.threads import ANSWERED, SHOWN, THREAD
from newsroom.lib.jsonrows import listed, written
from newsroom.lib.pieces import Pieces
from newsroom.lib.prepared import Prepared

ON_THE_STORY: Final = 5  # comments on the story's own page
KEPT: Final = 10  # seconds


@dataclass(frozen=True)
class Read:
    """What the database says of the comments under a story. It stays in memory until they change, and KEPT seconds at
    most: likes, ranks that are due and rules make no page stale at once.
    """

    rules: policy.Rules
    page: threads.ThreadPage
    seen: str = ""  # all that is shown of the comments


@dataclass(frozen=True)
class Opening:
    """The comments of a story as its page shows them."""

    policy: CommentPolicy
    page: threads.ThreadPage
    seen: str = ""

    @property
    def is_open(self) -> bool:
        return policy.takes_comments(self.policy)

    @property
    def is_hidden(self) -> bool:
        return self.policy == CommentPolicy.HIDDEN


def of(article: Article, publication: Publication) -> Opening:
    """Featured and most liked comments first; once a minute at most, while likes come in, ranked anew."""
    sections = [part.pk for part in article.section.line] if article.section else []
    versions, read = versions_of(article), partial(_ranked, article.pk, sections)
    found = READ.get((article.pk, *sections, versions), read) if versions else read()
    return Opening(policy.policy_of(article, publication, found.rules), found.page, found.seen)


def _ranked(article: int, sections: list[int]) -> Read:
    said, thread, roots, replies = _rows(article, sections)
    if roots and rank_if_due(thread, timezone.now()):
        said, thread, roots, replies = _rows(article, sections)
    found = sorted(written(Comment, SHOWN, roots), key=lambda root: (root.rank, root.pk), reverse=True)
    first, more = found[:ON_THE_STORY], len(found) > ON_THE_STORY
    own, told = len(SHOWN), replies or []
    answers = threads.answers(written(Comment, SHOWN, [row[:own] for row in told]), [row[own:] for row in told])
    branches = [threads.branch(root, [reply for reply in answers if reply.root_id == root.pk]) for root in first]
    following = threads.cursor_after(article, threads.Order.LIKED, first[-1], thread.rank_round) if more else ""
    page = threads.ThreadPage(thread.visible_count if first else 0, branches, following, thread.hold)
    rules = policy.combined(written(ThreadRules, RULES, said), sections)
    return Read(rules, page, f"{thread.visible_count} {thread.rank_round} {roots} {replies}")


def _rows(article: int, sections: list[int]) -> tuple[Any, Thread, Any, Any]:
    """What the rules say, the thread, its first roots, and the first replies to them."""
    rows = OPENINGS.fetch(None, article=article, **policy.as_values(sections))
    said, threads_found, roots, replies = rows[0] if rows else [None] * 4  # a preview of a story that is not saved
    return said, next(iter(written(Thread, THREAD, threads_found)), Thread(pk=article)), roots, replies


def _openings(_shape: None, article: int, section: int, parent: int) -> QuerySet[Any, Any]:
    roots = Comment.objects.shown().roots().filter(thread=article).order_by("-rank", "-pk")
    place = Window(RowNumber(), partition_by="root", order_by=["published_at", "pk"])
    replies = Comment.objects.shown().filter(root__in=roots.values("pk")[: ON_THE_STORY + 1]).annotate(place=place)
    first = replies.filter(place__lte=threads.REPLIES).values("pk")
    return Article.objects.filter(pk=article).values_list(
        listed(policy.rules_at(article, [section, parent]), RULES),
        listed(Thread.objects.filter(pk=article), THREAD),
        listed(Comment.objects.filter(pk__in=roots.values("pk")[: ON_THE_STORY + 1]), SHOWN),
        listed(Comment.objects.filter(pk__in=first), [*SHOWN, *(f"parent__{name}" for name in ANSWERED)]),
    )


READ: Final = Pieces[Read](30, seconds=KEPT)
OPENINGS: Final = Prepared(_openings)
