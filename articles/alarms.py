"""Who is told when a scheduled update came late or not at all?"""

from django.conf import settings

from articles import telling
from articles.models import Article, NoticeKind, Transition
from articles.releasing import Failure
from articles.transitions import PUBLISHERS
from newsroom.lib import mail

TEMPLATE = "admin/articles/mail/update_failed.txt"


def tell(released: list[Transition], failures: list[Failure]) -> int:
    """Write to those concerned, once a story; returns the number of letters that went out."""
    troubles = [(step.article, step.note) for step in released if step.note]
    troubles += [(failure.article, failure.error) for failure in failures if failure.is_first]
    for article, why in troubles:  # the letters below go out whatever anybody chose
        telling.tell(telling.holders(article, PUBLISHERS), NoticeKind.LATE, article, why, by=None)
    letters: list[tuple[Article, dict[str, object]]] = [
        (step.article, {"step": step}) for step in released if step.note
    ]
    letters += [(failure.article, {"error": failure.error}) for failure in failures if failure.is_first]
    return sum(
        mail.send(mail.compose(TEMPLATE, {"article": article, **context}, address))
        for article, context in letters
        for address in sorted(recipients(article))
    )


def recipients(article: Article) -> set[str]:
    """Those who publish in the story's section, and the addresses that get error reports."""
    people = telling.holders(article, PUBLISHERS).exclude(email="")
    return {*people.values_list("email", flat=True), *(address for _name, address in settings.ADMINS)}
