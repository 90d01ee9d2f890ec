"""A copy that was released stands in the ledger: across records, and at each record of the child.

Source: access.md, Each share (what, from, to, by, at); docs/adr/0069.
"""

import pytest

from backend.access.binding import acting
from backend.access.models import Conflict
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core.ids import uuid7
from backend.sharing.models import Disclosure
from tests.actors import actor, browser_of
from tests.administration.leading import manager, worker
from tests.rights import made
from tests.rights.made import first, second

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_it_is_in_both_ledgers_and_names_nobody_who_asked(case: Case) -> None:
    shared = Disclosure.objects.using("owner").filter(root_id=case.id).count()
    one = made.released(case)
    [line] = browser_of(second()).get(f"shares/?child={case.child_id}").json()["results"][:1]
    assert (line["id"], line["is_copy"], line["state"]) == (str(one.id), True, "Given")
    assert (line["what"], line["by"]) == ("A copy of the record", second().name)
    assert case.reference in line["records"]
    assert one.asker_name not in str(line)
    [copy] = browser_of(manager()).get(f"copies-given/{case.id}/").json()["copies"]
    assert (copy["id"], copy["to_whom"]) == (str(one.id), line["to_agency"])
    assert Disclosure.objects.using("owner").filter(root_id=case.id).count() == shared, "it is no share"
    assert browser_of(first()).get("shares/?basis=consent").json()["results"] == []


def test_it_pages_with_the_shares_by_time(case: Case) -> None:
    made.released(case)
    rows = browser_of(first()).get("shares/").json()["results"]
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)


def test_what_was_not_released_or_is_barred_is_in_neither(case: Case) -> None:
    one = made.opened(case)
    assert browser_of(manager()).get(f"copies-given/{case.id}/").json()["copies"] == []
    assert str(one.id) not in browser_of(first()).get("shares/").content.decode()


def test_who_may_not_know_of_the_child_reads_of_no_copy(case: Case) -> None:
    one = made.released(case)
    Conflict.objects.using("owner").create(user_id=first().user_id, child_id=case.child_id)
    assert str(one.id) not in browser_of(first()).get("shares/").content.decode()
    with acting(first()):
        assert browser_of(first()).get(f"shares/?child={case.child_id}").json()["results"] == []


def test_beside_a_record_it_is_for_those_who_answer_for_it(case: Case) -> None:
    made.released(case)
    assert browser_of(worker()).get(f"copies-given/{case.id}/").status_code == 200
    nothing = browser_of(first()).get(f"copies-given/{uuid7()}/")
    for who in (first(), actor("youth-justice", Role.MANAGER)):
        answer = browser_of(who).get(f"copies-given/{case.id}/")
        assert (answer.status_code, answer.content) == (404, nothing.content)
