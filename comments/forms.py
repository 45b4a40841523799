"""What does a reader fill in to comment, and what is wrong with it, said in words?"""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.models import BODY_MAX, BODY_MIN, NAME_LENGTH, NOTE_LENGTH, Complaint, DataRequest
from newsroom.lib import text

CONSENT = _(
    "I agree that the newsroom keeps my name, e-mail address and comment in order to check and show it. "
    "The e-mail address is never shown."
)


def consent_digest() -> str:
    """What is kept to prove which words somebody agreed to."""
    return hashlib.sha256(str(CONSENT).encode()).hexdigest()


class LineField(forms.CharField):
    """One clean line."""

    def to_python(self, value: Any) -> str:
        return text.clean_line(super().to_python(value) or "")


class PlainTextField(forms.CharField):
    """Plain text as typed, cleaned; blank lines never more than one."""

    def to_python(self, value: Any) -> str:
        lines = [line.rstrip() for line in text.clean(super().to_python(value) or "").strip().split("\n")]
        kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
        return "\n".join(kept)


class CommentForm(forms.Form):
    """The plain form under a story and on its own page. `website` is a trap that people do not see."""

    name = LineField(
        label=_("Your name"),
        min_length=2,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Please write your name."),
            "min_length": _("Your name has at least %(limit_value)d letters."),
            "max_length": _("Your name may have up to %(limit_value)d characters."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Never shown."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address."),
            "invalid": _("This is not an e-mail address, such as ten@example.com."),
        },
    )
    body = PlainTextField(
        label=_("Your comment"),
        min_length=BODY_MIN,
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Please write your comment."),
            "min_length": _("The comment is too short."),
            "max_length": _("The comment may have up to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
    consent = forms.BooleanField(
        label=CONSENT,
        error_messages={"required": _("Please tick that you agree, or the comment cannot be taken.")},
    )
    wants_replies = forms.BooleanField(
        label=_("Send me an e-mail when somebody replies. One click ends it."), required=False
    )
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="comment-%s", label_suffix="", **options)


class TextForm(forms.Form):
    """A changed comment."""

    body = CommentForm.base_fields["body"]

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="comment-%s", label_suffix="", **options)


class AppealForm(forms.Form):
    """Why the writer thinks that the moderator was wrong."""

    words = PlainTextField(
        label=_("Why should another moderator look at it?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Please write a sentence."),
            "max_length": _("That may have up to %(limit_value)d characters; it has %(show_value)d."),
        },
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="comment-%s", label_suffix="", **options)


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Complaint.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Please choose what is wrong.")),
    )
    note = PlainTextField(
        label=_("Anything else the moderators should know"),
        help_text=_("Not needed. The writer of the comment does not see it."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("That may have up to %(limit_value)d characters; it has %(show_value)d.")},
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="report-%s", label_suffix="", **options)


class DataForm(forms.Form):
    """What a person wants to be done with the own data."""

    email = CommentForm.base_fields["email"]
    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Please choose.")),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="data-%s", label_suffix="", **options)
