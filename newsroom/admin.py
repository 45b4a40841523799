"""The admin site of the newsroom: its name, its second factor, its first page."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.admin import OTPAdminAuthenticationForm


class NewsroomAdminSite(AdminSite):
    site_header = site_title = _("Newsroom")
    index_title = _("The desk")
    login_form = OTPAdminAuthenticationForm if settings.SECOND_FACTOR else None

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and with their second factor shown where the setting asks for it."""
        return super().has_permission(request) and (not settings.SECOND_FACTOR or request.user.is_verified())
