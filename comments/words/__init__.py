"""Which listed words does a Vietnamese text hold, however they are disguised? `WordList(terms).find(text)`.

Words are compared with their marks: without them "các" would be vulgar, and a third of all news with it. Disguises are
undone one by one, and each says how sure it is.
"""

from comments.words.collisions import Samples
from comments.words.matching import Form, Kind, Match, Term, WordList

__all__ = ["Form", "Kind", "Match", "Samples", "Term", "WordList"]
