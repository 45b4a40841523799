"""Write what readers and the desk can find, and the links between stories, anew: after an import, or in doubt."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles import desk_search, links, search
from articles.models import Article

BATCH = 200


class Command(BaseCommand):
    help = "Rebuild the search indexes of readers and of the desk, and the list of links between stories."

    def handle(self, *args: Any, **options: Any) -> None:
        listed = Article.objects.filter(
            published_at__isnull=False, withdrawn_at=None, is_over=False, live_revision__isnull=False
        )
        search.forget_all_but(listed)
        with tqdm(total=listed.count(), unit="", disable=not options["verbosity"]) as bar:
            last = 0
            while batch := list(listed.filter(pk__gt=last).select_related("live_revision").order_by("pk")[:BATCH]):
                search.index_many(batch)
                links.write(*batch)
                last = batch[-1].pk
                bar.update(len(batch))
        search.tidy()
        self.of_the_desk(quiet=not options["verbosity"])

    def of_the_desk(self, *, quiet: bool) -> None:
        stories = Article.objects.only("desk_headline").order_by("pk")
        last = 0
        with tqdm(total=stories.count(), unit="", disable=quiet) as bar:
            while batch := list(stories.filter(pk__gt=last)[: BATCH * 10]):
                desk_search.index_many(batch)
                last = batch[-1].pk
                bar.update(len(batch))
