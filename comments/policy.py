"""Does a story take comments, and do they wait? Asked in turn: the story, its section, the parent section, "held"."""

from articles.models import Article, CommentPolicy, Publication


def policy_of(article: Article, publication: Publication) -> CommentPolicy:
    """The policy that holds for a story: OPEN, TRUSTED or HELD (it takes comments), CLOSED, HIDDEN (it shows none).

    A story that readers cannot see takes none, and the paper's own switch closes every story at once.
    """
    line = reversed(article.section.line) if article.section else []
    said = [article.comment_policy, *(section.comment_policy for section in line)]
    policy = CommentPolicy(next((word for word in said if word), CommentPolicy.HELD))
    if policy == CommentPolicy.HIDDEN:
        return policy
    return policy if publication.comments_open and article.is_public else CommentPolicy.CLOSED


def takes_comments(policy: CommentPolicy) -> bool:
    return policy in (CommentPolicy.OPEN, CommentPolicy.TRUSTED, CommentPolicy.HELD)
