"""How is a database that plans without figures kept from a bad plan?"""

from typing import Any

from django.db.models import Func


class Unindexed(Func):
    """The expression as it is, but SQLite does not look for rows by it: most rows fit, and it could not know.

    SQLite takes any comparison with an indexed column for a rare one. It would fetch and sort half the archive where
    walking through the list in its order finds a page of it at once. PostgreSQL has statistics and decides itself.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
