"""The showcase in the admin: readers' components in a frame as wide as a device, in light, in dark, or in both."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import archive, front_pages, fronts, pages, seo
from articles.archive import Period, Picked
from articles.queries import Query, Within
from articles.views.preview import AnswerForm
from articles.views.search import Asked
from comments.forms import AppealForm, CommentForm, ReportForm
from newsroom.lib import dates
from newsroom.showcase import colours
from newsroom.showcase.cast import BODY, EMBED, HEADLINES, Paper

SHEETS: Final = [
    f"css/{name}.css"
    for name in "article comments most-read corrections archive search article-forms preview showcase".split()
]


def patterns(wrap: Callable[..., Any]) -> list[URLPattern]:
    return [path("giao-dien/", wrap(showcase), name="showcase")]


@require_safe
def showcase(request: HttpRequest) -> HttpResponse:
    """The desk around it speaks the language of whoever is signed in, the paper in it that of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        document = render_to_string("showcase/components.html", context(Paper()))
    shown = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "title": _("Look of the paper")}
    response = render(request, "admin/showcase.html", {**shown, "document": str(document)})
    return pages.with_players(request, response, document)


def context(paper: Paper) -> dict[str, Any]:
    """What the partials ask for, under the names that pages give it."""
    css, today = colours.sheet(), dates.today()
    month = Period(today.year, today.month)
    return {
        "paper": paper,
        "sheets": SHEETS,
        "chrome": paper.chrome,
        "meta": seo.Meta(title=_("Look of the paper"), path=reverse("admin:showcase"), robots=seo.NO_INDEX),
        "section": paper.sub,
        "article": paper.story_at_hand,
        "reading": paper.reading,
        "around": fronts.Around(related=[paper.upright, paper.bare, *paper.stories[2:4]], more=paper.stories[1:5]),
        "most_read": paper.most_read,
        "front": {"corrections": [paper.correction]},
        "section_block": front_pages.Block(paper.section, paper.stories[0], paper.stories[1:5]),
        "weeks": archive.calendar(month, Counter({today: 12, month.first: 3})),
        "heading": month.first,
        "crumbs": [(_("Archive"), reverse("archive")), (str(today.year), archive.address(Period(today.year)))],
        "paging": fronts.Paging(5, 50, leads_on=True),
        "body": paper.body(BODY),
        "film": paper.body(EMBED),
        "film_with_poster": paper.body(EMBED, poster=True),
        "impossible": Picked("31", "02", str(today.year), error=_("There is no such day in the calendar.")),
        "steps": colours.steps(css),
        "pairs": colours.pairs(css),
        "page": paper.thread,
        **forms(paper),
    }


def forms(paper: Paper) -> dict[str, Any]:
    """The forms, each filled in wrongly, and a search that found nothing."""
    within = Within(section=paper.section, since=dates.today(), until=dates.today())
    typed = {"chuyen-muc": paper.section.slug, "tac-gia": "zzz", "tu": "14/01/2021", "den": "99/99/2021"}
    errors = {"author": _("No author has this name."), "den": _("Please write the date as in 14/01/2021.")}
    answer = AnswerForm({"name": "", "remark": HEADLINES[0]})
    return {
        "report_form": ReportForm(),
        "appeal_form": AppealForm(),
        "own_comment": paper.own_comment,
        "questions_asked": (paper.questions, paper.pieces),
        "wrong_comment": CommentForm({"name": "", "email": "thu-dien-tu", "body": HEADLINES[0]}),
        "answer": answer,
        "token": "mau",
        "asked": Asked(Query.read("“sông hồng” bãi giữa"), typed, within, errors=errors),
        "unknown": ["xyz"],
        "without": ("bãi giữa", "?q=mau"),
    }
