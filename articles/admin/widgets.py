"""How are the special fields of a story typed in: its text, lead picture, bylines and tags?

The editor is django-ckeditor behind one widget: another one can take its place, since plain canonical HTML is stored.
"""

from typing import Any, Final

from ckeditor.widgets import CKEditorWidget
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.models import Author, Byline, Image
from articles.rendering import editor_html
from newsroom.lib import html

Rows = list[tuple[str, str]]  # bylines as they are typed: key of an author, role

# What a newsroom needs and no more; the server's allow-list (newsroom.lib.html) has the last word.
ALLOWED = (
    "p h2 h3 strong em sub sup ul ol li br hr; blockquote(pull); a[!href,title]; table thead tbody tr; "
    "th td[colspan,rowspan]; aside(box); figure(image,embed)[data-image,data-embed]; figcaption; "
    "img[!data-image,src,alt]"
)
EDITOR = {
    "skin": "moono-lisa",
    "width": "auto",
    "height": 420,
    "toolbar": [
        ["Format", "Bold", "Italic", "Subscript", "Superscript", "RemoveFormat"],
        ["BulletedList", "NumberedList", "Blockquote", "PullQuote", "InfoBox"],
        ["Figure", "Embed", "Table", "HorizontalRule"],
        ["Link", "Unlink"],
        ["Undo", "Redo", "Maximize"],
    ],
    "format_tags": "p;h2;h3",
    "extraPlugins": "divarea,widget,autogrow,newsroom",
    "removePlugins": (
        "scayt,wsc,exportpdf,forms,flash,iframe,image,image2,smiley,templates,newpage,save,print,preview,about,language,"
        "bidi,font,colorbutton,colordialog,stylescombo,styles,div,pagebreak,dialogadvtab,elementspath,find,showblocks,"
        "specialchar,copyformatting,sourcearea,uploadimage,easyimage,codesnippet,mathjax"
    ),
    "allowedContent": ALLOWED,
    "disallowedContent": "script style *[on*]",
    "entities": False,
    "basicEntities": True,
    "forcePasteAsPlainText": False,
    "pasteFromWordRemoveFontStyles": True,
    "clipboard_handleImages": False,
    "removeDialogTabs": "link:upload;link:advanced;link:target",
    "autoGrow_minHeight": 420,
    "autoGrow_onStartup": True,
    "disableNativeSpellChecker": False,
}

PICTURES: Final = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]
# CKEditor 4 sets handlers and styles in attributes; no other page of the admin may (README, "Dependencies").
editor_csp: Any = csp_update(  # its types know views of one argument only
    {
        "script-src-attr": ["'unsafe-inline'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": [*PICTURES, "data:", "blob:"],
    }
)


class StoryEditor(CKEditorWidget):
    """The text of a story; what is typed without JavaScript is plain HTML."""

    template_name = "admin/articles/widgets/editor.html"

    def __init__(self) -> None:
        super().__init__(template_name=self.template_name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # Built for each page: the plug-in's address follows the static files' storage.
        self.config = {**EDITOR, "title": _("Text"), "applicationTitle": _("Text")}
        self.external_plugin_resources = [("newsroom", static("js/ckeditor-newsroom/"), "plugin.js")]
        return super().get_context(name, value, attrs)

    def format_value(self, value: Any) -> str:
        """Pictures are shown in the editor; the sanitiser takes them out again when the text is saved.

        What is too long for it comes back as plain paragraphs: refused, but not lost.
        """
        try:
            return editor_html(value or "")
        except html.TooLong:
            return "\n".join(f"<p>{escape(line)}</p>" for line in html.to_text(value).splitlines() if line)


class PicturePicker(forms.NumberInput):
    """A picture of the library: its number, a preview, and a dialog to choose from."""

    template_name = "admin/articles/widgets/picture.html"
    input_type = "hidden"
    is_hidden = False  # its row has more to show than the input

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        number = str(value) if value else ""
        context["picture"] = Image.objects.filter(pk=number).first() if number.isdecimal() else None
        return context


class BylineRows(forms.Widget):
    """Bylines in order: rows of a name and what that person did; empty rows do not count."""

    template_name = "admin/articles/widgets/bylines.html"
    spare_rows = 2

    def get_context(self, name: str, value: Rows | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        chosen = [row for row in value or [] if row[0]]
        context["rows"] = chosen + [("", Byline.Role.TEXT.value)] * self.spare_rows
        named = {author for author, _role in chosen}
        context["authors"] = [a for a in Author.objects.all() if a.is_active or str(a.pk) in named]
        context["roles"] = Byline.Role.choices
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Rows:
        if not isinstance(data, MultiValueDict):
            return []
        return list(zip(data.getlist(f"{name}-author"), data.getlist(f"{name}-role"), strict=False))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-author" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class TagLine(forms.TextInput):
    """Tags by name, between commas; names that exist are offered while one types."""

    template_name = "admin/articles/widgets/tags.html"
