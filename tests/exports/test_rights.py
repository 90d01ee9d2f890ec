"""Who may export what, allowed and denied side by side; and that a file holds the very rows that its page shows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from backend.access import policy
from backend.access.actors import Actor
from backend.administration.queries.exceptions import KINDS
from backend.agencies.roles import Role
from backend.exports.lists import LISTS
from backend.exports.models import Export
from tests.actors import actor, bound_to, browser_of, seen
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.exports.conftest import ask, asked, cells, content, make, ready

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
EARLY_HELP = "city-early-help"
DECIDED = {"kind": "decide", "outcome": "in_time", "period": "year"}
FILTERS: dict[str, dict[str, Any]] = {
    "attention": {"kind": "unallocated"},
    "flow": DECIDED,
    "outcomes": {"figure": "reasons", "period": "year"},
}


def of(role: Role, agency: str = EARLY_HELP) -> Actor:
    return actor(agency, role)


@pytest.mark.parametrize("code", sorted(LISTS.keys() - {"shares"}))
def test_managers_and_triage_officers_export_what_their_role_sees(code: str) -> None:
    answers = {
        role: ask(of(role), code, filters=FILTERS.get(code, {})).status_code
        for role in (Role.MANAGER, Role.TRIAGE_OFFICER, Role.CASE_WORKER)
    }
    officer = 201 if policy.holds(of(Role.TRIAGE_OFFICER), LISTS[code].permission) else 403
    assert answers == {Role.MANAGER: 201, Role.TRIAGE_OFFICER: officer, Role.CASE_WORKER: 403}


@pytest.mark.parametrize("code", ["attention", "outcomes"])
def test_what_only_a_manager_sees_only_a_manager_exports(code: str) -> None:
    answer = ask(of(Role.TRIAGE_OFFICER), code, filters=FILTERS[code])
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_who_sees_no_list_is_told_who_does(world: World) -> None:
    analyst = actor("community-safety", Role.PARTNERSHIP_ANALYST)
    for who in (world.teacher, analyst):
        for answer in (ask(who), browser_of(who).get("exports/"), browser_of(who).get("exports/offers/")):
            assert answer.status_code == 403
            assert "manager or triage officer" in answer.json()["reasons"][0]


@committed
def test_an_export_is_its_askers_own(world: World) -> None:
    key = ready(world.manager)
    assert content(world.manager, key).status_code == 200
    colleague = of(Role.MANAGER)
    assert colleague.user_id != world.manager.user_id
    for who in (colleague, world.youth_justice_manager, world.stranger):
        browser = browser_of(who)
        missing = browser.get(f"exports/{UUID(int=1)}/").content
        assert browser.get(f"exports/{key}/").content == missing
        assert content(who, key).content == missing
        assert browser.post(f"exports/{key}/delete/").content == missing
        assert browser.get("exports/").json()["results"] == []


def test_the_database_shows_an_export_to_nobody_else(world: World) -> None:
    key = asked(world.manager)
    for who, found in ((world.manager, {key}), (of(Role.MANAGER), set()), (world.stranger, set())):
        bound_to(who.membership_id)
        assert seen("exports_export") == found
    bound_to(world.manager.membership_id)
    with pytest.raises(Exception, match="permission denied"):
        Export.objects.filter(pk=key).update(recipient_name="Nobody", purpose="None")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "everything"}, "list"),
        ({"filters": {"kind": "made_up"}, "code": "attention"}, "kind"),
        ({"filters": {"text": "Amina"}}, "text"),
        ({"filters": {"reference": "C-7KQ-MXDA4"}, "code": "cases_closed"}, "reference"),
        ({"file_format": "pdf"}, "file_format"),
        ({"recipient": "body"}, "recipient_name"),
        ({"purpose": " "}, "purpose"),
    ],
)
def test_what_is_not_asked_is_refused_at_its_field(world: World, wrong: dict[str, Any], field: str) -> None:
    answer = ask(world.manager, wrong.pop("code", "cases"), **wrong)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def shown(who: Actor, path: str) -> list[str]:
    """The references of a list as its page reads it, to its end."""
    found: list[str] = []
    answer = browser_of(who).get(f"{path}{'&' if '?' in path else '?'}page_size=100").json()
    found += [row["reference"] for row in answer["results"]]
    assert answer["next"] is None
    return found


def _some_of_each(world: World) -> None:
    world.allocated()
    for _each in range(3):
        world.opened(led_by=EARLY_HELP)
        world.referred(world.agency(EARLY_HELP))
    # Of another agency, and so in none of these lists.
    world.opened()


@committed
@pytest.mark.parametrize(
    ("code", "filters", "path"),
    [
        ("cases", {}, "cases/?view=lead"),
        ("cases_closed", {}, "cases/closed/"),
        ("referrals", {}, "referrals/?view=queue"),
        ("referrals", {"view": "held"}, "referrals/?view=held"),
        ("referrals", {"view": "held", "states": ["accepted"]}, "referrals/?view=held&state=accepted"),
        ("referrals", {"due": "overdue"}, "referrals/?view=queue&due=overdue"),
        ("attention", {"kind": "unallocated"}, "exceptions/list/?kind=unallocated"),
        ("flow", DECIDED, "figures/flow/list/?kind=decide&outcome=in_time&period=year"),
    ],
)
def test_a_file_holds_the_rows_that_the_page_shows(world: World, code: str, filters: Any, path: str) -> None:
    _some_of_each(world)
    expected = shown(world.manager, path)
    found = cells(content(world.manager, ready(world.manager, code, filters=filters)))
    assert sorted(row[0] for row in found[1:]) == sorted(expected)
    assert len(found[0]) == len(LISTS[code].columns)


@committed
def test_parts_join_to_the_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.exports.commands.making.PART", 2)
    _some_of_each(world)
    found = cells(content(world.manager, ready(world.manager)))
    assert sorted(row[0] for row in found[1:]) == sorted(shown(world.manager, "cases/?view=lead"))


@committed
def test_every_kind_of_what_needs_attention_can_be_exported(world: World) -> None:
    _some_of_each(world)
    keys = []
    for kind in KINDS:
        keys.append(asked(world.manager, "attention", filters={"kind": kind}))
        make()
    assert all(browser_of(world.manager).get(f"exports/{key}/").json()["is_ready"] for key in keys)


def test_no_column_holds_words_about_a_child() -> None:
    """Whoever adds a column reads what stands in it first: these are codes, dates, names of staff and of the child."""
    columns = sorted({column for one in LISTS.values() for sheet in one.sheets for column in sheet.columns})
    assert columns == COLUMNS


COLUMNS = sorted(
    (
        *("Reference", "State", "Child", "Date of birth", "Expected date of birth", "Urgent", "Theme", "Priority"),
        *("Level of need, as referred", "Level of need, as decided", "Sent", "Sent by", "Held by", "Triage officer"),
        *("Due next", "Ended", "Primary need", "Lead agency", "Lead practitioner", "Team", "Opened", "Closed"),
        *("Why it closed", "What", "Since", "Due", "Began", "Done", "On"),
        *("Child’s reference here", "Sex", "Ethnicity", "Date of contact", "Source", "Agency", "Outcome", "Case"),
        *("Number", "Start", "Completion", "Organisation completing", "Date of referral", "Date of decision"),
        *("Level of need", "Proposed", "From", "To", "Answered"),
        # Of what was shared: why is one of the product's own sentences, never what somebody typed.
        *("Records", "When", "Purpose", "UK GDPR basis", "Condition", "Power", "By", "Last day"),
        *("Consent taken back", "Carried on by a later share"),
    )
)


@pytest.mark.parametrize(("path", "most"), [("exports/", 6), ("exports/form/?list=attention&kind=unallocated", 4)])
def test_pages_of_exports_cost_few_statements(world: World, path: str, most: int) -> None:
    asked(world.manager)
    browser = browser_of(world.manager)
    found = statements(lambda: browser.get(path))
    assert len(found) <= most, said(found)


def test_the_form_says_what_the_list_is_called_and_asks_the_rest(world: World) -> None:
    read: Callable[[str], Any] = browser_of(world.manager).get
    form = read("exports/form/?list=attention&kind=unallocated").json()
    assert form["title"] == "Needs attention: Cases without a lead practitioner"
    assert form["columns"] == ["Reference", "What", "Since", "Due"]
    assert [field["name"] for field in form["input"]] == [
        "file_format",
        "recipient",
        "recipient_name",
        "purpose",
        "every",
    ]
    assert read("exports/form/?list=referrals&view=held&states=accepted&states=declined").status_code == 200
    assert read("exports/form/?list=attention&kind=made_up").status_code == 400
    assert read("exports/form/?list=made_up").status_code == 400
