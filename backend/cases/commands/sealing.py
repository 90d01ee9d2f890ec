"""The machine of a seal, over the case: who is named on it is a row for each, and there is no flag (docs/adr/0009)."""

from typing import Any
from uuid import UUID

from django.db import connection

from backend.access.policy import Permission
from backend.cases.commands.telling import managers, name_managers
from backend.cases.models import Case
from backend.cases.queries import visible_to
from backend.cases.queries.sealing import seal_facts
from backend.cases.rules import sealing as rules
from backend.cases.text_fields import case_fields
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine, Tell

NOUN = "seal"


def path_of(case: Case) -> str:
    """Return the page that says who may see a case."""
    return f"/cases/{case.id}/seal"


def _put(change: Change[Case], given: dict[str, Any]) -> None:
    """Name whoever leads the case and the two managers who sealed it, besides those they chose."""
    waiting = change.confirmation
    people = [change.actor.user_id, change.target.lead_practitioner_id, waiting.asked_by_id if waiting else None]
    _name_all(change, [*given["people"], *(one for one in people if one is not None)])


def _name(change: Change[Case], given: dict[str, Any]) -> None:
    _name_all(change, given["people"])


def _name_all(change: Change[Case], people: list[UUID]) -> None:
    _call("app.name_on_seal", change, list(dict.fromkeys(people)))


def _take_off(change: Change[Case], given: dict[str, Any]) -> None:
    _call("app.take_off_seal", change, list(dict.fromkeys(given["people"])))


def _call(function: str, change: Change[Case], people: list[UUID]) -> None:
    change.data = {"people": [str(pk) for pk in people]}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s::uuid[])", [change.target.id, people])


def _lift(change: Change[Case], given: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.lift_seal(%s)", [change.target.id])


def _tell_named(change: Change[Case], given: Given) -> None:
    """Whoever is named from now on hears of it; nobody hears that they are not."""
    if change.event is None:
        return
    case, told = change.target, change.data.get("people", [])
    for user_id in (UUID(pk) for pk in told if pk != str(change.actor.user_id)):
        tell(
            event_id=change.event.id,
            root_id=case.id,
            audience=Person(user_id),
            message="case_seal_names_you",
            fields=case_fields(case),
            # Whoever is named for another agency sees their own place in it, which their work leads to.
            path=path_of(case) if _is_of_lead(change, user_id) else "/work",
        )


def _is_of_lead(change: Change[Case], user_id: UUID) -> bool:
    person = change.facts.candidates.get(user_id)
    return person is None or person.agency == change.target.lead_agency.name


_EVERY_STATE = tuple(Case.LABELS)

seal_machine: Machine[Case] = Machine(
    noun=NOUN,
    model=Case,
    edges={
        "put": Edge(
            permission=Permission.SEAL_PUT,
            label="Seal this case",
            hint="For a child whom only few may find. You, the second manager and whoever leads the case are always "
            "named.",
            rules=(rules.is_not_sealed, rules.may_be_named),
            first=_put,
            then=_tell_named,
            second_person=rules.always_two,
            sources=_EVERY_STATE,
        ),
        "name": Edge(
            permission=Permission.SEAL_NAME,
            label="Name somebody",
            hint="From then on they find this case and see what their place in it lets them see.",
            rules=(rules.is_sealed, rules.is_for_a_manager, rules.may_be_named),
            first=_name,
            then=_tell_named,
            second_person=rules.two_while_there_are,
            sources=_EVERY_STATE,
        ),
        "take_off": Edge(
            permission=Permission.SEAL_TAKE_OFF,
            label="Take somebody off",
            hint="At once they find nothing of this case any more, and they are not told. Give away first what they "
            "have in hand, and speak to them yourself.",
            rules=(rules.is_sealed, rules.can_be_taken_off),
            first=_take_off,
            sources=_EVERY_STATE,
        ),
        "lift": Edge(
            permission=Permission.SEAL_LIFT,
            label="Lift the seal",
            hint="Everybody sees again what they would see without it.",
            rules=(rules.is_sealed, rules.rests_for_no_death),
            tells=(Tell("case_seal_lifted", managers, name_managers),),
            first=_lift,
            second_person=rules.always_two,
            sources=_EVERY_STATE,
        ),
    },
    visible_to=visible_to,
    facts=seal_facts,
    fields=case_fields,
    path=path_of,
    owner_agency=lambda case: case.lead_agency_id,
    labels=Case.LABELS,
)
