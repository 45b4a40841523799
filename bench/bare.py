"""What does Django cost by itself? A view that returns the bytes of a folder's files: `/home` is the file `home`."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGES = {file.name: file.read_bytes() for file in Path(os.environ["BARE_PAGES"]).iterdir()}


def constant(_request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(PAGES[name])


urlpatterns = [path("<str:name>", constant)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])
application = get_wsgi_application()
