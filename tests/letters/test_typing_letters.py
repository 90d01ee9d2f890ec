"""What is typed of a letter: its writer's alone, found again on any device, and gone once the letter is kept.

Source: product.md, section 0 (nothing that was typed is lost); architecture.md, Drafts.
"""

from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.drafts.models import Draft
from tests.actors import actor, browser_of, membership_of
from tests.cases.conftest import World
from tests.factories import every_role_in, manager, second_manager
from tests.letters.conftest import MOTHER, family_case, page, to, written

pytestmark = pytest.mark.django_db
TEXT = "Dear Ngozi,\n\nI have thought about what you said"


def at(case: Case) -> str:
    """Where what is typed of a letter is kept."""
    return f"cases/{case.id}/letters/draft/"


def types(who: Actor, case: Case, **answers: Any) -> Any:
    """Type into a letter, as autosave does."""
    changes = {name: {"value": value, "base_rev": 0} for name, value in answers.items()}
    return browser_of(who).patch(at(case), {"answers": changes})


def reads(who: Actor, case: Case) -> dict[str, Any]:
    """What somebody finds when they open the letter again."""
    answers = browser_of(who).get(at(case)).json()["answers"]
    return {name: one["value"] for name, one in answers.items()}


def test_the_form_says_where_it_is_kept_and_finds_it_again_as_it_was_left() -> None:
    case = family_case()
    begin, write = page(case)["options"]
    assert (begin["draft_url"], write["draft_url"]) == ("", f"/api/v1/{at(case)}")
    begun = {"template": "closing", "recipient": to(page(case), MOTHER), "text": TEXT, "way": "pigeon"}
    assert types(manager(), case, **begun).status_code == 200
    assert reads(manager(), case) == begun


def test_a_refused_letter_stays_and_a_kept_one_is_no_draft() -> None:
    case = family_case()
    types(manager(), case, text=TEXT)
    assert written(case, text="Dear [name]").status_code == 400
    assert reads(manager(), case) == {"text": TEXT}
    assert written(case).status_code == 201
    assert reads(manager(), case) == {}


def test_two_who_write_to_one_family_write_a_letter_each() -> None:
    case = family_case()
    types(manager(), case, text=TEXT)
    types(second_manager(), case, text="Mine.")
    assert (reads(manager(), case), reads(second_manager(), case)) == ({"text": TEXT}, {"text": "Mine."})
    with acting(second_manager()):
        assert {one.author_id for one in Draft.objects.all()} == {second_manager().user_id}
    assert written(case).status_code == 201
    assert reads(second_manager(), case) == {"text": "Mine."}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_who_may_write_no_letter_keeps_none(method: str) -> None:
    world = World()
    case, team = world.allocated(), membership_of(world.worker).team
    colleague = every_role_in("city-early-help", team=team.name if team else "")[Role.PRACTITIONER]
    body = None if method == "GET" else {"answers": {"text": {"value": TEXT, "base_rev": 0}}}
    for who, expected in ((colleague, 403), (actor("brightwater", Role.MANAGER), 404)):
        assert browser_of(who).send(method, at(case), body).status_code == expected
    with acting(world.worker):
        assert not Draft.objects.exists()


def test_nothing_is_kept_that_a_letter_does_not_ask() -> None:
    assert types(manager(), family_case(), state="kept").status_code == 400


def test_it_is_given_up_and_gone_however_often() -> None:
    case = family_case()
    types(manager(), case, text=TEXT)
    for _ in range(2):
        assert browser_of(manager()).send("DELETE", at(case)).status_code == 204
    assert reads(manager(), case) == {}


def test_it_stands_among_todays_work_of_its_writer_until_it_is_kept() -> None:
    world = World()
    case = world.allocated()
    types(world.worker, case, text=TEXT)
    for who, begun in ((world.worker, [f"/cases/{case.id}/letter"]), (world.manager, [])):
        today = browser_of(who).get("work/").json()["today"]
        assert [one["url"] for one in today if one["kind"] == "draft"] == begun
