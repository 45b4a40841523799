"""The door for WSGI servers, page cache included: `granian --interface wsgi newsroom.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

gc.disable()  # nothing of what is imported now is ever garbage: a fifth of the time until the first answer
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django = get_wsgi_application()

from newsroom.front_door import with_page_cache  # noqa: E402  (the settings come first)

application = with_page_cache(django)
gc.freeze()
gc.enable()
