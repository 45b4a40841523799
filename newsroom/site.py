"""The admin site of the newsroom: its first page is the desk, its language is the user's, its door may be double."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_otp.admin import OTPAdminAuthenticationForm

from newsroom.lib.http import safe_next

YEAR = 365 * 24 * 3600  # seconds


class NewsroomAdminSite(AdminSite):
    site_header = site_title = _("Newsroom")
    index_title = _("The desk")
    index_template = "admin/desk.html"
    empty_value_display = "–"
    login_form = OTPAdminAuthenticationForm if settings.SECOND_FACTOR else None

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and with their second factor shown where the setting asks for it."""
        return super().has_permission(request) and (not settings.SECOND_FACTOR or request.user.is_verified())

    def get_urls(self) -> list[URLPattern]:
        return [path("ngon-ngu/", self.admin_view(choose_language), name="language"), *super().get_urls()]


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that the admin shall speak with this person, in a cookie for a year."""
    response = HttpResponseRedirect(safe_next(request, "/admin/"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, language, YEAR, path="/admin/", secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response
