"""The admin site of the newsroom: its first page is the desk, its language is the user's, its door may be double."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.templatetags import admin_list
from django.contrib.auth import get_user, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_otp import devices_for_user
from django_otp.forms import OTPAuthenticationFormMixin
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import locks
from newsroom.lib.http import safe_next
from newsroom.staff import signing

YEAR = 365 * 24 * 3600  # seconds

logger = logging.getLogger(__name__)


class SignInForm(AdminAuthenticationForm):
    """Name and password. Django only asks the browser to keep the name short; the log of failures needs it so."""

    def clean_username(self) -> str:
        if len(self.cleaned_data["username"]) > (get_user_model()._meta.get_field("username").max_length or 0):
            raise self.get_invalid_login_error()
        return self.cleaned_data["username"]


class TwoFactorForm(OTPAuthenticationFormMixin, SignInForm):
    """Name, password and a code: the six digits of the phone, or a recovery code, told apart by their look."""

    otp_token = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Six digits from the app on your phone, or one of your recovery codes."),
        error_messages={"required": gettext_lazy("Please enter the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    otp_error_messages = {
        **OTPAuthenticationFormMixin.otp_error_messages,
        "invalid_token": gettext_lazy("The code is wrong or was used already. Please wait for the next one."),
        "device_required": gettext_lazy("No second factor is set up for you. Please ask an administrator for one."),
        "n_failed_attempts": gettext_lazy("Too many wrong codes. Please wait a moment, then try again."),
    }

    def clean_otp_token(self) -> str:
        return "".join(self.cleaned_data["otp_token"].split()).replace("-", "").lower()

    def clean(self) -> dict[str, Any]:
        if "otp_token" not in self.cleaned_data:
            return self.cleaned_data  # without a code nobody learns whether the password is right
        cleaned = super().clean()
        try:
            self.clean_otp(self.get_user())
        except forms.ValidationError:
            logger.warning("second factor refused: %r", self.get_user().get_username())
            raise
        return cleaned

    def _update_form(self, user: Any) -> None:
        """The password is typed again: no page repeats it."""

    def _chosen_device(self, user: Any) -> Device | None:
        token = self.cleaned_data["otp_token"]
        kind = TOTPDevice if len(token) == 6 and token.isdecimal() else StaticDevice
        return next((device for device in devices_for_user(user, for_verify=True) if isinstance(device, kind)), None)


@dataclass(frozen=True)
class Pages:
    """Pages that are no model's: their addresses, and the group of links to those that a person may open."""

    patterns: Callable[[Callable[..., Any]], list[URLPattern]]  # takes what lets only staff in
    listed: Callable[[HttpRequest], list[dict[str, Any]]]


class NewsroomAdminSite(admin.AdminSite):
    site_header = site_title = gettext_lazy("Newsroom")
    index_title = gettext_lazy("The desk")
    index_template = "admin/desk.html"
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        self.pages: list[Pages] = []
        super().__init__(name)

    @property
    def login_form(self) -> type[SignInForm]:  # type: ignore[override]
        return TwoFactorForm if settings.SECOND_FACTOR else SignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and with their second factor shown where the setting asks for it."""
        is_verified = not settings.SECOND_FACTOR or request.user.is_verified()  # type: ignore[union-attr]
        return super().has_permission(request) and is_verified

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().login(request, extra_context)
        signing.log_attempt(request, response)
        return response

    def logout(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        person = get_user(request)
        if person.pk is not None:
            locks.release_all(person.pk)
        response = super().logout(request, extra_context)
        signing.log_leaving(request, person)
        return response

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        response = super().password_change(request, extra_context)
        signing.log_new_password(request, response)
        return response

    def add_pages(self, pages: Pages) -> None:
        self.pages.append(pages)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Django's list, and after it the pages that are no model's.

        Adding leads where the model admin says that one begins (`begins_at`), if it says so.
        """
        listed = super().get_app_list(request, app_label)
        for model in (model for group in listed for model in group["models"] if model["add_url"]):
            begins_at = getattr(self._registry[model["model"]], "begins_at", None)
            model["add_url"] = reverse(begins_at) if begins_at else model["add_url"]
        return listed if app_label else [*listed, *(group for pages in self.pages for group in pages.listed(request))]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            *(pattern for pages in self.pages for pattern in pages.patterns(self.admin_view)),
            path("ngon-ngu/", self.admin_view(choose_language), name="language"),
            path(
                "r/<path:content_type_id>/<path:object_id>/", self.admin_view(self.view_on_site), name="view_on_site"
            ),
            *super().get_urls(),
        ]

    def view_on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Where readers see the thing, for those who may see it here: an address may give a headline away."""
        known = content_type_id.isdecimal() and len(content_type_id) < 10
        kind = ContentType.objects.filter(pk=content_type_id).first() if known else None
        model = kind.model_class() if kind else None
        model_admin = self._registry.get(model) if model else None
        thing = model_admin.get_object(request, object_id) if model_admin else None
        if model_admin is None or thing is None or not model_admin.has_view_permission(request, thing):
            raise Http404
        return shortcut(request, content_type_id, object_id)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that the admin shall speak with this person, in a cookie for a year."""
    response = HttpResponseRedirect(safe_next(request, "/admin/"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, language, YEAR, path="/admin/", secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """What is answered after too many failures, to the right password too."""
    context = {**admin.site.each_context(request), "title": _("Too many attempts")}
    response = render(request, "admin/locked_out.html", context, status=429)
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


def spoken_icon(value: bool | None) -> SafeString:
    """Django's icon of a yes, a no or neither, with a word for who cannot see it: Django's are Python's."""
    name, word = {True: ("yes", _("Yes")), False: ("no", _("No")), None: ("unknown", _("Unknown"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), word)


# Every list and form of the admin asks for it by this name.
admin_list._boolean_icon = spoken_icon  # type: ignore[attr-defined]
