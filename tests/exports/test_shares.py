"""The ledger leaves as a file for who governs the information, with the very lines of its page, and is written down.

Source: access.md, Each share, and The log (exports with recipients); docs/adr/0059.
"""

from typing import Any

import pytest

from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.exports.lists import LISTS
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.test_sealing import sealed
from tests.exports.conftest import Looked, ask, cells, content, ready

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def governs() -> Any:
    return actor("front-door", Role.INFORMATION_GOVERNANCE)


def test_a_file_holds_the_lines_of_the_page_in_every_format(world: World, looked: Looked) -> None:
    world.proposed()
    rows = browser_of(governs()).get("shares/?basis=public_task").json()["results"]
    assert rows
    for file_format in ("xlsx", "ods", "csv"):
        key = ready(governs(), "shares", filters={"basis": "public_task"}, file_format=file_format)
        found = cells(content(governs(), key), file_format)
        assert len(found[0]) == len(LISTS["shares"].columns)  # type: ignore[attr-defined] # a list of one sheet
        assert [line[2] for line in found[1:]] == [row["what"] for row in rows]
        assert [line[6] for line in found[1:]] == ["Public task"] * len(rows)
    labels = [(row[3], bool(row[5]), bool(row[6])) for row in looked()]
    assert labels.count(("export.make", True, True)) == 3, "with the records and the children in it"


def test_parts_join_to_the_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.exports.commands.making.PART", 1)
    world.proposed()
    world.proposed()
    rows = browser_of(governs()).get("shares/").json()["results"]
    assert len(rows) > 1
    found = cells(content(governs(), ready(governs(), "shares")))
    assert [line[2] for line in found[1:]] == [row["what"] for row in rows]


def test_a_sealed_child_is_not_in_it(world: World) -> None:
    case = sealed(world, Case.objects.using("owner").get(pk=world.proposed().case_id))
    found = cells(content(governs(), ready(governs(), "shares")))
    assert not [line for line in found if case.reference in line[0]]


def test_it_is_for_information_governance_and_nobody_else_and_it_has_no_other_list(world: World) -> None:
    assert ask(world.manager, "shares").status_code == 403
    assert ask(governs(), "cases").status_code == 403
    offered = browser_of(governs()).get("exports/offers/").json()["offers"]
    assert [one["list"] for one in offered] == ["shares"]
    wrong = ask(governs(), "shares", filters={"month": "november"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["month"])
