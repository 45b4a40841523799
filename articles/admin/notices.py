"""What does the desk ask when a published story changes or is taken down? Forms that make a `Notice`."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import links
from articles.models import Article, PublicVersion
from articles.notices import LINE_LENGTH, Notice, Reason

GONE, LED_ON = "gone", "led_on"


class ChangeForm(forms.Form):
    """What kind of change is published, and the line that tells readers; what is lacking is said by the verb."""

    change_kind = forms.ChoiceField(
        required=False,
        choices=[
            (PublicVersion.Kind.TYPO, gettext_lazy("Small mistake: readers are not told")),
            (PublicVersion.Kind.UPDATE, gettext_lazy("Update: something was added")),
            (PublicVersion.Kind.CORRECTION, gettext_lazy("Correction: something was wrong")),
        ],
        widget=forms.RadioSelect,
    )
    change_line = forms.CharField(required=False, max_length=4 * LINE_LENGTH)  # the verb says what is too long

    def notice(self) -> Notice:
        """The notice of a valid form."""
        return Notice(kind=self.cleaned_data["change_kind"], line=self.cleaned_data["change_line"])


class WithdrawForm(forms.Form):
    """Why a story is taken down, and what its readers get from then on."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[("", "—"), *Reason.choices],
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note to colleagues"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stays in the house, in the log of the story and in the record."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Document"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Number, date and issuer of the document it rests on, if there is one."),
    )
    readers_get = forms.ChoiceField(
        label=gettext_lazy("Readers get"),
        choices=[
            (GONE, gettext_lazy("a page that says the story is no longer available (410)")),
            (LED_ON, gettext_lazy("another story (301)")),
        ],
        initial=GONE,
        widget=forms.RadioSelect,
    )
    target = forms.CharField(
        label=gettext_lazy("Address or number of the other story"), max_length=500, required=False
    )

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.article = article

    def clean(self) -> dict[str, Any]:
        """Find the other story; it counts only where readers are led on."""
        cleaned = super().clean() or {}
        cleaned["redirect"] = None
        if cleaned.get("readers_get") == LED_ON:
            number = links.story_number(cleaned.get("target", "").strip())
            found = Article.objects.published().filter(pk=number or 0).exclude(pk=self.article.pk).first()
            if found is None:
                self.add_error("target", _("Readers can only be led to another story that is published."))
            else:
                cleaned["redirect"] = found.pk
        return cleaned

    def notice(self) -> Notice:
        """The notice of a valid form."""
        given = self.cleaned_data
        return Notice(reason=given["reason"], basis=given["basis"], redirect=given["redirect"])
