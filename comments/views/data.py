"""How does a reader get or erase the own data? A form that asks for the address, then a link by mail with a button."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import exporting, links, requests
from comments.forms import DataForm
from comments.links import Purpose
from comments.models import Commenter, DataRequest
from comments.views.mails import personal_page, told
from newsroom.lib.http import client_address, same_origin
from newsroom.lib.ratelimit import allow

AN_HOUR = 5  # requests from one address


@csrf_exempt  # the page is the same for everybody, and sets no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of one's data, or that it be erased."""
    if request.method == "POST" and not same_origin(request):
        raise PermissionDenied
    form = DataForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.errors else 200
        return personal_page(request, "comments/data_ask.html", _("Your data"), {"form": form}, status)
    if not allow(f"data:{client_address(request)}", AN_HOUR, 3600):
        return told(request, _("That were many requests in a short time. Please try again in an hour."), 429)
    requests.ask(form.cleaned_data["kind"], form.cleaned_data["email"])
    return told(request, _("If comments were sent with this address, a link is on its way to it by e-mail."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, token: str) -> HttpResponse:
    """Carry out a request: hand out the copy, or erase."""
    asked = requests.open_request(links.read(Purpose.DATA, token))
    owner = requests.owner_of(asked) if asked else None
    if asked is None or owner is None:
        return told(request, _("This link is too old, or the request was carried out already."), 404)
    if request.method != "POST":
        return personal_page(request, "comments/data_confirm.html", asked.get_kind_display(), {"asked": asked})
    if asked.kind == DataRequest.Kind.EXPORT:
        return _copy(asked, owner)
    done = requests.erase(asked)
    if done.refused:
        why = _("By law nothing may be erased at the moment: %(why)s") % {"why": done.refused}
        return told(request, why, 409)
    return personal_page(request, "comments/data_done.html", _("Done"), {"asked": done})


def _copy(asked: DataRequest, owner: Commenter) -> HttpResponse:
    found = exporting.collect(owner)
    requests.close_export(asked, {name: len(rows) for name, rows in found.items()})
    response = HttpResponse(exporting.packed(found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="binh-luan-{asked.pk}.zip"'
    return response
