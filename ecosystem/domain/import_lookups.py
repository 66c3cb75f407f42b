"""Which of many values stand in a column: one question for a whole batch, however long the list is."""

import json
from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Model


def stored(
    model: type[Model], column: str, values: Collection[str], also: Mapping[str, str] | None = None
) -> set[str]:
    """Those of the values that the column holds, in rows whose other columns are as said.

    The list travels as one value: the ORM would take each one apart, which costs more than the database does.
    """
    if not values:
        return set()
    quote, also = connection.ops.quote_name, also or {}
    is_postgres = connection.vendor == "postgresql"
    among = "= ANY(%s)" if is_postgres else "IN (SELECT value FROM json_each(%s))"
    where = "".join(f" AND {quote(model._meta.get_field(name).column)} = %s" for name in also)
    name = quote(model._meta.get_field(column).column)
    sql = f"SELECT {name} FROM {quote(model._meta.db_table)} WHERE {name} {among}{where}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(values) if is_postgres else json.dumps(list(values)), *also.values()])
        return {value for (value,) in cursor}
