"""How is a very long list paged without counting all of it?"""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property


class ShortPaginator(Paginator):
    """Counts and pages the first `most` rows; whoever looks for one further down narrows the list."""

    most = 5000
    parts: Sequence[QuerySet[Any]] = ()  # every row is in one of them: counted one by one, in whatever order is quick

    @cached_property
    def reach(self) -> int:
        """How many rows there are, `most` + 1 at most."""
        rows: Any = self.object_list
        if not self.parts:
            return rows[: self.most + 1].count()  # in their order, as the page itself: found the same way
        first, *others = (part.order_by().values("pk")[: self.most + 1] for part in self.parts)
        return min((first.union(*others) if others else first).count(), self.most + 1)

    @cached_property
    def count(self) -> int:
        return min(self.reach, self.most)

    @property
    def is_cut(self) -> bool:
        return self.reach > self.most
