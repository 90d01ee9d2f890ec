"""What is given with edges beside a good input."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access.binding import acting
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.models import Decision
from tests.actors import actor, browser_of
from tests.api.costs.records import the_likely
from tests.api.costs.row import Fill, Given
from tests.cases.working import given_for
from tests.edges import good_input
from tests.factories import agency_id, manager, officer, questions, second_manager
from tests.world import World

REASON = {"reason": "One child, by the school's photograph."}


def always(**given: Any) -> Fill:
    """The same whatever the record."""
    return lambda _world, _pk: given


def every_goal(world: World, _pk: UUID) -> Given:
    """A score for the goal of the world's case."""
    return {"rows": [{"goal": str(world.records["goal"]), "score": 5}]}


def the_officer(_world: World, _pk: UUID) -> Given:
    """The officer who is named on the seal."""
    return {"people": [str(officer().user_id)]}


def another_manager(_world: World, _pk: UUID) -> Given:
    """The second manager, who is named on the seal too."""
    return {"people": [str(second_manager().user_id)]}


def another_officer(_world: World, _pk: UUID) -> Given:
    """Somebody of the agency who is not named on the seal."""
    return {"people": [str(actor("front-door", Role.TRIAGE_OFFICER, nth=1).user_id)]}


def asking(*slugs: str) -> Fill:
    """A question to each of these agencies."""
    return lambda _world, _pk: questions(*slugs)


def working(edge: str, **given: Any) -> Fill:
    """What a case's form would not know by itself."""
    return lambda _world, _pk: {**given_for(edge), **given}


def to_agency(slug: str, name: str) -> Fill:
    """An agency, under the name that the edge calls it by."""
    return lambda _world, _pk: {name: agency_id(slug)}


def proposing(slug: str) -> Fill:
    """All that the lead is offered with to an agency."""
    return lambda _world, _pk: good_input("case", "propose_transfer", to_agency_id=agency_id(slug))


def decision(_world: World, pk: UUID) -> Given:
    """The last decision about a referral."""
    with acting(manager()):
        return {"decision": str(Decision.objects.filter(root_id=pk).latest("at").id)}


def first_choice(edge: str, field: str) -> Fill:
    """The first of the choices that the page offers."""

    def given(_world: World, pk: UUID) -> Given:
        options = browser_of(manager()).get(f"referrals/{pk}/").json()["options"]
        form = next(option["input"] for option in options if option["name"] == edge)
        choices = next(one["choices"] for one in form if one["name"] == field)
        return {field: choices[0]["value"]}

    return given


def first_of_two(_world: World, pk: UUID) -> Given:
    """The first of two cases goes on."""
    return {"goes_on": browser_of(manager()).get(f"case-choices/{pk}/").json()["cases"][0]["id"]}


def the_likely_as_match(world: World, pk: UUID) -> Given:
    """The likeliest child, matched."""
    return {"child_match": the_likely(world, pk)["child"]}


def elsewhere(_world: World | None = None, _pk: UUID | None = None) -> Given:
    """Another agency leads."""
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    return {"lead_agency": agency_id("city-early-help"), **handover}


def known_child_led_elsewhere(world: World, pk: UUID) -> Given:
    """A child who is known, and another agency leads."""
    return {**the_likely_as_match(world, pk), **elsewhere()}


def handed_over(_world: World, _pk: UUID) -> Given:
    """Statutory services have it."""
    return {"received_at": clock.now().isoformat(), "follow_up_sent": True}


def ahead(_world: World, _pk: UUID) -> Given:
    """A plan that is reviewed in six weeks."""
    return {"review_on": (local(clock.now()).date() + timedelta(weeks=6)).isoformat()}


def reviewing(world: World, pk: UUID) -> Given:
    """A review that was held today, with the child's view."""
    today = local(clock.now()).date().isoformat()
    return {**ahead(world, pk), "held_on": today, "child_view": "It is better with Rosa."}


def colleague(world: World, _pk: UUID) -> Given:
    """Somebody else of the worker's agency."""
    return {"owner": str(world.who(Relation.UNIT, Role.CASE_WORKER).membership_id)}


def me(_world: World, _pk: UUID) -> Given:
    """The manager of the front door becomes the lead practitioner."""
    return {"lead_practitioner_id": str(manager().user_id)}


def another_practitioner(_world: World, _pk: UUID) -> Given:
    """Another manager does."""
    return {"lead_practitioner_id": str(second_manager().user_id)}
