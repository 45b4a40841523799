"""Where does an editor-in-chief lend the right to withdraw stories, see what is lent, and end it early?"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.models import Role, RoleGrant, Section
from articles.rights import grants_of
from newsroom.lib import dates
from newsroom.lib.people import full_name
from newsroom.staff import delegation
from newsroom.staff.access import Refused

SHOWN = 100  # delegations on the page
MINUTES = "%Y-%m-%dT%H:%M"


def may_delegate(user: Any) -> bool:
    return grants_of(user).anywhere(Role.CHIEF)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{full_name(obj)} ({obj.get_username()})"


class DelegationForm(forms.Form):
    """To whom, where, from when until when; times are those of Hà Nội."""

    person = PersonField(label=gettext_lazy("To whom"), queryset=get_user_model()._default_manager.none())
    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=gettext_lazy("In all sections"),
    )
    start = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
    )
    end = forms.DateTimeField(
        label=gettext_lazy("Ends"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, by: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = grants_of(by).sections_as(Role.CHIEF)
        holders = RoleGrant.objects.in_force().filter(role__in=delegation.STORY_ROLES).values("user")
        people = get_user_model()._default_manager.filter(pk__in=holders, is_active=True, is_staff=True)
        fields: Any = self.fields
        fields["person"].queryset = people.exclude(pk=by.pk).order_by("last_name", "first_name", "username")
        own = Section.objects.tree()
        if sections is not None:
            own = own.filter(pk__in=sections) | own.filter(parent__in=sections)
            fields["section"].required = True
        fields["section"].queryset = own


def delegations(request: HttpRequest) -> HttpResponse:
    if not may_delegate(request.user):
        raise PermissionDenied
    beginning = {"start": timezone.localtime().replace(second=0)}
    form = DelegationForm(request.user, request.POST if request.method == "POST" else None, initial=beginning)
    if form.is_valid() and give(request, form):
        return HttpResponseRedirect(reverse("admin:delegations"))
    now = timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": _("Delegation"),
        "form": form,
        "rows": [(grant, state(grant, now)) for grant in delegation.delegations(request.user)[:SHOWN]],
        "longest": delegation.LONGEST.days,
    }
    return render(request, "admin/staff/delegations.html", context)


def give(request: HttpRequest, form: DelegationForm) -> bool:
    """Lend the right as the form says; what is refused stands in the form."""
    data = form.cleaned_data
    try:
        grant = delegation.delegate(
            data["person"], data["section"], data["start"], data["end"], by=request.user, note=data["note"]
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    said = {"name": full_name(grant.user), "until": dates.stamp(data["end"])}
    messages.success(request, _("%(name)s may withdraw stories until %(until)s.") % said)
    return True


def state(grant: RoleGrant, now: datetime) -> str:
    if grant.valid_until is not None and grant.valid_until <= now:
        return "over"
    return "coming" if grant.valid_from is not None and grant.valid_from > now else "now"


@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_delegate(request.user):
        raise PermissionDenied
    try:
        grant = delegation.end_early(pk, by=request.user)
    except RoleGrant.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("%s may no longer withdraw stories.") % full_name(grant.user))
    return HttpResponseRedirect(reverse("admin:delegations"))
