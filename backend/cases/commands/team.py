"""The team around the child: somebody is named, somebody's place ends, and a member writes what the team reads."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases.commands.mentioning import named_in, to_named
from backend.cases.commands.planning import open_case, owner_of, part_of, share_of
from backend.cases.models import Case, Note, TeamMember
from backend.cases.queries.team import members_visible_to, places_of
from backend.cases.rules.noting import TEAM_FORM
from backend.cases.text_fields import team_fields
from backend.core import clock
from backend.core.errors import Conflict, Invalid, NotFound
from backend.drafts import commands as drafts
from backend.notifications import commands as notifications
from backend.notifications.audience import Person
from backend.notifications.commands import Notice, outbox_rows
from backend.notifications.models import ITSELF
from backend.sharing.commands import disclosure
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine, Tell

Given = Mapping[str, Any]
_NOT_NOW = "People are named to a team while a lead practitioner works on the case."
_ALREADY = "They work with this family already. Choose somebody else."
_WHAT = "The child’s plan, and the notes that are shared with the team around the child"
_PURPOSE = "To work with the family as part of the team around the child"
# Why places end with what happens to the case or to the person, codes of `team_end_reasons`.
_LEADS_NOW, _LEAD_CHANGED, _CASE_ENDED = "leads_now", "lead_changed", "case_ended"
LEFT, CONFLICT = "left_agency", "conflict"


def add_member(actor: Actor, case_id: UUID, given: Given, *, member_id: UUID) -> TeamMember:
    """Name somebody to the team of a visible case; another agency's person on a basis. Raises a Refusal."""
    case = open_case(actor, case_id, Permission.CASE_NAME_MEMBER, not_now=_NOT_NOW)
    _wait_for(case)
    chosen = owner_of(case, given, field="person")
    if chosen.user_id == case.lead_practitioner_id or _is_on(case.id, chosen.user_id):
        raise Invalid(_ALREADY, fields={"person": [_ALREADY]})
    member = TeamMember(
        id=member_id,
        **part_of(actor, case),
        person_id=chosen.user_id,
        person_agency_id=chosen.agency_id,
        is_partner=chosen.agency_id != case.lead_agency_id,
        part=given["part"],
        why=given["why"],
    )
    share = share_of(case, chosen, given, opens_id=member.id, what=_WHAT, purpose=_PURPOSE)
    shared = disclosure(actor, **share) if share else []
    told = [Notice(Person(chosen.user_id), "team_joined", team_fields(member), place_of(member))]

    def beside(event: Event) -> list[Any]:
        return [*shared, *outbox_rows(told, event_id=event.id, root_id=case.id)]

    data = {"member_id": str(member.id), "agency": str(chosen.agency_id), "reason_code": member.why}
    record(actor, "team_member.add", member, root_id=case.id, child_id=case.child_id, data=data, beside=beside)
    return member


def place_of(member: TeamMember) -> str:
    """Return the page where a member finds what they work on."""
    return f"/team-members/{member.id}" if member.is_partner else f"/cases/{member.root_id}"


def write_shared_note(actor: Actor, member_id: UUID, given: Given, *, note_id: UUID) -> Note:
    """Write what the whole team reads, as one of its members of another agency. Raises a Refusal."""
    member = own_place(actor, member_id)
    moment = clock.now()
    note = Note(
        id=note_id,
        root_id=member.root_id,
        child_id=member.child_id,
        kind=given["kind"],
        text=given["text"],
        happened_at=given["happened_at"] or moment,
        written_at=moment,
        is_shared=True,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        agency_id=actor.agency_id,
    )
    named = named_in(note, actor, given.get("named", ()))
    data = {"kind": note.kind, "member_id": str(member.id)}
    event = record(actor, "note.write", note, root_id=member.root_id, child_id=member.child_id, data=data)
    notifications.tell_all(to_named(note, named, team_fields(member)), event_id=event.id, root_id=member.root_id)
    drafts.discard_own(actor, member.id, TEAM_FORM)
    return note


