"""Writing down what a person says is wrong in a note, and the machine by which the agency that wrote it decides."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases.models import Case, Note
from backend.cases.queries.noting import notes_visible_to
from backend.core.errors import NotFound
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import Notice, tell_all
from backend.rights import rectification_queries as queries
from backend.rights.models import Rectification
from backend.sharing.queries import ledger
from backend.workflow.machine import Edge, Given, Machine, Tell

_SAID = ("said_by", "said_as", "said_on", "wrong", "right")


def record_rectification(
    actor: Actor, note_id: UUID, given: Mapping[str, Any], *, rectification_id: UUID
) -> Rectification:
    """Write down beside a note what somebody says of it; managers of the agency that wrote it are told.

    Raises NotFound for a note that the actor does not read, Forbidden where they do not work on the case.
    """
    note = note_of(actor, note_id)
    policy.require(actor, Permission.RECTIFICATION_RECORD, access.relations_to(actor, note.root_id))
    made = Rectification(
        id=rectification_id,
        root_id=note.root_id,
        child_id=note.child_id,
        partnership_id=actor.partnership_id,
        case_reference=Case.objects.values_list("reference", flat=True).get(pk=note.root_id),
        note_id=note.id,
        mark=note.mark,
        agency_id=note.agency_id,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        **{name: given[name] for name in _SAID},
    )
    event = record(actor, "rectification.record", made, root_id=made.root_id, child_id=made.child_id)
    notices = [Notice(_managers(made), "rectification_recorded", _fields(made), path_of(made))]
    tell_all(notices, event_id=event.id, root_id=made.root_id)
    return made


def note_of(actor: Actor, note_id: UUID) -> Note:
    """Return a note that the actor reads and that stands; raise NotFound."""
    note = notes_visible_to(actor).filter(pk=note_id, state=Note.WRITTEN).first()
    if note is None:
        raise NotFound
    return note


def path_of(one: Rectification) -> str:
    """Return its page."""
    return f"/rectifications/{one.id}"


def _fields(one: Rectification) -> dict[str, str]:
    return {"reference": one.case_reference, "agency": one.agency.name}


def _managers(one: Rectification) -> AgencyRoles:
    return AgencyRoles(one.agency_id, (Role.MANAGER.value,), one.child_id)


def _had_it(one: Rectification) -> Sequence[Audience]:
    """Return the agencies that something of the case was shared with; what bears a label was shared with none."""
    if one.mark:
        return ()
    agencies = dict.fromkeys(share.to_agency_id for share in ledger([one.root_id]) if share.to_agency_id)
    return [AgencyRoles(agency, (Role.MANAGER.value,), one.child_id) for agency in agencies]


def of_the_agency_that_wrote_it(one: Rectification, agency_id: UUID, given: Given | None) -> Iterator[str]:
    """What an agency wrote is its own to put right."""
    if agency_id != one.agency_id:
        yield f"A manager of {one.agency.name} decides: they wrote the note."


rectification_machine: Machine[Rectification] = Machine(
    noun="rectification",
    model=Rectification,
    edges={
        "decide": Edge(
            permission=Permission.RECTIFICATION_DECIDE,
            label="Decide what is done about it",
            hint="The note stays as it was. What you write stands beside it, and is told to those it was shared with.",
            rules=(of_the_agency_that_wrote_it,),
            tells=(
                Tell(
                    "rectification_decided",
                    lambda one: Person(one.recorded_by_id),
                    lambda one: one.recorded_by_name,
                ),
                Tell(
                    "rectification_told",
                    _had_it,
                    lambda _one: "Agencies that the record was shared with",
                    path=lambda _one: "/messages",
                ),
            ),
        ),
    },
    visible_to=queries.visible_to,
    facts=lambda _one, actor: actor.agency_id,
    fields=_fields,
    path=path_of,
    owner_agency=lambda one: one.agency_id,
    labels=Rectification.LABELS,
)
