"""How do pictures come in by the dozen, and how does the story form choose one from the library?"""

import logging
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import pictures, renditions
from articles.models import Image
from articles.rights import Grants, Person, grants_of
from newsroom.lib import text
from newsroom.lib.parts import holding

ACCEPTED = ".jpg,.jpeg,.png,.webp,.avif,.gif,image/jpeg,image/png,image/webp,image/avif,image/gif"
FILES_AT_ONCE = 50
PICKED_PER_PAGE = 24
NOT_STORED = gettext_lazy("The store of pictures is full or does not answer: nothing was changed. Try again later.")
JSON = "application/json"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one file: taken, refused with a reason, or known already."""

    name: str
    image: Image | None = None
    reason: str = ""
    duplicate: Image | None = None
    status: int = 200

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "reason": self.reason,
            "picture": described(self.image) if self.image else None,
            "duplicate": described(self.duplicate) if self.duplicate else None,
        }


class SharedWordsForm(forms.Form):
    """What is true of all files of one upload; a file's own words are used where this is left empty."""

    credit = forms.CharField(
        label=gettext_lazy("Credit for all"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Left empty, each file's own credit is read from its IPTC data."),
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption for all"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rights = forms.CharField(
        label=gettext_lazy("Rights"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def grants(request: HttpRequest) -> Grants:
    """The person's roles, asked for once a request."""
    if not hasattr(request, "newsroom_grants"):
        request.newsroom_grants = grants_of(request.user)  # type: ignore[attr-defined]
    return request.newsroom_grants  # type: ignore[attr-defined]


def found(images: QuerySet[Image], words: str) -> QuerySet[Image]:
    """Pictures whose title, caption, credit, description or file name hold all the words, marks or not."""
    for word in text.fold(words).split()[:8]:
        images = images.filter(holding("fold", word))
    return images


def described(image: Image) -> dict[str, Any]:
    """A picture as the picker and the editor read it."""
    return {
        "id": image.pk,
        "title": image.title,
        "caption": image.caption,
        "credit": image.credit,
        "alt": image.alt,
        "url": renditions.url(image, "full", 800),
        "thumb": renditions.url(image, "card", 320),
        "width": image.width,
        "height": image.height,
        "change": image.get_absolute_url(),
    }


# --- upload -----------------------------------------------------------------------------------------------------


def upload(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The page that takes many files at once, each on its own: one that is refused does not cost the others."""
    if not pictures.may_add(grants(request)):
        raise PermissionDenied
    form = SharedWordsForm(request.POST if request.method == "POST" else None)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        files = request.FILES.getlist("files")
        shared = {name: value for name, value in form.cleaned_data.items() if value}
        outcomes = [take(file, request.user, shared) for file in files[:FILES_AT_ONCE]]
        too_many = _("Too many files at once.")
        outcomes += [Outcome(file.name or "", reason=too_many, status=413) for file in files[FILES_AT_ONCE:]]
        if not files:
            form.add_error(None, _("Choose at least one file."))
        for outcome in outcomes:
            if outcome.image:
                model_admin.log_addition(request, outcome.image, [{"added": {}}])
    status = _status(request, outcomes)
    if request.headers.get("Accept") == JSON:
        answer = {"outcomes": [each.as_json() for each in outcomes], "errors": form.errors.get_json_data()}
        return JsonResponse(answer, status=status)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Add pictures"),
        "opts": model_admin.opts,
        "form": form,
        "outcomes": outcomes,
        "accepted": ACCEPTED,
        "max_bytes": model_admin.max_bytes,  # type: ignore[attr-defined]
    }
    return TemplateResponse(request, "admin/articles/image/upload.html", context, status=status)


def take(file: File, by: Person, shared: dict[str, Any]) -> Outcome:
    name = text.clean_line(file.name or "")
    try:
        return Outcome(name, pictures.add_picture(file, by=by, **shared))
    except pictures.PictureRefused as refused:
        status = {"too_large": 413, "duplicate": 409}.get(refused.code or "", 400)
        return Outcome(name, reason=refused.messages[0], duplicate=refused.duplicate, status=status)
    except ValidationError as invalid:
        return Outcome(name, reason=" ".join(invalid.messages), status=400)
    except OSError:
        logger.exception("a picture was not stored")
        return Outcome(name, reason=str(NOT_STORED), status=503)


def _status(request: HttpRequest, outcomes: list[Outcome]) -> int:
    """200 if anything was taken or nothing sent; else why the first was not."""
    if request.method != "POST" or any(outcome.image for outcome in outcomes):
        return 200
    return outcomes[0].status if outcomes else 400


# --- choose -----------------------------------------------------------------------------------------------------


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """The library inside a dialog: a page of tiles that answer to `?q=` and `?p=`."""
    if not pictures.may_add(grants(request)):
        raise PermissionDenied
    words, number = text.clean_line(request.GET.get("q", ""))[:200], _page(request.GET.get("p", ""))
    start = (number - 1) * PICKED_PER_PAGE
    images = list(found(Image.objects.all(), words)[start : start + PICKED_PER_PAGE + 1])
    context = {
        "words": words,
        "tiles": [(image, described(image)) for image in images[:PICKED_PER_PAGE]],
        "previous": number - 1,
        "next": number + 1 if len(images) > PICKED_PER_PAGE else None,
        "accepted": ACCEPTED,
        "upload_url": reverse("admin:articles_image_add"),
    }
    return TemplateResponse(request, "admin/articles/image/pick.html", context)


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One picture as JSON."""
    if not pictures.may_add(grants(request)):
        raise PermissionDenied
    return JsonResponse(described(get_object_or_404(Image, pk=pk)))


def _page(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) <= 4 else 1