def own_place(actor: Actor, member_id: UUID) -> TeamMember:
    """Return the place on a team from which the actor writes to it. Raises a Refusal."""
    member = members_visible_to(actor).filter(pk=member_id).first()
    if member is None:
        raise NotFound
    policy.require(actor, Permission.TEAM_MEMBER_WRITE_NOTE, queries.relations_to(actor, member.root_id))
    if not places_of(actor).filter(pk=member.id).exists():
        raise Conflict("Only they themselves write in this place.", code="wrong_state")
    return member


def end_for_leaver(actor: Actor, member: TeamMember, *, reason_code: str) -> None:
    """End the place of somebody who leaves, or who may not see the family any more; the lead practitioner is told."""
    member.end(actor, {"reason_code": reason_code})
    data = {"member_id": str(member.id), "reason_code": reason_code}
    event = record(actor, "team_member.end", member, root_id=member.root_id, child_id=member.child_id, data=data)
    lead = Case.objects.filter(pk=member.root_id).values_list("lead_practitioner_id", flat=True).first()
    if lead is not None and lead != member.person_id:
        notifications.tell(
            event_id=event.id,
            root_id=member.root_id,
            audience=Person(lead),
            message="team_member_left",
            fields=team_fields(member),
            path=f"/cases/{member.root_id}/team",
        )


def end_all(change: Change[Case]) -> None:
    """A case that ends has no team any more; who goes on for the family is said at its end."""
    _end_where(change, Q(), _CASE_ENDED)


def end_replaced(change: Change[Case], *, lead_practitioner_id: UUID) -> None:
    """Whoever leads is not on the team besides, and colleagues of the former lead agency hand over with it."""
    case = change.target
    _end_where(change, Q(person_id=lead_practitioner_id), _LEADS_NOW)
    if case.practitioner_agency_id not in (None, case.lead_agency_id):
        _end_where(change, Q(is_partner=False) & ~Q(person_agency_id=case.lead_agency_id), _LEAD_CHANGED)


def end_shared(actor: Actor, where: Q, *, reason_code: str) -> None:
    """A consent was taken back: whoever was on the team because of it no longer reads what it shares."""
    members = TeamMember.objects.filter(where, is_partner=True, state=TeamMember.ON)
    for member_id in list(members.values_list("id", flat=True)):
        team_machine.perform(actor, "end", member_id, version=None, given={"reason_code": reason_code})


def _end_where(change: Change[Case], where: Q, reason_code: str) -> None:
    if not change.facts.plan.has_team:
        return
    team_machine.perform_on_parts(change, "end", where & Q(state=TeamMember.ON), given={"reason_code": reason_code})


def _wait_for(case: Case) -> None:
    """One at a time: neither is the same person named twice, nor anybody to a case that is just ending."""
    open_ones = Case.objects.select_for_update(of=("self",), no_key=True).filter(state__in=Case.WITH_PRACTITIONER)
    if open_ones.filter(pk=case.id).first() is None:
        raise Conflict(_NOT_NOW, code="wrong_state")


def _is_on(case_id: UUID, user_id: UUID) -> bool:
    return TeamMember.objects.filter(root_id=case_id, person_id=user_id, state=TeamMember.ON).exists()


def _named(change: Change[TeamMember], given: dict[str, Any]) -> None:
    change.data = {"member_id": str(change.target.id), "reason_code": given["reason_code"]}


def _member(member: TeamMember) -> Person | None:
    return None if member.reason_code == _LEADS_NOW else Person(member.person_id)


team_machine: Machine[TeamMember] = Machine(
    noun="team_member",
    model=TeamMember,
    edges={
        "end": Edge(
            permission=Permission.TEAM_MEMBER_END,
            label="End their place on the team",
            hint="They are told, and no longer read what the team shares. What they wrote stays.",
            tells=(Tell("team_left", _member, lambda member: member.person.name, path=lambda _member: ITSELF),),
            first=_named,
        ),
    },
    visible_to=members_visible_to,
    facts=lambda _member, _actor: None,
    fields=team_fields,
    path=place_of,
    owner_agency=lambda member: member.person_agency_id,
    labels=TeamMember.LABELS,
    clock_root=lambda member: member.id,
)
