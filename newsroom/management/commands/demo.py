"""Fill an empty newsroom with a paper that looks like one: people, pictures, stories in every stage, comments."""

from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.models import Article
from newsroom.demo.about import write_pages
from newsroom.demo.answers import set_up_answers
from newsroom.demo.desk import set_up_stories
from newsroom.demo.front import arrange_home
from newsroom.demo.library import set_up_library
from newsroom.demo.paper import set_up_paper
from newsroom.demo.people import ACCOUNTS, password_file, set_up_people
from newsroom.demo.pictures import PICTURES
from newsroom.demo.readers import set_up_readers
from newsroom.demo.story_templates import set_up_templates
from newsroom.demo.terms import set_up_terms
from newsroom.demo.texts import all_texts
from newsroom.demo.voices import set_up_voices

WIDTH: Final = 14  # of the first column of the list of accounts


class Command(BaseCommand):
    help = "Load the demonstration: what is there already stays as it is, so a run that was stopped can be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is any story")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["if_empty"] and Article.objects.exists()):
            self.load(quiet=options["verbosity"] == 0)
        if options["verbosity"] and password_file().exists():
            self.tell_how_to_sign_in()

    def load(self, *, quiet: bool) -> None:
        """People, then pictures, then all stories in one transaction: stories are what --if-empty looks for."""
        with transaction.atomic():
            set_up_paper()
            write_pages()
            set_up_templates()
            staff = set_up_people()
        call_command("sync_roles", verbosity=0)
        with tqdm(total=len(PICTURES), desc=_("Pictures"), disable=quiet) as bar:
            pictures = set_up_library(staff["phongvien"], bar.update)
        with tqdm(total=len(list(all_texts())), desc=_("Stories"), disable=quiet) as bar, transaction.atomic():
            set_up_stories(staff, pictures, bar.update)
        set_up_terms(staff["kiemduyet"])
        set_up_answers(staff)
        set_up_voices(staff)
        arrange_home(staff)
        set_up_readers()

    def tell_how_to_sign_in(self) -> None:
        path = password_file()
        rows = [
            (_("Site"), f"{settings.SITE_URL}/"),
            (_("Newsroom"), f"{settings.SITE_URL}/admin/"),
            *((account.username, account.role.label) for account in ACCOUNTS),
            (_("Password"), f"{path.read_text(encoding='ascii').strip()}  ({path})"),
        ]
        for label, value in rows:
            self.stdout.write(f"{label:<{WIDTH}} {value}")
