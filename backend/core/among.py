"""Rows whose key is in a list that the database finds itself: as an array, or looked up for each row.

Under row security the policy of a table is asked about every row that is read, and only what is leakproof is compared
before it. A list joined by `IN (SELECT …)`, alone or behind an OR, may read the whole table first; an array is known
before the table is touched, and an index answers it (https://www.postgresql.org/docs/current/rules-privileges.html).
A list that grows with the past is never made: `found_in` asks of each row whether it would be on it.
"""

from typing import Any

from django.db.models import BooleanField, F, Func, Q
from django.db.models.expressions import RawSQL


def among(column: str, keys: Any) -> Q:
    """Return the rows whose `column` is one of the `keys`, an expression of an array."""
    return Q(Func(F(column), keys, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField()))


def found_in(column: str, rows: RawSQL) -> Q:
    """Return the rows whose `column` is among `rows`, a subquery of one column.

    Behind an OR, `IN` has the whole list made first. Of EXISTS the database may do that too, where it is the cheaper.
    """
    template = "EXISTS (SELECT 1 FROM %(expressions)s)"
    return Q(
        Func(
            rows,
            F(column),
            template=template,
            arg_joiner=" AS held (key) WHERE held.key = ",
            output_field=BooleanField(),
        )
    )


def keys_by(function: str) -> Func:
    """Return the array of what a function of the database returns, which takes nothing and knows who asks."""
    return Func(function=function, template="ARRAY(SELECT %(function)s())")
