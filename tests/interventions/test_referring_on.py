"""A child referred on to a service while the lead stays: what the family knew, who has it now, and who waits for it."""

from datetime import timedelta

import pytest
from rest_framework.exceptions import ValidationError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.interventions.models import Intervention
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.interventions.made import BY_PROVIDER, WAYS, go, intervention_in, mentor, recommended, service

UNTOLD = {"child_told": "not_yet", "not_told_why": "prejudice_investigation"}
LEAD = "The lead practitioner"


def page_of(who: Actor, target: Intervention) -> dict[str, object]:
    answer = browser_of(who).get(f"interventions/{target.id}/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def services(who: Actor, case_id: object, words: str = "") -> dict[str, object]:
    return browser_of(who).get(f"cases/{case_id}/services/?q={words}").json()


# --- What the family knows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"child_told": "no"}, "not_told_why"),
        ({"parent_told": "not_yet"}, "not_told_why"),
        ({"family_agreed": "not_asked"}, "not_told_why"),
        ({"family_agreed": "not_asked", "not_told_why": "other", "article6": "consent"}, "family_agreed"),
    ],
)
def test_nobody_is_passed_over_in_silence(world: World, given: dict[str, str], field: str) -> None:
    target = recommended(world.allocated(), world.worker)
    with pytest.raises(ValidationError) as refused:
        go("offer", target, world.worker, **given)
    assert set(refused.value.detail) == {field}


def test_the_service_reads_whether_the_family_knows_and_not_why_not(world: World) -> None:
    target = go("offer", recommended(world.allocated(), world.worker), world.worker, **UNTOLD)
    own, theirs = page_of(world.worker, target), page_of(mentor(), target)
    assert own["family_knows"] == theirs["family_knows"]
    assert theirs["family_knows"][:2] == ["Child told: not yet, but we will", "Parent or carer told: yes"]
    assert "investigation" in str(own["not_told_why_label"])
    assert theirs["not_told_why_label"] == ""
    assert "investigation" not in str(theirs)


# --- Who has it now --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "by_lead"),
    [
        (Intervention.RECOMMENDED, True),
        (Intervention.OFFERED, False),
        (Intervention.PROVIDER_ACCEPTED, True),
        (Intervention.AGREED, False),
        (Intervention.WAITLISTED, False),
        (Intervention.STARTED, False),
    ],
)
def test_whoever_referred_on_knows_who_has_it(world: World, state: str, by_lead: bool) -> None:
    target = intervention_in(state, world.allocated(), world.worker)
    turn = page_of(world.worker, target)["turn"]
    assert turn["who"] == (LEAD if by_lead else target.organisation)
    assert (turn["by"] is not None) == (state in (*Intervention.OWED, Intervention.WAITLISTED))


@pytest.mark.parametrize("state", Intervention.ENDED)
def test_it_is_nobodys_turn_once_it_has_ended(world: World, state: str) -> None:
    target = intervention_in(state, world.allocated(), world.worker)
    assert page_of(world.worker, target)["turn"] is None


def test_it_is_the_leads_turn_where_the_service_has_no_account_or_may_read_no_more(world: World) -> None:
    case = world.allocated()
    stopped = intervention_in(Intervention.OFFERED, case, world.worker)
    go("stop_sharing", stopped, world.worker)
    assert page_of(world.worker, stopped)["turn"]["who"] == LEAD
    outside = service(organisation="Chapel Drop-in")
    asked = go("offer", recommended(case, world.worker, outside), world.worker)
    assert page_of(world.worker, asked)["turn"]["next"] == "Rings Chapel Drop-in, and records what they say"


def test_the_lead_of_the_case_stays_as_it_was(world: World) -> None:
    case = world.allocated()
    before = (case.lead_agency_id, case.lead_practitioner_id, case.state)
    target = recommended(case, world.worker)
    for edge in WAYS[Intervention.STARTED]:
        go(edge, target, mentor() if edge in BY_PROVIDER else world.worker)
        with acting(world.worker):
            after = Case.objects.get(pk=case.id)
        assert (after.lead_agency_id, after.lead_practitioner_id, after.state) == before


# --- Who waits for it ------------------------------------------------------------------------------------------------


def test_the_answer_that_is_owed_stands_on_the_workers_own_page_until_it_comes(world: World) -> None:
    target = intervention_in(Intervention.OFFERED, world.allocated(), world.worker)

    def waiting() -> list[str]:
        return [one["url"] for one in browser_of(world.worker).get("work/").json()["waiting"]]

    assert waiting() == [f"/interventions/{target.id}"]
    go("provider_accept", target, mentor())
    assert waiting() == []


def test_an_answer_that_does_not_come_is_on_the_list_of_the_leads_managers_and_of_no_others(world: World) -> None:
    case = world.allocated()
    intervention_in(Intervention.OFFERED, case, world.worker)
    path = "exceptions/list/?kind=services_unanswered"
    manager = actor(case.lead_agency.slug, Role.MANAGER)
    assert browser_of(manager).get(path).json()["results"] == []
    with clock.at(clock.now() + timedelta(days=15)):
        [row] = browser_of(manager).get(path).json()["results"]
        assert row["reference"] == case.reference
        assert browser_of(mentor(Role.MANAGER)).get(path).json()["results"] == []


# --- Choosing the service --------------------------------------------------------------------------------------------


def test_a_service_is_looked_for_by_words_among_those_that_fit(world: World) -> None:
    case = world.allocated()
    wanted = service(name="Boxing at the Foundry")
    service(name="Boxing for toddlers", min_age=1, max_age=3)
    service(name="Somebody to talk to")
    assert [one["name"] for one in services(world.worker, case.id, "boxing")["results"]] == [wanted.name]
    assert services(world.worker, case.id, "x" * 101)["fields"] == {"q": ["Use 100 characters or fewer."]}


def test_the_case_says_how_to_refer_on_to_those_only_who_may(world: World) -> None:
    case = world.allocated()

    def way(who: Actor) -> object:
        return browser_of(who).get(f"cases/{case.id}/overview/").json()["refer_on"]

    assert way(world.worker)["url"] == f"/cases/{case.id}/services"
    assert way(world.manager)["url"] == f"/cases/{case.id}/services"


def test_each_service_that_fits_says_what_is_published_of_it_and_what_that_means(world: World) -> None:
    """domain.md 9 #16: the rating is visible where the service is chosen."""
    rated = {"evidence": "promising", "evidence_source": "made up for this test", "evidence_on": "2026-01-05"}
    case, names = world.allocated(), (service(**rated).name, service().name)
    rows = services(world.worker, case.id)["results"]
    found = {row["name"]: (row["evidence_label"], row["evidence_hint"]) for row in rows}
    assert [found[name] for name in names] == [
        ("Promising", "Some good studies, not all agree"),
        ("Not said", "Nobody has copied a published rating here"),
    ]
