"""Cases in the tests, and what hangs on them, reached by the real edges."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.commands import About, assessing, give_task, planning
from backend.cases.commands.asking import ask_for_lead
from backend.cases.commands.concerns import add_concern
from backend.cases.commands.meeting import write_meeting
from backend.cases.commands.notes import write_note
from backend.cases.commands.relationships import name_person
from backend.cases.commands.team import add_member
from backend.cases.models import (
    Action,
    Assessment,
    Case,
    Concern,
    Goal,
    LeadRequest,
    Meeting,
    Note,
    Relationship,
    Task,
    TeamMember,
    Transfer,
)
from backend.cases.rules.noting import FORM
from backend.cases.serializers.asking import LeadRequestInput
from backend.cases.serializers.concern_inputs import AddConcernInput
from backend.cases.serializers.meeting_inputs import MeetingInput
from backend.cases.serializers.plan_inputs import ActionInput, GoalInput
from backend.cases.serializers.relationship_inputs import NamePersonInput
from backend.cases.serializers.team import MemberInput
from backend.cases.serializers.working_inputs import NoteInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.documents.commands import Record, add_document
from backend.documents.models import Document
from backend.drafts import commands as drafts
from backend.outcomes.models import Score
from backend.outcomes.queries import scores_of
from backend.referrals.models import Referral
from backend.workflow.views import validated
from tests.actors import membership_of
from tests.edges import BASIS, take
from tests.factories import REFERRER, every_role_in, manager


def case_of(referral: Referral, who: Actor | None = None) -> Case:
    """The case a referral led to."""
    with acting(who or manager()):
        return Case.objects.get(pk=referral.case_id)


def allocated(case: Case, *, to: Actor, by: Actor | None = None) -> Case:
    """A case in the hands of a lead practitioner."""
    return take("allocate", case.id, by or manager(), noun="case", lead_practitioner_id=str(to.user_id))


def open_transfer_of(case: Case, who: Actor) -> Transfer:
    """The transfer of a case that waits for an answer, as `who` sees it."""
    with acting(who):
        return Transfer.objects.get(case_id=case.id, state=Transfer.PROPOSED)


def task_about(case: Case, owner: Actor, *, by: Actor) -> Task:
    """Something `owner` has to do for the child of a case, given by `by`, who leads it."""
    about = About(case.id, case.child_id, case.partnership_id, case.reference, f"/cases/{case.id}")
    with acting(by):
        return give_task(by, membership_of(owner), about, kind="critical_moment", text="She was arrested at noon.")


def document_of(case: Case, by: Actor, **more: Any) -> Document:
    """A letter that `by` has handed in for a case and nobody has checked yet."""
    about = Record(case.id, case.child_id, case.reference, f"/cases/{case.id}/documents")
    given = {"kind": "letter", "name": "letter.txt", "content": b"Made up.", **more}
    with acting(by):
        return add_document(by, about, given, document_id=uuid7())


FOUND_OUT: Mapping[str, Any] = {
    "needs": "A calm way to school.",
    "strengths": "Her aunt, and drawing.",
    "factors": ["violence_at_home"],
    "child_words": "I like it when it is quiet.",
}


def assessment_of(case: Case, writer: Actor, **typed: Any) -> Assessment:
    """An assessment that `writer` has begun and typed everything in that it asks, unless said otherwise."""
    with acting(writer):
        begun = assessing.start(writer, case.id, assessment_id=uuid7())
        assessing.save_answers(writer, begun.id, {name: (value, 9) for name, value in {**FOUND_OUT, **typed}.items()})
    return begun


def note_of(case: Case, writer: Actor, **given: Any) -> Note:
    """A talk with another professional, just now, unless said otherwise; it is no contact with the family."""
    raw = {"kind": "professional_talk", "child_seen": "not_seen", "text": "She was in school all week.", **given}
    with acting(writer):
        return write_note(writer, case.id, validated(NoteInput, raw), note_id=uuid7())


def typed_note(case: Case, writer: Actor) -> None:
    """Half a note that somebody is typing, and nobody else reads."""
    with acting(writer):
        drafts.keep(writer, case.id, {"text": ("She was", 0)}, form=FORM)


def goal_of(case: Case, writer: Actor, **given: Any) -> Goal:
    """A goal in the family's words, scored once unless said otherwise."""
    raw = {"words": "Walk to school without being afraid.", "whose": "child", "score": 3, **given}
    with acting(writer):
        return planning.add_goal(writer, case.id, validated(GoalInput, raw), goal_id=uuid7())


