"""How do rows of other tables come along with the one row of a statement? As lists in JSON, one column each."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Aggregate, JSONField, Model, QuerySet, Subquery, Value
from django.db.models.functions import JSONArray

Row = TypeVar("Row", bound=Model)


class JsonList(Aggregate):
    """The values of all rows as one list, in no order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, *args: Any, **kwargs: Any) -> Any:
        return super().as_sql(*args, function="JSON_GROUP_ARRAY", **kwargs)


def listed(rows: QuerySet[Any], names: Iterable[str]) -> Subquery:
    """These columns of the rows, as a column; empty or None where there are no rows."""
    whole = rows.order_by().values(_one=Value(1)).annotate(_all=JsonList(JSONArray(*names)))
    return Subquery(whole.values("_all"))


def written(model: type[Row], names: list[str], rows: Iterable[list[Any]] | None) -> list[Row]:
    """The rows of such a column as objects; the names are columns of their own, in the order of the model."""
    fields = [model._meta.get_field(name) for name in names]
    values = ([_read(*pair) for pair in zip(fields, row, strict=True)] for row in rows or ())
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in values]


def _read(field: Any, value: Any) -> Any:
    """Days and moments are text in JSON, SQLite's moments without their zone."""
    if value is None:
        return None
    if field.get_internal_type() == "DateTimeField":
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return field.to_python(value)
