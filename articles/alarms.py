"""Who is told when a scheduled update came late or not at all?"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from articles import telling
from articles.models import Article, NoticeKind, Role, RoleGrant, Transition
from articles.releasing import Failure
from newsroom.lib import mail

TEMPLATE = "admin/articles/mail/update_failed.txt"


def tell(released: list[Transition], failures: list[Failure]) -> int:
    """Write to those concerned, once a story; returns the number of letters that went out."""
    troubles = [(step.article, step.note) for step in released if step.note]
    troubles += [(failure.article, failure.error) for failure in failures if failure.is_first]
    for article, why in troubles:  # the letters below go out whatever anybody chose
        telling.tell(publishers(article), NoticeKind.LATE, article, why, by=None)
    letters: list[tuple[Article, dict[str, object]]] = [
        (step.article, {"step": step}) for step in released if step.note
    ]
    letters += [(failure.article, {"error": failure.error}) for failure in failures if failure.is_first]
    return sum(
        mail.send(mail.compose(TEMPLATE, {"article": article, **context}, address))
        for article, context in letters
        for address in sorted(recipients(article))
    )


def publishers(article: Article) -> QuerySet[Any]:
    """Those who publish in the story's section."""
    section = article.desk_section
    places = Q(section=None) | Q(section__in=section.line if section else [])
    holders = RoleGrant.objects.in_force().filter(places, role__in=(Role.PUBLISHER, Role.CHIEF)).values("user")
    return get_user_model().objects.filter(is_active=True, is_staff=True, pk__in=holders)


def recipients(article: Article) -> set[str]:
    """Those who publish in the story's section, and the addresses that get error reports."""
    people = publishers(article).exclude(email="")
    return {*people.values_list("email", flat=True), *(address for _name, address in settings.ADMINS)}
