"""The site with two more addresses, which break: the error pages of 403 and 500 can be looked at nowhere else."""

from django.core.exceptions import PermissionDenied
from django.urls import get_resolver, path

from newsroom.wsgi import application

__all__ = ["application"]


def forbidden(_request):
    raise PermissionDenied


def broken(_request):
    raise RuntimeError("broken on purpose")


get_resolver().url_patterns[:0] = [path("hong/403/", forbidden), path("hong/500/", broken)]
