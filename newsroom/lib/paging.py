"""How is a very long list paged without counting all of it?"""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class ShortPaginator(Paginator):
    """Counts and pages the first `most` rows; whoever looks for one further down narrows the list."""

    most = 5000

    @cached_property
    def reach(self) -> int:
        """How many rows there are, `most` + 1 at most."""
        rows: Any = self.object_list
        return rows[: self.most + 1].count()  # in their order, as the page itself: found the same way

    @cached_property
    def count(self) -> int:
        return min(self.reach, self.most)

    @property
    def is_cut(self) -> bool:
        return self.reach > self.most