def score_of(goal: Goal, reader: Actor) -> Score:
    """The last score of a goal that counts."""
    with acting(reader):
        return scores_of(goal.root_id).filter(subject_id=goal.id).reverse()[0]


FAMILY_MEETING: Mapping[str, Any] = {
    "kind": "family_meeting",
    "people": ["parent", "school"],
    "what_changed": "They agreed who picks her up.",
    "decisions": "Grandma picks her up on Fridays.",
}


def meeting_of(case: Case, writer: Actor, **given: Any) -> Meeting:
    """A meeting of today about a case, unless said otherwise."""
    raw = {**FAMILY_MEETING, "held_on": local(clock.now()).date().isoformat(), **given}
    with acting(writer):
        return write_meeting(writer, case.id, validated(MeetingInput, raw), meeting_id=uuid7())


UNCLE: Mapping[str, Any] = {
    "name": "Femi Example",
    "relationship": "aunt_uncle",
    "lives_with_child": "no",
    "parental_responsibility": "no",
    "number": "07700 900123",
    "contact_rule": "any",
}


def relationship_of(case: Case, writer: Actor, **given: Any) -> Relationship:
    """Her uncle, whom `writer` names, unless said otherwise."""
    with acting(writer):
        raw = validated(NamePersonInput, {**UNCLE, **given})
        return name_person(writer, case.id, raw, relationship_id=uuid7())


BEHIND_THE_SHOPS: Mapping[str, Any] = {
    "kind": "place",
    "name": "The stairwell behind the shops",
    "what": ["violence"],
    "text": "They wait for him there.",
    "source": "seen",
}


def concern_of(case: Case, writer: Actor, **given: Any) -> Concern:
    """A place that `writer` worries about, unless said otherwise."""
    month = (local(clock.now()).date() + timedelta(days=30)).isoformat()
    with acting(writer):
        raw = validated(AddConcernInput, {**BEHIND_THE_SHOPS, "review_on": month, **given})
        return add_concern(writer, case.id, raw, concern_id=uuid7())


def member_of(case: Case, by: Actor, person: Actor, **given: Any) -> TeamMember:
    """Somebody whom `by` names to the team around the child of a case."""
    raw = {"person": str(person.membership_id), "part": "Goes with her to school.", "why": "knows_child"}
    with acting(by):
        return add_member(by, case.id, validated(MemberInput, {**raw, **BASIS, **given}), member_id=uuid7())


def lead_asked_for(member: TeamMember, by: Actor) -> LeadRequest:
    """A request to lead that `by` makes from a place on the team."""
    raw = {"why": "better_placed", "reason": "She sees us every week."}
    with acting(by):
        return ask_for_lead(by, member.id, validated(LeadRequestInput, raw), request_id=uuid7())


def lead_asked_for_at(case: Case) -> LeadRequest:
    """A request of the agency that referred, to lead a case of the front door."""
    asker = every_role_in(REFERRER)[Role.MANAGER]
    return lead_asked_for(member_of(case, manager(), asker), asker)


def action_of(case: Case, writer: Actor, owner: Actor, **given: Any) -> Action:
    """Something `owner` does for the plan of a case within a week."""
    week = (local(clock.now()).date() + timedelta(days=7)).isoformat()
    raw = {"text": "Walk with her on Mondays.", "owner": str(owner.membership_id), "due_on": week, **BASIS}
    given = {"not_for_family": False, **given}
    with acting(writer):
        return planning.add_action(writer, case.id, validated(ActionInput, {**raw, **given}), action_id=uuid7())
