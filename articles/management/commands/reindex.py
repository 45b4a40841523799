"""Write the search documents of published stories and their links to others anew: after an import, or in doubt."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles import links, search
from articles.models import Article

BATCH = 200


class Command(BaseCommand):
    help = "Rebuild the search index, and the list of links between stories, from the published stories."

    def handle(self, *args: Any, **options: Any) -> None:
        listed = Article.objects.filter(published_at__isnull=False, withdrawn_at=None, live_revision__isnull=False)
        search.forget_all_but(listed)
        with tqdm(total=listed.count(), unit="", disable=not options["verbosity"]) as bar:
            last = 0
            while batch := list(listed.filter(pk__gt=last).select_related("live_revision").order_by("pk")[:BATCH]):
                search.index_many(batch)
                links.write(*batch)
                last = batch[-1].pk
                bar.update(len(batch))
        search.tidy()
