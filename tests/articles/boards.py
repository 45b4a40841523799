"""The board of front pages in tests: stories to arrange, the posts of its buttons, what readers then see."""

import re

from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from articles import arranging
from tests import builders


def fill_paper():
    """Nine stories, the newest first, and the permissions of every role."""
    cache.clear()
    call_command("sync_roles", verbosity=0)
    builders.make_publication()
    return [builders.make_article(published_at=builders.hours(-n - 1)) for n in range(9)]


def board(section=None):
    return reverse("admin:articles_front_board", args=[section.pk if section else 0])


def do(client, deed, of=None, **sent):
    version = sent.pop("version", arranging.front_of(of).version)
    return client.post(board(of), {"do": deed, "version": version, **sent})


def chosen(section=None):
    """Place -> story in the draft."""
    return {place: slot.key for place, slot in arranging.front_of(section).drafted.slots.items()}


def readers(client, address="/"):
    cache.clear()
    return client.get(address).content.decode()


def leads(page):
    return re.search(r'card-lead.*?card-headline"><a [^>]*>([^<]*)', page, re.DOTALL)[1]
