"""The start of a server's process: it has in memory what most requests need, and nothing of what few ask for."""

import json
import subprocess
import sys

from django.conf import settings

FOR_FEW = {"boto3", "redis", "xlsxwriter", "qrcode", "PIL.ImageDraw", "newsroom.demo", "django.test"}
LOADED = """
import json, sys, newsroom.wsgi, newsroom.urls
print(json.dumps(list(sys.modules)))
"""


def test_libraries_for_few_requests_are_not_loaded():
    said = subprocess.run([sys.executable, "-c", LOADED], cwd=settings.BASE_DIR, check=True, capture_output=True)
    loaded = set(json.loads(said.stdout))
    assert "articles.views.media" in loaded and not loaded & FOR_FEW
