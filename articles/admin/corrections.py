"""Where are formal corrections written and published? Buttons call the verbs of `articles.correcting`."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import correcting, links
from articles.admin.desk import signed_in
from articles.models import Article, Correction
from articles.readiness import Refused
from newsroom.lib import dates


class StoryField(forms.CharField):
    """A story by its address or number: a list of a million stories is no field."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return f"#{value}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Article | None:
        written = super().clean(value).strip()
        if not written:
            return None
        found = Article.objects.filter(pk=links.story_number(written) or 0, first_published_at__isnull=False).first()
        if found is None:
            raise ValidationError(_("There is no published story with this address or number."))
        return found


class CorrectionForm(forms.ModelForm):
    article = StoryField(
        label=gettext_lazy("Story"),
        required=False,
        help_text=gettext_lazy("Its address or number. Empty: the mistake was printed elsewhere."),
    )

    def clean(self) -> dict[str, Any]:
        """Due before the newsroom knew of it: no."""
        cleaned = super().clean() or {}
        received, due = cleaned.get("received_at"), cleaned.get("due_at")
        if received and due and due < received:
            self.add_error("due_at", _("It cannot be due before the newsroom learnt of it."))
        return cleaned


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", gettext_lazy("Overdue")), *Correction.Stage.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Correction]) -> QuerySet[Correction]:
        if self.value() == "overdue":
            return queryset.filter(stage=Correction.Stage.DRAFT, due_at__lt=timezone.now())
        return queryset.filter(stage=self.value()) if self.value() in Correction.Stage.values else queryset


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """Corrections and apologies: drafts can be changed, what is published cannot."""

    form = CorrectionForm
    fieldsets = [
        (
            gettext_lazy("What was wrong"),
            {"fields": ["article", "work_title", "section_name", "false_on", "false_content"]},
        ),
        (gettext_lazy("What readers are told"), {"fields": ["corrected_content", "apology", "basis"]}),
        (gettext_lazy("Party concerned"), {"fields": ["party", "notified_at", "notified_how"]}),
        (gettext_lazy("Time"), {"fields": ["received_at", "due_at"]}),
    ]
    list_display = ["work_title", "state", "received", "due", "published"]
    list_filter = [StateFilter]
    list_select_related = ["article__section"]
    ordering = ["-received_at", "-pk"]
    search_fields = ["work_title"]
    view_on_site = False
    actions = None
    change_list_template = "admin/articles/correction/change_list.html"
    change_form_template = "admin/articles/correction/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        """Drafts are for those who may write them."""
        return correcting.shown_to(request.user).order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: Correction | None = None) -> Any:
        """Where nothing can be changed, the story stands as readers know it."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        title, options = self.fieldsets[0]
        fields = ["story" if name == "article" else name for name in options["fields"]]
        return [(title, {"fields": fields}), *self.fieldsets[1:]]

    @admin.display(description=gettext_lazy("Story"))
    def story(self, correction: Correction) -> str:
        article = correction.article
        return f"#{article.pk} {article.public_headline}".strip() if article else "–"

    @admin.display(description=gettext_lazy("state"), ordering="stage")
    def state(self, correction: Correction) -> str:
        label = _("Overdue") if correction.is_overdue else correction.get_stage_display()
        return render_to_string("admin/articles/correction/state.html", {"correction": correction, "label": label})

    @admin.display(description=gettext_lazy("learnt of at"), ordering="received_at")
    def received(self, correction: Correction) -> str:
        return dates.stamp(correction.received_at)

    @admin.display(description=gettext_lazy("due at"), ordering="due_at")
    def due(self, correction: Correction) -> str:
        return dates.stamp(correction.due_at)

    @admin.display(description=gettext_lazy("published at"), ordering="published_at")
    def published(self, correction: Correction) -> str:
        return dates.stamp(correction.published_at) if correction.published_at else "–"

    def has_view_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        return correcting.may(request.user, correcting.WRITERS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return correcting.may(request.user, correcting.WRITERS)

    def has_change_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        if obj is not None and obj.is_published:
            return False
        return correcting.may(request.user, correcting.WRITERS, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        return False  # a complaint that came in stays on file

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        obj.created_by_id = obj.created_by_id or signed_in(request).pk
        correcting.save(obj, by=signed_in(request))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """As Django does it; a published correction takes no form, but may be taken back from here."""
        correction = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and correction is not None and "_take_back" in request.POST:
            return self.take_back(request, correction)
        told = {"correction": correction, **self.buttons(request, correction)}
        try:
            return super().changeform_view(request, object_id, form_url, {**told, **(extra_context or {})})
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)

    def buttons(self, request: HttpRequest, correction: Correction | None) -> dict[str, bool]:
        """Which buttons the page shows to this person."""
        published = correction is not None and correction.is_published
        return {
            "may_publish": not published and correcting.may(request.user, correcting.PUBLISHERS, correction),
            "may_take_back": published and correcting.may(request.user, correcting.CHIEF, correction),
        }

    def response_add(
        self, request: HttpRequest, obj: Correction, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Correction) -> HttpResponse:
        return self.saved(request, obj)

    def saved(self, request: HttpRequest, correction: Correction) -> HttpResponse:
        """Tell that the draft is kept; publish it where that button was pressed."""
        if "_publish" not in request.POST:
            messages.success(request, _("The correction is saved as a draft."))
            return self.back(correction)
        try:
            correcting.publish(correction.pk, by=signed_in(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The correction is published."))
        return self.back(correction)

    def take_back(self, request: HttpRequest, correction: Correction) -> HttpResponse:
        try:
            correcting.take_back(correction.pk, by=signed_in(request), note=request.POST.get("verb_note", ""))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The correction is a draft again."))
        return self.back(correction)

    def back(self, correction: Correction) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_correction_change", args=[correction.pk]))
