"""Who works here, and as what? Members of staff in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static import admin as static_codes
from django_otp.plugins.otp_totp import admin as totp

from articles.models import RoleGrant
from newsroom.roles import join_groups

# Groups follow from roles (newsroom.roles); second factors are told once, by manage.py second_factor.
admin.site.unregister([get_user_model(), Group, totp.TOTPDevice, static_codes.StaticDevice])


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant
    fk_name = "user"
    fields = ["role", "section", "valid_from", "valid_until", "note"]
    extra = 1
    verbose_name_plural = _("roles in the newsroom")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("auth.view_user")

    def may_grant(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may change members of staff may change their roles, but not lend a role to oneself."""
        is_own = obj is not None and obj.pk == request.user.pk and not request.user.is_superuser
        return request.user.has_perm("articles.change_rolegrant") and not is_own

    has_add_permission = has_change_permission = has_delete_permission = may_grant


class StaffPasswordForm(AdminPasswordChangeForm):
    # Django's own warning is English in every language.
    usable_password_help_text: Any = _("Switched off, the password is lost: nobody signs in with this name any more.")


@admin.register(get_user_model())
class StaffAdmin(UserAdmin):
    """Members of staff. What they may do follows from their roles alone, never from hand-picked permissions."""

    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (_("Access"), {"fields": ["is_active", "is_staff"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "last_name",
                    "first_name",
                    "email",
                    "is_staff",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]
    change_password_form = StaffPasswordForm
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["username", "last_name", "first_name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "role_grants__role"]
    filter_horizontal: list[str] = []
    inlines = [RoleGrantInline]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return self.inlines if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody below a superuser touches one: it would lend them that power."""
        untouchable = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not untouchable

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # who leaves is made inactive: the log and the bylines keep their names

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        join_groups(form.instance)
