"""Are the rows of the benchmark those that the product would have written? A sample, held against its functions."""

import random
import sys
from itertools import pairwise

from articles import desk_search, history, placing, proof, reading, search
from articles.models import Article, DayCount, DeskDoc, PublicVersion, Revision, SearchDoc, Stage
from articles.transitions import TRANSITIONS

SAMPLE = 300


def check(sample: int = SAMPLE) -> None:
    """Raises SystemExit with the first row that is not as it should be."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    chosen = {*random.Random(3).sample(keys, min(sample, len(keys))), *keys[-sample:]}
    published = set(Article.objects.published().filter(pk__in=chosen).values_list("pk", flat=True))
    related = ("section", "lead_image", "desk_section", "working_revision", "live_revision")
    for article in Article.objects.filter(pk__in=chosen).select_related(*related):
        problems = [name for name, holds in facts(article, published).items() if not holds]
        if problems:
            raise SystemExit(f"story {article.pk}: {', '.join(problems)}")
    days = DayCount.objects.filter(section=None).order_by("-day").values_list("day", "count")[:30]
    for day, count in days:
        if count != Article.objects.filter(published_on=day, placements__isnull=False).distinct().count():
            raise SystemExit(f"{day}: the count is wrong")
    sys.stderr.write(f"{len(keys)} stories, {len(chosen)} of them checked\n")


def facts(article: Article, published: set[int]) -> dict[str, bool]:
    """What must hold of a story, by name."""
    working, author = article.working_revision.snapshot, article.working_revision.author_id
    found = {
        "visible": (article.pk in published) == article.is_public,
        "desk columns": desk_columns(article) == (working.headline, working.section, author),
        "desk words": DeskDoc.objects.get(pk=article.pk).words == desk_search.words_of(working.headline),
        "digests": all(row.digest == Revision.digest_of(row.snapshot) for row in article.revisions.all()),
        "steps": steps_hold(article),
        "co-authors": co_authors(article),
        "history": bool(history.timeline(article)),
    }
    return found | (live_facts(article) if article.live_revision else {})


def desk_columns(article: Article) -> tuple[str, int | None, int | None]:
    return article.desk_headline, article.desk_section_id, article.desk_author_id


def co_authors(article: Article) -> bool:
    """Whether who stands in the byline of the working text finds it, and there alone where readers do not have it."""
    is_live = article.working_revision_id == article.live_revision_id
    names = {ref.author for ref in article.working_revision.snapshot.bylines}
    return set(article.working_bylines.values_list("author", flat=True)) == (set() if is_live else names)


def live_facts(article: Article) -> dict[str, bool]:
    snapshot = article.live_revision.snapshot
    gone = article.withdrawn_at is not None or article.is_over
    listed = set(article.placements.values_list("section", flat=True))
    sections = set() if gone else placing.with_parents({snapshot.section, *snapshot.other_sections})
    document = None if gone else search.document(article, snapshot)
    columns = ("published_at", "headline", "body", "headline_exact", "body_exact", "places")
    return {
        "live columns": all(getattr(article, name) == value for name, value in reading.live_columns(snapshot).items()),
        "lists": listed == sections,
        "search": SearchDoc.objects.filter(pk=article.pk).values(*columns).first() == document,
        "bylines": article.bylines.count() == len(snapshot.bylines),
        "record": chain_holds(list(article.public_versions.order_by("number"))),
    }


def steps_hold(article: Article) -> bool:
    """Each step is one of the table, follows the one before, and the last leads to where the story is."""
    steps = list(article.transitions.order_by("at", "pk"))
    in_table = all(step.verb in TRANSITIONS and step.from_stage in TRANSITIONS[step.verb].sources for step in steps)
    in_line = all(before.to_stage == after.from_stage for before, after in pairwise(steps))
    imported = article.import_records.exists() and article.stage == Stage.DONE
    return in_table and in_line and (imported or (steps[-1].to_stage if steps else "draft") == article.stage)


def chain_holds(versions: list[PublicVersion]) -> bool:
    previous = ""
    for number, version in enumerate(versions, 1):
        if proof.problem_of(version.envelope(), version.digest, number, previous, str(version)):
            return False
        previous = version.digest
    return bool(versions)
