"""Where does an administrator ask somebody to join, and how does the person's page tell what came of it?"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Role, Section
from newsroom.lib.people import full_name
from newsroom.staff import invitations
from newsroom.staff.access import Refused
from newsroom.staff.models import Invitation

ROLES_AT_ONCE = 8
GIVEN = [(role.value, role.label) for role in Role if role is not Role.WITHDRAWER]  # that one is the chief's to lend


class InvitationForm(forms.ModelForm):
    """Name and address; the name to sign in with is made from the address where it is left empty."""

    class Meta:
        model = get_user_model()
        fields = ["last_name", "first_name", "email", "username"]
        labels = {"username": gettext_lazy("Name to sign in with")}
        help_texts = {"username": gettext_lazy("Empty: the part of the e-mail before the @.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("last_name", "first_name", "email"):
            self.fields[name].required = True
        self.fields["username"].required = False
        self.fields["username"].widget.attrs["autocomplete"] = "off"


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", "–"), *GIVEN], required=False)
    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"),
        queryset=Section.objects.tree(),
        required=False,
        empty_label=gettext_lazy("In all sections"),
    )


RoleForms = forms.formset_factory(
    RoleForm, extra=3, max_num=ROLES_AT_ONCE, absolute_max=ROLES_AT_ONCE, validate_max=True
)


def invite(request: HttpRequest) -> HttpResponse:
    """The page of a new invitation."""
    if not invitations.may_invite(request.user):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form, roles = InvitationForm(data), RoleForms(data, prefix="roles")
    if request.method == "POST" and form.is_valid() and roles.is_valid():
        given = [each.cleaned_data for each in roles if each.cleaned_data.get("role")]
        newcomer = invitations.Newcomer(
            **{name: form.cleaned_data[name] or "" for name in InvitationForm.Meta.fields},
            roles=tuple((Role(each["role"]), each["section"]) for each in given),
        )
        try:
            invitation = invitations.invite(newcomer, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            send_and_tell(request, invitation)
            return HttpResponseRedirect(person_page(request, invitation.user))
    context = {**admin.site.each_context(request), "title": _("Invite somebody"), "form": form, "roles": roles}
    return render(request, "admin/staff/invite.html", context)


def send_and_tell(request: HttpRequest, invitation: Invitation) -> None:
    """Send the mail and say what came of it: the account stands whatever the mail server does."""
    person = invitation.user
    said = {"name": full_name(person), "email": person.email}
    if invitations.deliver(invitation):
        messages.success(request, _("%(name)s is invited: the mail went to %(email)s.") % said)
        return
    told = _("The account of %(name)s is there, but the mail to %(email)s could not be sent. Send it again later.")
    messages.warning(request, told % said)


def person_page(request: HttpRequest, person: Any) -> str:
    """The person's page for whoever may open it, else where one came from."""
    if request.user.has_perm("auth.change_user"):
        return reverse("admin:auth_user_change", args=[person.pk])
    return reverse("admin:invite")
