"""How is a very long list paged without counting all of it?"""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property


class ShortPaginator(Paginator):
    """Counts and pages the first `most` rows; whoever looks for one further down narrows the list."""

    most = 5000
    parts: Sequence[QuerySet[Any]] = ()  # every row is in one of them: looked up one by one, in any order

    @cached_property
    def reach(self) -> int:
        """How many rows there are, `most` + 1 at most."""
        rows: Any = self.object_list
        if not self.parts:
            return rows[: self.most + 1].count()  # in their order, as the page itself: found the same way
        parts = [part.order_by().values_list("pk", flat=True)[: self.most + 1] for part in self.parts]
        if len(parts) == 1:
            return parts[0].count()
        keys: set[Any] = set()
        for part in parts:
            keys.update(part)
            if len(keys) > self.most:
                return self.most + 1
        return len(keys)

    @cached_property
    def count(self) -> int:
        return min(self.reach, self.most)

    @property
    def is_cut(self) -> bool:
        return self.reach > self.most
