"""Like comments side by side, with one decision for all of them."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comments import clusters
from comments.admin.desk import for_moderators, reasons


@for_moderators
def clusters_view(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Like comments"),
        "clusters": clusters.clusters(request.user),
        "days": clusters.LATELY.days,
        "reasons": reasons(),
        "back": request.get_full_path(),
    }
    return render(request, "admin/comments/clusters.html", context)
