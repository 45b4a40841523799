"""How does an editor say what stands in one place of a front page, with which words and until when?"""

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import arranging
from articles.admin import board_cards
from articles.admin.desk import signed_in
from articles.admin.widgets import PicturePicker
from articles.links import story_number
from articles.models import Article, Filling, Front, Section, Slot, Tag
from articles.models.article import HEADLINE_LENGTH
from articles.readiness import Refused
from articles.writing import Conflict
from newsroom.lib import text

# The field in which each filling names what it takes from.
NAMED_IN: Final = {Filling.STORY: "story", Filling.SECTION: "section", Filling.TAG: "tag"}


class SlotForm(forms.Form):
    """What stands in a place. Words, picture and times are those of a chosen story."""

    filling = forms.ChoiceField(
        label=gettext_lazy("This place"),
        choices=[(kind.value, kind.label) for kind in arranging.FILLINGS],
        required=False,
        widget=forms.RadioSelect,
    )
    story = forms.CharField(
        label=gettext_lazy("Story"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Its number or its address. Find it by words on the board."),
    )
    headline = forms.CharField(
        label=gettext_lazy("Own headline"),
        max_length=HEADLINE_LENGTH,
        required=False,
        help_text=gettext_lazy("For this place only; empty: the story's."),
    )
    kicker = forms.CharField(
        label=gettext_lazy("Own kicker"),
        max_length=arranging.KICKER_LENGTH,
        required=False,
        help_text=gettext_lazy("Stands above the headline; empty: the section."),
    )
    image = forms.IntegerField(label=gettext_lazy("Own picture"), required=False, min_value=1, widget=PicturePicker)
    pinned_until = forms.DateTimeField(
        label=gettext_lazy("Stands here until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"placeholder": "14/01/2021 14:39"}),
        error_messages={"invalid": gettext_lazy("The time is not one: write it as 14/01/2021 14:39.")},
        help_text=gettext_lazy("Then the place fills itself. Empty: until somebody takes it off."),
    )
    drop_after = forms.IntegerField(
        label=gettext_lazy("Let go after hours"),
        required=False,
        min_value=1,
        max_value=arranging.MOST_HOURS,
        help_text=gettext_lazy("Counted from when the story appeared."),
    )
    section = forms.ModelChoiceField(label=gettext_lazy("Section"), queryset=Section.objects.tree(), required=False)
    tag = forms.CharField(label=gettext_lazy("Keyword"), max_length=100, required=False)

    def clean_tag(self) -> Tag | None:
        name = self.cleaned_data["tag"]
        return Tag.objects.filter(name_key=text.identity(name)).first() if name else None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        name = NAMED_IN.get(given.get("filling") or Filling.AUTOMATIC)
        if name and name not in self.errors and not self.key():
            self.add_error(name, ValidationError(_("Say which one is meant: there is none like that.")))
        return given

    def key(self) -> int | None:
        """Of the story, section or keyword that is named for the chosen filling."""
        name = NAMED_IN.get(self.cleaned_data.get("filling") or Filling.AUTOMATIC)
        found = self.cleaned_data.get(name) if name else None
        return story_number(found.strip()) if isinstance(found, str) else getattr(found, "pk", None)

    def slot(self) -> Slot:
        """What a valid form says."""
        given = self.cleaned_data
        if given["filling"] != Filling.STORY:
            return Slot(given["filling"], self.key())
        return Slot(
            Filling.STORY,
            self.key(),
            headline=text.clean_line(given["headline"]),
            kicker=text.clean_line(given["kicker"]),
            image=given["image"],
            pinned_until=given["pinned_until"],
            drop_after=given["drop_after"],
        )


def filled_in(slot: Slot, story: Article | None) -> dict[str, Any]:
    """The form as the place is now; a story that stands there by itself is offered as the one to choose."""
    named: dict[str, Any] = {name: slot.key for kind, name in NAMED_IN.items() if slot.filling == kind}
    if slot.filling == Filling.TAG:
        named["tag"] = Tag.objects.filter(pk=slot.key).values_list("name", flat=True).first()
    if story is not None:
        named.setdefault("story", story.pk)
    kept = ("filling", "headline", "kicker", "image", "pinned_until", "drop_after")
    return {**{name: getattr(slot, name) for name in kept}, **named}


def slot_page(request: HttpRequest, front: Front, place: str) -> HttpResponse:
    """The form of a place; after a clash with what stands there now, and what was typed."""
    arrangement, status, clash = front.drafted, 200, ""
    groups = board_cards.groups_of(front, live=False)
    card = next(card for group in groups for card in group.cards if card.place == place)
    form = SlotForm(request.POST or None, initial=filled_in(card.slot, card.story), label_suffix="")
    if request.method == "POST" and form.is_valid():
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1
        try:
            if version != front.version:
                raise arranging.conflict(front)
            changed = arrangement.put(place, form.slot())
            arranging.save_draft(front.section, changed, by=signed_in(request), version=version)
        except Conflict as told:
            front, clash, status = arranging.front_of(front.section), str(told), 409
        except Refused as told:
            form.add_error(None, str(told))
        else:
            messages.success(request, _("The draft has this place as you said."))
            return HttpResponseRedirect(f"{front.desk_url}#{place}")
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": f"{front}: {card.label}",
        "front": front,
        "card": card,
        "form": form,
        "clash": clash,
    }
    return TemplateResponse(
        request, "admin/articles/front/slot.html", context, status=status if not form.errors else 400
    )
