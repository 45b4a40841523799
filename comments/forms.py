"""What does a reader fill in to comment, and what is wrong with it, said in words?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.models import BODY_MAX, BODY_MIN, NAME_LENGTH
from newsroom.lib import text


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
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="comment-%s", label_suffix="", **options)
