"""Where are the lists of terms kept? Each shows how often it was right; a new one is tried before it is saved."""

from typing import Any, Final, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.rights import grants_of
from comments import terms, trying
from comments.models import Term
from comments.sentences import FORMS
from comments.words.reading import read
from newsroom.lib import text
from newsroom.lib.audit.changes import LoggedAdmin
from newsroom.lib.sheets import csv_lines

TRY: Final = "_try"  # the button that looks and does not save
LONGEST: Final = 80  # characters of a term
MOST_LINES: Final = 2000  # pasted at once
FOUND_AT_MOST: Final = 500  # terms by one search


def checked(written: str) -> str:
    """The term as it is stored: one clean line with something in it to look for. Raises ValidationError."""
    line = text.clean_line(written)
    letters = "".join(token.text for token in read(line).tokens)
    if len(letters) == 1 or not (letters or any(ord(char) >= 0x2600 for char in line)):
        raise ValidationError(_("Write a word, a phrase or an emoji: a single letter would be found everywhere."))
    return line


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["text", "kind", "section", "is_trial", "expires_at", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["section"]).empty_label = _("all sections")

    def clean_text(self) -> str:
        return checked(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Twice in one list: no, whatever the capitals."""
        cleaned = super().clean() or {}
        same = Term.objects.filter(kind=cleaned.get("kind"), section=cleaned.get("section"))
        others = same.exclude(pk=self.instance.pk).values_list("text", flat=True)
        written = text.identity(cleaned.get("text", ""))
        if written and any(text.identity(other) == written for other in others):
            self.add_error("text", _("The list holds this term already."))
        return cleaned

    def is_valid(self) -> bool:
        """Trying saves nothing: the page comes back as it was filled in."""
        return super().is_valid() and TRY not in self.data


class LinesForm(forms.Form):
    """Many terms at once, one a line."""

    lines = forms.CharField(
        label=gettext_lazy("Terms, one a line"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Term.Kind.choices, initial=Term.Kind.SUSPECT)
    is_trial = forms.BooleanField(
        label=gettext_lazy("On trial"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Is counted, and holds up nothing."),
    )

    def clean_lines(self) -> list[str]:
        lines = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(n)d lines at once."), params={"n": MOST_LINES})
        wrong = [line[:40] for line in lines if not _is_good(line)]
        if wrong:
            raise ValidationError(_("These lines cannot be terms: %(lines)s"), params={"lines": "; ".join(wrong[:10])})
        return list({text.identity(line): line for line in map(checked, lines)}.values())


def _is_good(line: str) -> bool:
    try:
        return len(checked(line)) <= LONGEST
    except ValidationError:
        return False


class InForceFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "in-force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("yes", gettext_lazy("in force")),
            ("trial", gettext_lazy("on trial")),
            ("over", gettext_lazy("run out")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> QuerySet[Term]:
        over = models.Q(expires_at__lte=timezone.now())
        running = models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
        asked = {"yes": running & models.Q(is_trial=False), "trial": running & models.Q(is_trial=True), "over": over}
        return queryset.filter(asked.get(self.value() or "", models.Q()))


@admin.register(Term)
class TermAdmin(LoggedAdmin, admin.ModelAdmin):
    form = TermForm
    noun = "term"
    list_display = ["text", "list_name", "state", "hits", "upheld", "cleared"]
    list_filter = [InForceFilter, "kind"]
    list_select_related = ["section__parent"]
    list_per_page = 100
    ordering = ["-hits", "text", "pk"]
    search_fields = ["text"]
    search_help_text = gettext_lazy("With or without marks")
    change_list_template = "admin/comments/term/change_list.html"
    change_form_template = "admin/comments/term/change_form.html"
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }

    def has_module_permission(self, request: HttpRequest) -> bool:
        return terms.may_edit(grants_of(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    @admin.display(description=gettext_lazy("list"), ordering="kind")
    def list_name(self, term: Term) -> str:
        kind = term.get_kind_display().partition(":")[0]
        return f"{kind} · {term.section}" if term.section else kind

    @admin.display(description=gettext_lazy("state"), ordering="is_trial")
    def state(self, term: Term) -> str:
        is_over = term.expires_at is not None and term.expires_at <= timezone.now()
        return render_to_string("admin/comments/term/state.html", {"term": term, "is_over": is_over})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Term], search_term: str
    ) -> tuple[QuerySet[Term], bool]:
        asked = text.fold(search_term)
        if not asked:
            return queryset, False
        rows = queryset.order_by().values_list("pk", "text").iterator()
        return queryset.filter(pk__in=[pk for pk, said in rows if asked in text.fold(said)][:FOUND_AT_MOST]), False

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: bool) -> None:
        terms.save(obj, request.user)

    def delete_model(self, request: HttpRequest, obj: Term) -> None:
        terms.remove([obj.pk], request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        terms.remove(list(queryset.values_list("pk", flat=True)), request.user)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if TRY in request.POST and not form.errors:
            tried = trying.tried(form.instance)
            spellings = [(FORMS.get(name, _("as it stands")), number) for name, number in tried.forms.most_common()]
            context |= {"tried": tried, "spellings": spellings, "asked": form.instance}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("nhieu-tu/", view(self.many_view), name="comments_term_many"),
            path("tu-cam.csv", view(self.export_view), name="comments_term_export"),
            *super().get_urls(),
        ]

    def many_view(self, request: HttpRequest) -> HttpResponse:
        """Terms pasted by the line; what the list holds already stays as it is."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LinesForm(request.POST or None, label_suffix="")
        if request.method == "POST" and form.is_valid():
            chosen = {"kind": form.cleaned_data["kind"], "is_trial": form.cleaned_data["is_trial"]}
            added = terms.add_many([Term(text=line, **chosen) for line in form.cleaned_data["lines"]], request.user)
            messages.success(request, ngettext("%(n)d term added.", "%(n)d terms added.", added) % {"n": added})
            return HttpResponseRedirect(reverse("admin:comments_term_changelist"))
        context = {**self.admin_site.each_context(request), "title": _("Many terms"), "opts": self.opts, "form": form}
        return TemplateResponse(request, "admin/comments/term/many.html", context)

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        heads = [str(label_for_field(name, Term)) for name in EXPORTED]
        rows = Term.objects.select_related("section__parent").order_by("kind", "text", "pk").iterator(chunk_size=500)
        lines = csv_lines(heads, ([_said(term, name) for name in EXPORTED] for term in rows))
        return StreamingHttpResponse(
            lines, content_type="text/csv", headers={"Content-Disposition": 'attachment; filename="tu-cam.csv"'}
        )


EXPORTED: Final = ["text", "kind", "section", "is_trial", "expires_at", "note", "hits", "upheld", "cleared"]


def _said(term: Term, name: str) -> str:
    """One cell, in words."""
    if name == "kind":
        return term.get_kind_display()
    if name == "is_trial":
        return _("yes") if term.is_trial else ""
    if name == "expires_at":
        return timezone.localtime(term.expires_at).isoformat(timespec="minutes") if term.expires_at else ""
    value = getattr(term, name)
    return "" if value is None else str(value)
