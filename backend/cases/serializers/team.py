"""The team around a child: who is on it, and what somebody of another agency reads in their place on it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands.team import team_machine
from backend.cases.models import Case, LeadRequest, TeamMember
from backend.cases.queries.asking import latest_of
from backend.cases.queries.noting import shared_notes_of
from backend.cases.queries.planning import goals_of, possible_owners
from backend.cases.queries.team import team_around, who_leads
from backend.cases.serializers.asking import LeadRequestRowShape, asking_option, lead_request_row
from backend.cases.serializers.choosing import ask_for_basis, others_than, owner_choices
from backend.cases.serializers.noting import NoteRowShape, shared_note_rows
from backend.cases.serializers.plan_shapes import PlannedActionShape, PlannedGoalShape
from backend.cases.serializers.planning import planned
from backend.children.models import Child
from backend.children.queries import with_alerts
from backend.children.serializers import SafetyShape, age_of, safety_data
from backend.core import clock, vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.sharing import serializers as sharing
from backend.workflow import fields, options
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import OptionNameShape, OptionShape

# As many as somebody reads on one page; the case worker's own page has them all.
_NOTES = 20
_END_REASONS = ("part_is_done", "somebody_else", "family_asked")


class MemberInput(StrictSerializer):
    """Who is named to the team, and what they do."""

    person = fields.chosen_id(
        "person",
        "Who works with the family, too?",
        hint="Colleagues of the lead practitioner read the case. Others read the plan and what you share with the team",
    )
    part = fields.text("What do they do?", hint="As you would say it to the family")
    why = fields.code("team_reasons", "Why are they on the team?")
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


class EndMemberInput(EdgeInput):
    """Why somebody is no longer on the team."""

    reason_code = fields.code("team_end_reasons", "Why does their place end?", only=_END_REASONS)


class SharedNoteInput(StrictSerializer):
    """What a member of another agency writes down for the team."""

    kind = fields.code("note_kinds", "What was it?")
    text = fields.long_text("What happened?", hint="Everybody on the team around the child reads it")
    happened_at = fields.moment("When was it?", hint="Leave this empty if it was just now", required=False)
    named = fields.note_readers()

    def validate_happened_at(self, value: datetime | None) -> datetime | None:
        """Refuse a note of the future."""
        if value is not None and value > clock.now():
            raise serializers.ValidationError("Write about what has happened: this is in the future.")
        return value


TEAM_INPUTS: Mapping[str, type[EdgeInput]] = {"end": EndMemberInput}


class MemberShape(serializers.Serializer[Any]):
    """One place on a team."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    agency = serializers.CharField()
    is_partner = serializers.BooleanField()
    part = serializers.CharField()
    why_label = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    since = serializers.DateTimeField()
    named_by = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_blank=True)
    reason_label = serializers.CharField(allow_blank=True)


class TeamMemberShape(MemberShape):
    """One place in the list of a team, and what can be done about it."""

    options = OptionNameShape(many=True)


class TeamShape(serializers.Serializer[Any]):
    """The team around a child."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    lead_practitioner = serializers.CharField(allow_blank=True)
    lead_agency = serializers.CharField()
    members = TeamMemberShape(many=True)
    options = OptionShape(many=True)


class TeamPlaceRowShape(MemberShape):
    """One's own place on a team, in a list."""

    reference = serializers.CharField()
    child_name = serializers.CharField(allow_blank=True)


class TeamChildShape(serializers.Serializer[Any]):
    """Whom the team works with: no more than it takes to know them."""

    name = serializers.CharField()
    known_as = serializers.CharField(allow_blank=True)
    date_of_birth = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    school = serializers.CharField(allow_blank=True)


class TeamPlaceShape(MemberShape):
    """One place on a team with what it opens: the plan, what is shared, and who else works with the family."""

    version = serializers.IntegerField()
    reference = serializers.CharField()
    record_url = serializers.CharField(allow_null=True)
    child = TeamChildShape(allow_null=True)
    safety = SafetyShape(many=True)
    lead_practitioner = serializers.CharField(allow_blank=True)
    lead_agency = serializers.CharField(allow_blank=True)
    goals = PlannedGoalShape(many=True)
    actions = PlannedActionShape(many=True)
    notes = NoteRowShape(many=True)
    team = MemberShape(many=True)
    lead_request = LeadRequestRowShape(allow_null=True)
    options = OptionShape(many=True)


