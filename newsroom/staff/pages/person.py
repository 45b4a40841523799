"""What stands on the page of a member of staff besides the form, and what do its buttons do?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Author, RoleGrant
from newsroom.lib import mail
from newsroom.lib.people import full_name
from newsroom.staff import access, invitations, links, second_factor, sessions
from newsroom.staff.models import Invitation
from newsroom.staff.pages.account import roles_of
from newsroom.staff.pages.inviting import send_and_tell


@dataclass(frozen=True)
class About:
    """A member of staff at a glance."""

    person: Any
    roles: list[RoleGrant]
    bylines: list[Author]
    invitation: Invitation | None
    has_second_factor: bool
    sessions: int
    may_manage: bool

    @property
    def expires_at(self) -> Any:
        return invitations.expires_at(self.invitation) if self.invitation else None

    @property
    def is_late(self) -> bool:
        """The link of the open invitation is too old to be used."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def state(self) -> str:
        """left, invited (no password yet), or active."""
        if not self.person.is_active:
            return "left"
        return "active" if self.person.has_usable_password() else "invited"


def about(person: Any, viewer: Any) -> About:
    return About(
        person=person,
        roles=roles_of(person),
        bylines=list(Author.objects.filter(user=person.pk).order_by("sort")),
        invitation=Invitation.objects.filter(user=person.pk).select_related("invited_by").first(),
        has_second_factor=second_factor.has_one(person),
        sessions=len(sessions.sessions_of(person)),
        may_manage=access.may_manage(viewer, person),
    )


# --- buttons ----------------------------------------------------------------------------------------------------


def send_again(request: HttpRequest, person: Any) -> None:
    send_and_tell(request, invitations.invite_again(person, by=request.user))


def withdraw(request: HttpRequest, person: Any) -> None:
    invitations.withdraw(person, by=request.user)
    messages.success(request, _("The invitation is withdrawn; its link no longer works."))


def end_access(request: HttpRequest, person: Any) -> None:
    access.end_access(person, by=request.user)
    messages.success(request, _("%s has no access any more. Bylines and the log keep the name.") % full_name(person))


def sign_out(request: HttpRequest, person: Any) -> None:
    number = access.sign_out_everywhere(person, by=request.user)
    told = ngettext("Signed out of %d device.", "Signed out of %d devices.", number)
    messages.success(request, told % number)


def reset_second_factor(request: HttpRequest, person: Any) -> None:
    """Where a second factor is asked for, the way to a new one goes by mail."""
    access.reset_second_factor(person, by=request.user)
    if not settings.SECOND_FACTOR:
        messages.success(request, _("The second factor is taken away."))
        return
    context = {"person": full_name(person), "link": links.second_factors.make(person)}
    if mail.send(mail.compose("admin/staff/mail/second_factor.txt", context, person.email)):
        messages.success(request, _("The second factor is taken away; a link to set up a new one went out by mail."))
    else:
        told = _("The second factor is taken away, but the mail with the link could not be sent.")
        messages.warning(request, told + " " + _("An administrator of the server sets up a new one."))


BUTTONS: Final[dict[str, Callable[[HttpRequest, Any], None]]] = {
    "send": send_again,
    "withdraw": withdraw,
    "end": end_access,
    "sign_out": sign_out,
    "second_factor": reset_second_factor,
}


def press(request: HttpRequest, object_id: int) -> HttpResponse:
    """Do what the button says. `end` comes with a question, asked here."""
    person = get_object_or_404(get_user_model(), pk=object_id)
    if not access.may_manage(request.user, person):
        raise PermissionDenied
    deed = request.POST.get("deed", "")
    if request.method != "POST":
        context = {**admin.site.each_context(request), "title": _("End access"), "about": about(person, request.user)}
        return render(request, "admin/staff/end_access.html", context)
    if deed in BUTTONS:
        try:
            BUTTONS[deed](request, person)
        except access.Refused as refused:
            messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))


def urls(wrap: Callable[..., Any]) -> list[URLPattern]:
    return [path("<int:object_id>/quyen-truy-cap/", wrap(press), name="auth_user_access")]
