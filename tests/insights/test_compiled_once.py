"""What the worker asks is turned into SQL once, and asks of everybody what it would ask if it were built anew."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from backend.core import clock
from backend.core.ids import uuid7
from backend.insights.queries.adding import asked
from backend.insights.queries.compiling import statement
from backend.insights.queries.kept import KEPT
from backend.insights.queries.whose import counter_for


def plain(parameters: Any) -> list[Any]:
    """Of a document what is in it: two of the same are not equal."""
    return [getattr(one, "obj", one) for one in parameters]


@pytest.mark.parametrize("name", KEPT)
def test_each_agency_child_and_moment_is_asked_for_as_if_it_were_the_first(name: str) -> None:
    once = statement(partial(asked, KEPT[name]), using="default")
    with clock.at(datetime(2026, 11, 24, 10, 30, tzinfo=UTC)):
        for counter in (counter_for(uuid7(), (uuid7(),)), counter_for(uuid7(), (uuid7(), uuid7(), uuid7()))):
            query = asked(KEPT[name], counter).query
            text, parameters = query.get_compiler("default").as_sql()
            assert text == once.text
            assert plain(parameters) == plain(once.parameters(counter))
            assert {"counted_of", "counted_on", "whole"} <= set(once.names) == set(query.selected or ())
