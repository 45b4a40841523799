"""How is the picture library kept: looked through, added to, described, cropped, cleared out?"""

import logging
from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from articles import pictures
from articles.admin import picture_views
from articles.admin.picture_filters import FormatFilter, LacksFilter, RightsFilter, UsedFilter, is_used
from articles.admin.picture_views import found, grants
from articles.models import Image
from newsroom.lib import dates
from newsroom.lib.fields import NFCCharField, NFCTextField
from newsroom.lib.paging import ShortPaginator
from newsroom.lib.people import full_name

logger = logging.getLogger(__name__)

MOST: Final = 2000  # pictures that are counted and paged, forty pages of tiles


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """Tiles instead of rows; every change goes through the verbs of `articles.pictures`."""

    fieldsets = [
        (None, {"fields": ["title", "caption", "credit", "alt", "is_decorative"]}),
        (
            _("Focal point"),
            {
                "fields": [("focal_x", "focal_y")],
                "description": _(
                    "In percent from the left and from the top. Cropped pictures are cut around it. Until you move it "
                    "it lies in the upper third, where heads are: no machine looks for faces."
                ),
            },
        ),
        (_("Rights"), {"fields": ["rights", ("rights_from", "rights_until")]}),
        (_("File"), {"fields": ["file_name", "measures", "uploader", "uploaded_at"]}),
    ]
    readonly_fields = ["file_name", "measures", "uploader", "uploaded_at"]
    formfield_overrides = {
        NFCCharField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})},
        NFCTextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }
    list_display = ["title"]
    list_filter = [
        UsedFilter,
        RightsFilter,
        LacksFilter,
        ("uploaded_by", admin.RelatedOnlyFieldListFilter),
        ("uploaded_at", admin.DateFieldListFilter),
        FormatFilter,
    ]
    list_select_related = ["uploaded_by"]
    list_per_page = 48
    show_full_result_count = False
    paginator = ShortPaginator
    search_fields = ["fold"]
    search_help_text = _("Title, caption, credit or file name, with or without marks")
    actions = None
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    max_bytes = settings.IMAGE_MAX_BYTES

    @admin.display(description=_("measures"))
    def measures(self, image: Image) -> str:
        return f"{image.width} × {image.height} · {image.format} · {filesizeformat(image.bytes)}"

    @admin.display(description=_("uploaded by"))
    def uploader(self, image: Image) -> str:
        who = image.uploaded_by
        return full_name(who)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The tiles say what is used: asked for those of the page alone."""
        changelist = super().get_changelist_instance(request)
        tiles: list[Any] = list(changelist.result_list)
        used = set(Image.objects.filter(is_used(), pk__in=[image.pk for image in tiles]).values_list("pk", flat=True))
        for image in tiles:
            image.is_used = image.pk in used
        changelist.result_list = tiles
        return changelist

    def get_paginator(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        paginator: Any = super().get_paginator(request, queryset, *args, **kwargs)
        paginator.parts, paginator.most = (queryset,), MOST
        return paginator

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        return found(queryset, search_term), False

    # Rights: role grants, whatever Django's own permissions say.
    def has_module_permission(self, request: HttpRequest) -> bool:
        return pictures.may_add(grants(request))

    def has_view_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        return pictures.may_add(grants(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return pictures.may_add(grants(request))

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        if obj is None:
            return pictures.may_add(grants(request))
        return pictures.may_change(request.user, obj, grants(request))

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        return self.has_change_permission(request, obj)

    # Pages
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("pick/", view(picture_views.pick), name="articles_image_pick"),
            path("<int:pk>/card/", view(picture_views.card), name="articles_image_card"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(
            request, {"title": _("Picture library"), "today": dates.today(), **(extra_context or {})}
        )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return picture_views.upload(self, request)

    @method_decorator(csrf_protect)
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """As Django's, outside a transaction: new crops take seconds to encode, and the verb opens its own."""
        image = self.get_object(request, unquote(object_id or ""))
        if image is not None:
            uses = pictures.uses_of(image, request.user)
            shown = {"subtitle": None, "uses": uses, "show_save_and_add_another": False}
            extra_context = {**shown, **(extra_context or {})}
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]
        except Image.DoesNotExist:  # deleted by somebody else meanwhile
            raise Http404 from None
        except OSError:  # no room for new crops, or the original cannot be fetched
            logger.exception("new crops were not stored")
            messages.error(request, picture_views.NOT_STORED)
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if changed:
            pictures.change_picture(obj, by=request.user, **changed)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as refused:  # used by somebody since the question was asked
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(request.path)

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        pictures.delete_picture(obj, by=request.user)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What Django asks before deleting: instead of rows, the stories and authors that would lose the picture."""
        protected = [
            format_html('<a href="{}">{}</a> ({})' if use.url else "{}{} ({})", use.url, use, use.where)
            for image in objs
            for use in pictures.uses_of(image, request.user)
        ]
        return list(map(str, objs)), {str(self.opts.verbose_name_plural): len(objs)}, set(), protected