def team_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the team around the child of a case, and the way to name somebody to it."""
    relations = access.relations_to(actor, case.id)
    return {
        "id": case.id,
        "reference": case.reference,
        "lead_practitioner": case.lead_practitioner.name if case.lead_practitioner else "",
        "lead_agency": case.lead_agency.name,
        "members": [
            {
                **_told(one),
                "options": [
                    {"name": name, "label": label} for name, label in team_machine.names(actor, one, relations)
                ],
            }
            for one in team_around(case.id)
        ],
        "options": _naming(actor, case, relations),
    }


def place_data(actor: Actor, member: TeamMember) -> dict[str, Any]:
    """Return one place on a team exactly as GET gives it: whoever works on the case sees what they read."""
    relations = access.relations_to(actor, member.root_id)
    child, alerts = with_alerts(member.child_id)
    leads, agency = who_leads(member.root_id)
    reads = policy.allows(actor, Permission.CASE_SEE, relations)
    latest = latest_of(actor, member.root_id) if member.is_partner else None
    base = f"/api/v1/team-members/{member.id}/"
    return {
        **_told(member),
        "version": member.version,
        "reference": member.case_reference,
        "record_url": f"/cases/{member.root_id}/team" if reads else None,
        "child": _child(child) if child else None,
        "safety": [safety_data(one) for one in alerts],
        "lead_practitioner": leads,
        "lead_agency": agency,
        **planned(actor, member.root_id, relations, list(goals_of(member.root_id))),
        # Whoever reads the case does what they may about a note where they read them all.
        "notes": shared_note_rows(
            actor, list(shared_notes_of(actor, member.root_id)[:_NOTES]), frozenset() if reads else relations
        ),
        "team": [_told(one) for one in team_around(member.root_id) if one.state == TeamMember.ON],
        "lead_request": lead_request_row(latest) if latest else None,
        "options": _own(actor, member, relations, base, latest)
        + options.shapes(team_machine, actor, member, relations, base=base, choices={}),
    }


def place_rows(places: Sequence[TeamMember]) -> list[dict[str, Any]]:
    """Return a page of one's own places on teams."""
    children = Child.objects.in_bulk([one.child_id for one in places])
    return [
        {
            **_told(one),
            "reference": one.case_reference,
            "child_name": children[one.child_id].name if one.child_id in children else "",
        }
        for one in places
    ]


def _told(member: TeamMember) -> dict[str, Any]:
    return {
        "id": member.id,
        "name": member.person.name,
        "agency": member.person_agency.name,
        "is_partner": member.is_partner,
        "part": member.part,
        "why_label": vocabulary.get("team_reasons").label(member.why),
        "state": member.state,
        "state_label": TeamMember.LABELS[member.state],
        "since": member.made_at,
        "named_by": member.made_by_name,
        "ended_at": member.ended_at,
        "ended_by": member.ended_by_name,
        "reason_label": vocabulary.get("team_end_reasons").label(member.reason_code),
    }


def _child(child: Child) -> dict[str, Any]:
    return {
        "name": child.name,
        "known_as": child.known_as,
        "date_of_birth": child.date_of_birth,
        "age": age_of(child),
        "school": child.school_on(local(clock.now()).date()),
    }


def _naming(actor: Actor, case: Case, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    if case.state not in Case.WITH_PRACTITIONER or not policy.allows(actor, Permission.CASE_NAME_MEMBER, relations):
        return []
    people = possible_owners(case)
    on_it = {one.person_id for one in team_around(case.id) if one.state == TeamMember.ON}
    choices = {pk: one for pk, one in people.items() if one.user_id not in (*on_it, case.lead_practitioner_id)}
    shown = options.addition(
        "name_member",
        "Name somebody to the team",
        "A colleague who shares the work, or somebody of another agency. They are told.",
        f"/api/v1/cases/{case.id}/team/",
        MemberInput,
    )
    for field in shown["input"]:
        if field["name"] == "person":
            field["choices"] = owner_choices(choices)
    ask_for_basis(shown["input"], others_than(case.lead_agency_id, choices.values()), of="person")
    return [shown]


def _own(
    actor: Actor, member: TeamMember, relations: frozenset[Relation], base: str, latest: LeadRequest | None
) -> list[dict[str, Any]]:
    """Return what somebody of another agency does in their own place: write to the team, and ask for the lead."""
    mine = (member.person_id, member.person_agency_id) == (actor.user_id, actor.agency_id)
    if not mine or not member.is_partner or member.state != TeamMember.ON:
        return []
    hint = "What happened, in your words. Everybody on the team reads it, and one day perhaps the child."
    url = f"{base}notes/"
    writing = options.addition("write_note", "Write to the team", hint, url, SharedNoteInput, draft_url=f"{url}draft/")
    return [writing, *asking_option(actor, member.id, relations, latest)]
