"""Which addresses of the admin are no model's, and which of them are listed for whom?"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from newsroom.journal import page as journal
from newsroom.staff import invitations
from newsroom.staff.pages import account, delegating, doors, inviting


def patterns(wrap: Callable[..., Any]) -> list[URLPattern]:
    """`wrap` lets only staff in; the doors stand open, for links from mails."""
    return [
        path("quen-mat-khau/", doors.forgotten, name="password_reset"),
        path("quen-mat-khau/da-gui/", doors.sent, name="password_reset_sent"),
        path("quen-mat-khau/xong/", doors.done, name="password_reset_complete"),
        path("quen-mat-khau/<uidb64>/<token>/", doors.Door.as_view(), name="password_reset_confirm"),
        path("loi-moi/<uidb64>/<token>/", doors.InvitationDoor.as_view(), name="invitation_accept"),
        path("bao-mat-hai-lop/<uidb64>/<token>/", doors.second_factor_door, name="second_factor_enrol"),
        path("tai-khoan/", wrap(account.mine), name="account"),
        path("tai-khoan/dang-xuat/", wrap(account.end_sessions), name="account_end_sessions"),
        path("tai-khoan/phim-tat/", wrap(account.choose_keys), name="account_keys"),
        path("loi-moi/", wrap(inviting.invite), name="invite"),
        path("uy-quyen/", wrap(delegating.delegations), name="delegations"),
        path("uy-quyen/<int:pk>/ket-thuc/", wrap(delegating.end_delegation), name="delegation_end"),
        path("nhat-ky/", wrap(journal.journal), name="journal"),
        path("nhat-ky/xuat/", wrap(journal.export), name="journal_export"),
    ]


def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """The group of these pages in the list at the side, with what this person may open."""
    user = request.user
    pages = [
        (invitations.may_invite(user), _("Invite somebody"), "invite"),
        (delegating.may_delegate(user), _("Delegation"), "delegations"),
        (journal.may_read(user), _("Log"), "journal"),
    ]
    models = [
        {"name": name, "object_name": page, "admin_url": reverse(f"admin:{page}"), "view_only": True, "perms": {}}
        for is_theirs, name, page in pages
        if is_theirs
    ]
    if not models:
        return []
    label = {"name": _("Newsroom"), "app_label": "newsroom", "app_url": models[0]["admin_url"]}
    return [{**label, "has_module_perms": True, "models": models}]
