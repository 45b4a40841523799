"""What does a member of staff see of the own account? Roles, where it is signed in, and shortcuts to switch off."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.models import RoleGrant
from newsroom.staff import sessions

KEYS_COOKIE = "desk_keys"  # read by templates/admin/_keys.html
YEAR = 365 * 24 * 3600  # seconds


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("My account"),
        "sessions": sessions.sessions_of(request.user),
        "this_key": request.session.session_key,
        "roles": roles_of(request.user),
    }
    return render(request, "admin/staff/account.html", context)


def roles_of(person: Any) -> list[RoleGrant]:
    """What is held now and what is to come, the widest first."""
    rows = RoleGrant.objects.not_over().filter(user=person.pk).select_related("section__parent", "granted_by")
    return sorted(rows, key=lambda grant: (grant.section is not None, grant.role, str(grant.section)))


@require_POST
def choose_keys(request: HttpRequest) -> HttpResponse:
    """Switch shortcuts of single letters off or on in this browser (WCAG 2.1.4), in a cookie for a year."""
    response = HttpResponseRedirect(f"{reverse('admin:account')}#account-keys")
    kept: Any = {"path": "/admin/", "secure": settings.HTTPS, "httponly": True, "samesite": "Lax"}
    if request.POST.get("letters") == "off":
        response.set_cookie(KEYS_COOKIE, "off", YEAR, **kept)
    else:
        response.delete_cookie(KEYS_COOKIE, path="/admin/", samesite="Lax")
    return response


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out one other device (`session`), or all others."""
    wanted = request.POST.get("session", "")
    only = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
    if wanted and only is None:
        number = 0
    else:
        number = sessions.end(request.user, by=request.user, keep=sessions.this_one(request), only=only)
    if number:
        told = ngettext("%d other device was signed out.", "%d other devices were signed out.", number)
        messages.success(request, told % number)
    else:
        messages.info(request, _("No other device was signed in."))
    return HttpResponseRedirect(reverse("admin:account"))
