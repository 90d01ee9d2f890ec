"""Rows whose key is in a list that the database finds itself: `key = ANY (array)`, which an index answers.

Under row security the policy of a table is asked about every row that is read, and only what is leakproof is compared
before it. A list joined by `IN (SELECT …)`, alone or behind an OR, may read the whole table first; an array is known
before the table is touched (https://www.postgresql.org/docs/current/rules-privileges.html).
"""

from typing import Any

from django.db.models import BooleanField, F, Func, Q


def among(column: str, keys: Any) -> Q:
    """Return the rows whose `column` is one of the `keys`, an expression of an array."""
    return Q(Func(F(column), keys, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField()))


def keys_by(function: str) -> Func:
    """Return the array of what a function of the database returns, which takes nothing and knows who asks."""
    return Func(function=function, template="ARRAY(SELECT %(function)s())")
