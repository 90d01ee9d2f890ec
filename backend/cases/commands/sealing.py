"""The machine of a seal, over the case: who is named on it is a row for each, and there is no flag (docs/adr/0009)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from backend.access.policy import Permission
from backend.cases.commands.telling import managers, name_managers
from backend.cases.models import Case
from backend.cases.queries import visible_to
from backend.cases.queries.sealing import governed, seal_facts
from backend.cases.rules import sealing as rules
from backend.cases.text_fields import case_fields
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine, Tell

NOUN = "seal"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A kind of record that can be sealed: what it is called, who may, whom to tell in which words, and its page."""

    noun: str
    permissions: Mapping[str, Permission]
    # When it can be sealed, and when what is sealed can be changed.
    put_in: tuple[str, ...]
    states: tuple[str, ...]
    always_named: str
    names_you: str
    lifted: Tell
    fields: Callable[[Any], Mapping[str, str]]
    path: Callable[[Any], str]


def path_of(case: Case) -> str:
    """Return the page that says who may see a case."""
    return f"/cases/{case.id}/seal"


def _put(change: Change[Any], given: dict[str, Any]) -> None:
    """Name whoever has it in hand and the two who sealed it, besides those they chose."""
    _name_all(change, list(change.facts.named_at_first(given["people"])))


def _name(change: Change[Any], given: dict[str, Any]) -> None:
    _name_all(change, given["people"])


def _name_all(change: Change[Any], people: list[UUID]) -> None:
    _call("app.name_on_seal", change, people)


def _take_off(change: Change[Any], given: dict[str, Any]) -> None:
    _call("app.take_off_seal", change, given["people"])


def _call(function: str, change: Change[Any], people: list[UUID]) -> None:
    named = list(dict.fromkeys(people))
    change.data = {"people": [str(pk) for pk in named]}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s::uuid[])", [change.target.id, named])


def _lift(change: Change[Any], given: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.lift_seal(%s)", [change.target.id])


def _tell_named(sealed: Sealed) -> Callable[[Change[Any], Given], None]:
    """Whoever is named from now on hears of it; nobody hears that they are not."""

    def told(change: Change[Any], given: Given) -> None:
        if change.event is None:
            return
        for user_id in (UUID(pk) for pk in change.data.get("people", []) if pk != str(change.actor.user_id)):
            tell(
                event_id=change.event.id,
                root_id=change.target.id,
                audience=Person(user_id),
                message=sealed.names_you,
                fields=sealed.fields(change.target),
                # Whoever is named for another agency sees their own place in it, which their work leads to.
                path=sealed.path(change.target) if _is_of_keeper(change, user_id) else "/work",
            )

    return told


def _is_of_keeper(change: Change[Any], user_id: UUID) -> bool:
    person = change.facts.candidates.get(user_id)
    return person is None or person.agency == change.facts.keeper.agency


def _put_edge(sealed: Sealed, told: Callable[[Change[Any], Given], None]) -> Edge:
    return Edge(
        permission=sealed.permissions["put"],
        label=f"Seal this {sealed.noun}",
        hint=f"For a child whom only few may find. {sealed.always_named}",
        rules=(rules.is_not_sealed, rules.may_be_named, rules.second_person_fits, rules.names_a_deputy),
        first=_put,
        then=told,
        second_person=rules.always_two,
        sources=sealed.put_in,
    )


def seal_edges(sealed: Sealed) -> dict[str, Edge]:
    """Return what can be done about the seal of one kind of record."""
    told = _tell_named(sealed)
    return {
        "put": _put_edge(sealed, told),
        "name": Edge(
            permission=sealed.permissions["name"],
            label="Name somebody",
            hint=f"From then on they find this {sealed.noun} and see what their place in it lets them see.",
            rules=(rules.is_sealed, rules.is_for_a_manager, rules.may_be_named, rules.second_person_fits),
            first=_name,
            then=told,
            second_person=rules.two_while_there_are,
            sources=sealed.states,
        ),
        "take_off": Edge(
            permission=sealed.permissions["take_off"],
            label="Take somebody off",
            hint=f"At once they find nothing of this {sealed.noun} any more, and they are not told. Give away first "
            "what they have in hand, and speak to them yourself.",
            rules=(rules.is_sealed, rules.can_be_taken_off),
            first=_take_off,
            sources=sealed.states,
        ),
        "lift": Edge(
            permission=sealed.permissions["lift"],
            label="Lift the seal",
            hint="Everybody sees again what they would see without it.",
            rules=(rules.is_sealed, rules.second_person_fits, rules.rests_for_no_death),
            tells=(sealed.lifted,),
            first=_lift,
            second_person=rules.always_two,
            sources=sealed.states,
        ),
    }


SEALED_CASE = Sealed(
    noun="case",
    permissions={
        "put": Permission.SEAL_PUT,
        "name": Permission.SEAL_NAME,
        "take_off": Permission.SEAL_TAKE_OFF,
        "lift": Permission.SEAL_LIFT,
    },
    put_in=tuple(Case.LABELS),
    states=tuple(Case.LABELS),
    always_named="You, the second manager and whoever leads the case are always named.",
    names_you="case_seal_names_you",
    lifted=Tell("case_seal_lifted", managers, name_managers),
    fields=case_fields,
    path=path_of,
)

seal_machine: Machine[Case] = Machine(
    noun=NOUN,
    model=Case,
    edges=seal_edges(SEALED_CASE),
    visible_to=visible_to,
    facts=seal_facts,
    fields=case_fields,
    path=path_of,
    owner_agency=lambda case: case.lead_agency_id,
    labels=Case.LABELS,
    unread=governed,
)
