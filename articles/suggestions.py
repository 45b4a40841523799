"""What is offered while a reader types into the search box: sections, topics, authors and headlines.

The last word may be unfinished, the others are whole; marks may be missing, and keys of Telex or VNI are understood.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import keys
from articles.models import Article, Author, Placement, Section, Tag, Tagging
from articles.queries import Query
from newsroom.lib import text

SHORTEST: Final = 2  # letters
NAMES: Final = 2  # of each kind
LOOKED_AT: Final = 50  # names of which the best are chosen
HEADLINES: Final = 5
RECENT: Final = 3000  # stories whose headlines are looked through before the index is asked

# Frequent beginnings are found here at once, the others in few rows of an index.
_RECENT: Final = """
SELECT article_id FROM (
    SELECT article_id, published_at, ' ' || headline || ' ' AS line FROM articles_searchdoc
    ORDER BY published_at DESC LIMIT %s
) d WHERE {lines} ORDER BY published_at DESC LIMIT %s"""
_SQLITE: Final = """
SELECT d.article_id FROM articles_headlineindex CROSS JOIN articles_searchdoc d INDEXED BY searchdoc_age
    ON d.article_id = articles_headlineindex.rowid
WHERE articles_headlineindex MATCH %s ORDER BY d.published_at DESC LIMIT %s"""
_POSTGRESQL: Final = """
SELECT article_id FROM articles_searchdoc WHERE to_tsvector('simple', headline) @@ to_tsquery('simple', %s)
ORDER BY published_at + interval '0' DESC LIMIT %s"""

Forms = list[list[str]]  # the words without marks: as they were typed, and as they were meant if that differs
Named = TypeVar("Named", Section, Tag, Author)


@dataclass(frozen=True)
class Suggestion:
    """A page of the paper, what kind of page it is, and the surrogate key under which its name is kept."""

    kind: str | Promise
    name: str
    address: str
    key: str


def suggest(typed: str) -> list[Suggestion]:
    """Names and headlines, the best of each kind first; six statements. Empty for very short beginnings."""
    query = Query.read(typed)
    forms = [query.folded]
    if (meant := query.decoded().folded) not in forms:
        forms.append(meant)
    if len("".join(query.words)) < SHORTEST:
        return []
    shown = Placement.objects.filter(article=OuterRef("article"))
    tags = Tag.objects.filter(Exists(Tagging.objects.filter(Exists(shown), tag=OuterRef("pk"))))
    return [
        *_named(_("Section"), keys.section, _best(Section.objects.public(), forms, query)),
        *_named(_("Keyword"), keys.tag, _best(tags.filter(_names(forms))[:LOOKED_AT], forms, query)),
        *_named(_("Author"), keys.author, _best(Author.objects.filter(_names(forms))[:LOOKED_AT], forms, query)),
        *(
            Suggestion(_("Story"), found.headline, found.get_absolute_url(), keys.article(found.pk))
            for found in _headlines(forms)
        ),
    ]


def _named(
    kind: Promise | str, key: Callable[[int], str], found: Iterable[Section | Tag | Author]
) -> list[Suggestion]:
    return [Suggestion(kind, str(thing), thing.get_absolute_url(), key(thing.pk)) for thing in found]


# --- names ----------------------------------------------------------------------------------------------------------


def _names(forms: Forms) -> Q:
    """Rows whose name has a word that begins like the last one; `_best` looks at the others."""
    found = Q()
    for *_before, last in forms:
        found |= Q(name_fold__startswith=last) | Q(name_fold__contains=f" {last}")
    return found


def _best(things: Iterable[Named], forms: Forms, query: Query) -> list[Named]:
    """Those with the words as typed first, then those that begin with them, then the shortest."""
    line = text.identity(query.line)

    def worth(thing: Named) -> tuple[bool, bool, int]:
        name = text.identity(thing.name)
        return line not in name, not any(text.fold(name).startswith(words[0]) for words in forms), len(name)

    found = [thing for thing in things if any(_has(text.fold(thing.name), words) for words in forms)]
    return sorted(found, key=worth)[:NAMES]


def _has(name: str, words: list[str]) -> bool:
    line = f" {' '.join(Query.read(name).words)} "
    return all(f" {word} " in line for word in words[:-1]) and f" {words[-1]}" in line


# --- headlines ------------------------------------------------------------------------------------------------------


def _headlines(forms: Forms) -> list[Article]:
    """The newest published stories with these words in their headlines."""
    found = _recent(forms)
    if len(found) < HEADLINES:
        found = _indexed(forms)
    stories = Article.objects.published().newest_first().only("headline", "slug")
    return list(stories.filter(pk__in=found)[:HEADLINES])


def _recent(forms: Forms) -> list[int]:
    lines, patterns = [], list[str]()
    for words in forms:
        lines.append(" AND ".join(["line LIKE %s"] * len(words)))
        patterns += [*(f"% {word} %" for word in words[:-1]), f"% {words[-1]}%"]
    return _keys(_RECENT.format(lines=" OR ".join(lines)), RECENT, *patterns)


def _indexed(forms: Forms) -> list[int]:
    """Words reach the databases in quotes, so that none is an operator."""
    if connection.vendor == "sqlite":
        return _keys(
            _SQLITE, " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + " *)" for words in forms)
        )
    return _keys(_POSTGRESQL, " | ".join("(" + " & ".join(f"'{word}'" for word in words) + ":*)" for words in forms))


def _keys(sql: str, *values: str | int) -> list[int]:
    """A few more than are shown: some may be withdrawn or still to come."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, 2 * HEADLINES])
        return [key for (key,) in cursor.fetchall()]
