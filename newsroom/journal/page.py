"""Who may read the journal, how is it narrowed down, and how does it leave the house?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from articles.models import Role
from articles.rights import grants_of
from comments.models import Comment
from newsroom.journal import entries, words
from newsroom.journal.entries import Cursor, Entry, Question, Sight
from newsroom.lib import dates, sheets
from newsroom.lib.audit.models import record
from newsroom.lib.people import full_name

PAGE: Final = 50  # rows
MOST_EXPORTED: Final = 50_000  # rows of one file
REACH_OF_WORDS: Final = 92  # days that are searched for words where no other time is asked for
WIDTHS: Final = [20, 24, 32, 48, 60, 18]  # of columns, in characters
FORMATS: Final = ("csv", "xlsx")


def may_read(user: Any) -> bool:
    """Administrators and the editor-in-chief, of the whole house."""
    grants = grants_of(user)
    return bool(grants.has(Role.ADMINISTRATOR) or grants.has(Role.CHIEF) or (user.is_active and user.is_superuser))


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{full_name(obj)} ({obj.get_username()})"


class Filter(forms.Form):
    """What the journal is narrowed by; the names are those of the address."""

    nguoi = PersonField(
        label=gettext_lazy("Who"),
        queryset=get_user_model()._default_manager.filter(is_staff=True).order_by("last_name", "first_name"),
        required=False,
        empty_label=gettext_lazy("Everybody"),
    )
    viec = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        choices=[("", gettext_lazy("All deeds")), *((value, label) for value, (label, _n) in words.TOPICS.items())],
    )
    tu = forms.DateField(
        label=pgettext_lazy("date", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    den = forms.DateField(
        label=pgettext_lazy("date", "To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    ve = forms.RegexField(regex=r"^[a-z_]{1,30}\.[a-z_]{1,30}:[0-9]{1,18}\Z", required=False, widget=forms.HiddenInput)

    def question(self) -> Question:
        """What is asked; words alone are looked for in the last months only, or a search would read the whole log."""
        data = self.cleaned_data
        start = data["tu"] or (dates.today() - timedelta(days=REACH_OF_WORDS) if data["q"] else None)
        kind, _colon, key = data["ve"].partition(":")
        return Question(
            person=data["nguoi"].pk if data["nguoi"] else None,
            topic=data["viec"],
            thing=(kind, key) if kind else None,
            start=dates.day_bounds(start)[0] if start else None,
            end=dates.day_bounds(data["den"])[1] if data["den"] else None,
            words=data["q"],
        )


def sight_of(request: HttpRequest) -> Sight:
    """The same rights as of the pages where these things stand."""
    return Sight(request.user, admin.site.get_model_admin(Comment).has_view_permission(request))


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    if not may_read(request.user):
        raise PermissionDenied
    form = Filter(request.GET)
    rows: list[Entry] = []
    if form.is_valid():
        cursor = Cursor.read(request.GET.get("sau", ""))
        rows = entries.page(form.question(), sight_of(request), cursor, PAGE + 1)
    asked = request.GET.copy()
    asked.pop("sau", None)
    context = {
        **admin.site.each_context(request),
        "title": _("Log"),
        "form": form,
        "rows": rows[:PAGE],
        "query": asked.urlencode(),
        "older": str(rows[PAGE - 1].cursor) if len(rows) > PAGE else "",
        "reach": REACH_OF_WORDS if asked.get("q") and not asked.get("tu") else None,
        "most": MOST_EXPORTED,
    }
    return render(request, "admin/staff/journal.html", context, status=200 if form.is_valid() else 400)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The journal as a file, as it is narrowed down; that somebody took it away stands in the journal."""
    if not may_read(request.user):
        raise PermissionDenied
    form, kind = Filter(request.GET), request.GET.get("dang", "csv")
    if not form.is_valid() or kind not in FORMATS:
        return journal(request)
    said = "&".join(f"{name}={value}" for name, value in request.GET.items() if value and name in form.fields)
    record("export.made", by=request.user, format=kind, filter=said)
    heads = [_("Time"), _("Who"), _("Deed"), _("About"), _("Detail"), _("Address")]
    rows = cells(entries.walk(form.question(), sight_of(request), MOST_EXPORTED))
    name = f"nhat-ky-{dates.today():%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        return FileResponse(sheets.xlsx_file(heads, rows, WIDTHS), as_attachment=True, filename=name)
    response = StreamingHttpResponse(sheets.csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def cells(found: Iterator[Entry]) -> Iterator[list[str]]:
    for entry in found:
        at = f"{dates.local(entry.at):%Y-%m-%d %H:%M:%S}"
        yield [at, entry.who, entry.deed, entry.thing, "\n".join(entry.lines), entry.address]
