"""Where do writers see what a proof-reader would remark, and mend it? The panel of writing aids beside the form.

Nothing is mended unasked. Scripts mend in the form itself; without them a button saves the text, then mends it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import aids, editing
from articles.admin import desk, heartbeat, typed
from articles.admin.forms import ArticleForm
from articles.aids import Remark
from articles.models import Article
from articles.readiness import Refused
from articles.writing import Conflict, may_edit
from newsroom.lib import html
from newsroom.lib.proofreading import Kind

WORDS: Final = {
    Kind.CHARACTERS: gettext_lazy("Letters that only look right"),
    Kind.TELEX: gettext_lazy("Keys of Telex"),
    Kind.VNI: gettext_lazy("Keys of VNI"),
    Kind.MISPLACED: gettext_lazy("Tone on the wrong vowel"),
    Kind.TONES: gettext_lazy("Tone not where the house puts it"),
    Kind.PUNCTUATION: gettext_lazy("Spaces beside a punctuation mark"),
    Kind.SPACES: gettext_lazy("Too many spaces"),
    Kind.NO_BREAK: gettext_lazy("No-break space, left from copying"),
    Kind.QUOTES: gettext_lazy("Odd quotation mark"),
    Kind.UNBALANCED: gettext_lazy("Quotation mark without its other half"),
}
TWO_WAYS: Final = gettext_lazy("Spelled in two ways in this story")
_VISIBLE: Final = str.maketrans({" ": "␣", "\u00a0": "⍽"})


@dataclass(frozen=True)
class Row:
    """A remark as the panel shows it."""

    remark: Remark
    label: str  # the field

    @property
    def there(self) -> str:
        """What is there, with spaces that can be seen where they matter."""
        return self._seen(self.remark.finding.there)

    @property
    def mend(self) -> str:
        return self._seen(self.remark.finding.mend or "") or "∅"

    @property
    def before(self) -> str:
        """The text before it, which may have been cut."""
        return ("…" if len(self.remark.before) == aids.CONTEXT else "") + self.remark.before

    @property
    def after(self) -> str:
        return self.remark.after + ("…" if len(self.remark.after) == aids.CONTEXT else "")

    def _seen(self, text: str) -> str:
        return text if text[:1].isalpha() else text.translate(_VISIBLE)


@dataclass(frozen=True)
class Group:
    """The remarks of one kind."""

    kind: Kind
    words: str
    rows: list[Row]

    @property
    def keys(self) -> str:
        """Those that a press of one button mends."""
        return ",".join(row.remark.key for row in self.rows if row.remark.finding.mend is not None)


@dataclass(frozen=True)
class Panel:
    groups: list[Group]
    count: int

    @property
    def is_cut(self) -> bool:
        return self.count > aids.MOST


# --- what is shown ----------------------------------------------------------------------------------------------


def panel(form: ArticleForm) -> Panel:
    """The remarks on what stands in the form, saved or not."""
    values = {name: str(form[name].value() or "").replace("\r\n", "\n") for name in aids.FIELDS}
    if len(values["body"]) > html.MAX_HTML:  # the form itself refuses it
        values["body"] = ""
    found = aids.remarks(values)
    return Panel(grouped(found[: aids.MOST], form), len(found))


def grouped(found: Iterable[Remark], form: ArticleForm) -> list[Group]:
    rows: dict[Kind, list[Row]] = defaultdict(list)
    for remark in found:
        rows[remark.kind].append(Row(remark, str(form[remark.field].label)))
    return [Group(kind, words_for(kind), rows[kind]) for kind in Kind if rows[kind]]


def words_for(kind: Kind) -> str:
    """What is wrong."""
    return str(TWO_WAYS if kind is Kind.TONES and aids.house_style() is None else WORDS[kind])


@require_POST
def aids_view(request: HttpRequest, article_id: int | None = None) -> HttpResponse:
    """The remarks on what is being typed, as a piece of the page; for those who may change the text."""
    if (refusal := heartbeat.signed_out(request)) is not None:
        return refusal
    article = typed.find(request, article_id) if article_id else None
    if (refusal := heartbeat.no_right(request, article)) is not None:
        return refusal
    form = ArticleForm(request.POST, instance=article)
    return TemplateResponse(request, "admin/articles/article/aids.html", {"aids": panel(form)})


# --- what is mended without scripts -----------------------------------------------------------------------------


def mend_and_tell(request: HttpRequest, article: Article) -> None:
    """Mend the remarks of the pressed button in the text just saved, as a version of its own."""
    by, revision = desk.signed_in(request), article.working_revision
    if revision is None or not may_edit(by, article):
        raise PermissionDenied
    keys = set(request.POST.get("_mend", "").split(",")[: aids.MOST])
    values, done = aids.mended(aids.values_of(revision.snapshot), keys)
    if done:
        label = editing.in_house_language(gettext_lazy("Writing aids"))
        try:
            editing.resolve(article, aids.with_values(revision.snapshot, values), article.version, by, label=label)
        except (Refused, Conflict) as told:
            messages.error(request, str(told))
            return
        messages.success(request, told_of(done))
    if len(done) < len(keys):
        messages.warning(request, _("What is no longer where it was has not been mended: look at the list again."))


def told_of(done: list[Remark]) -> str:
    """What was mended, in a line."""
    if len(done) == 1:
        found = done[0].finding
        return _("Mended: %(there)s → %(mend)s") % {"there": found.there, "mend": found.mend}
    return ngettext("%(count)d place mended.", "%(count)d places mended.", len(done)) % {"count": len(done)}


urls: list[URLPattern] = [
    path("soat-loi/", aids_view, name="articles_article_aids_new"),
    path("<int:article_id>/soat-loi/", aids_view, name="articles_article_aids"),
]
