"""Who works here, and as what? Members of staff in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static import admin as static_codes
from django_otp.plugins.otp_totp import admin as totp

from articles.models import Role, RoleGrant, Section
from newsroom.lib.audit.changes import LoggedAdmin
from newsroom.lib.audit.models import record
from newsroom.roles import join_groups
from newsroom.showcase import page as showcase
from newsroom.site import Pages
from newsroom.staff import invitations, passwords, sessions, urls
from newsroom.staff.access import role_in_words
from newsroom.staff.pages import person

# Groups follow from roles (newsroom.roles); second factors are told once, to their owner.
site: Any = admin.site
site.add_pages(Pages(urls.patterns, urls.listed))
site.add_pages(Pages(showcase.patterns, lambda _request: []))  # the page of one's account leads there
site.unregister([get_user_model(), Group, totp.TOTPDevice, static_codes.StaticDevice])


class RoleGrantFormSet(forms.BaseInlineFormSet):
    """Django's table of rows names its columns, not its fields."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = form.fields["DELETE"].label


class RoleGrantInline(admin.TabularInline):
    """Roles in force and to come; what the editor-in-chief lends is not an administrator's to give."""

    model = RoleGrant
    formset = RoleGrantFormSet
    fk_name = "user"
    fields = ["role", "section", "valid_from", "valid_until", "note"]
    extra = 1
    max_num = most = 50
    verbose_name_plural = _("roles in the newsroom")
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
        }
    }

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """No more rows are read and shown, whatever is sent (Django makes `max_num` 0 where none may be added)."""
        return super().get_formset(request, obj, absolute_max=self.most, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleGrant]:
        rows: Any = super().get_queryset(request)
        return rows.not_over().exclude(role=Role.WITHDRAWER)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            kwargs["choices"] = [("", "–"), *((r.value, r.label) for r in Role if r is not Role.WITHDRAWER)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "section" and field is not None:
            field.widget = field.widget.widget  # no signs beside it to add or change a section
            field.queryset = Section.objects.tree()
            field.empty_label = _("In all sections")
        if field is not None:
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field

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
class StaffAdmin(LoggedAdmin, UserAdmin):
    """Members of staff. What they may do follows from their roles alone, never from hand-picked permissions."""

    noun = "person"
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (_("Access"), {"fields": ["is_staff"]}),  # it ends and comes back by buttons (newsroom.staff.access)
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
    change_form_template = "admin/staff/person.html"
    change_list_template = "admin/staff/people.html"

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return self.inlines if obj else []

    def get_urls(self) -> list[URLPattern]:
        return [*person.urls(self.admin_site.admin_view), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        shown = {"may_invite": invitations.may_invite(request.user)}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        original = context.get("original")
        context["about"] = person.about(original, request.user) if original else None
        return super().render_change_form(request, context, *args, **kwargs)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            somebody = self.get_object(request, id)
            keep = sessions.this_one(request) if somebody == request.user else None
            passwords.settle(somebody, "password.set", by=request.user, keep=keep)
        return response

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody below a superuser touches one: it would lend them that power."""
        untouchable = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not untouchable

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # who leaves is made inactive: the log and the bylines keep their names

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Roles: who gave them is kept, and each that is given, changed or taken is logged."""
        if formset.model is not RoleGrant:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        for grant in formset.new_objects:
            grant.granted_by = request.user
        formset.save()
        changed = [grant for grant, _fields in formset.changed_objects]
        rows = {"given": formset.new_objects, "changed": changed, "taken": formset.deleted_objects}
        for deed, grants in rows.items():
            for grant in grants:
                times = {"start": grant.valid_from, "end": grant.valid_until}
                record(f"role.{deed}", by=request.user, about=grant.user, role=role_in_words(grant), **times)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        join_groups(form.instance)
