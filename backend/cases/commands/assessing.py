"""Assessments: begun with the words of the last one, typed answer by answer, completed once or set aside."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases import rules
from backend.cases.models import Assessment, Case
from backend.cases.queries import visible_to
from backend.cases.queries.assessing import (
    FORM,
    assessment_facts,
    assessments_of,
    assessments_visible_to,
    last_elsewhere,
)
from backend.cases.queries.between_leads import waits_for
from backend.cases.text_fields import assessment_fields
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines import commands as deadlines
from backend.drafts import commands as drafts
from backend.drafts.commands import Saved
from backend.drafts.merge import Change as Typed
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine

_NOT_NOW = "An assessment is written while a lead practitioner works on the case."
_UNFINISHED = "{name} has begun an assessment already. Complete it, or set it aside, before another one begins."


def start(actor: Actor, case_id: UUID, *, assessment_id: UUID) -> Assessment:
    """Begin an assessment of a visible case with the words of the last one, in another case where it has none.

    Raises a Refusal. The case is locked, so that of two who begin at once the second is told who was first.
    """
    case = _locked_case(actor, case_id)
    if actor.is_system:
        raise Forbidden("Only a person can begin an assessment.")
    before = list(assessments_of(case.id))
    unfinished = next((one for one in before if one.state == Assessment.OPEN), None)
    if unfinished is not None:
        raise Conflict(_UNFINISHED.format(name=unfinished.started_by_name), code="not_ready")
    last = next((one for one in before if one.state == Assessment.COMPLETE), None) or last_elsewhere(actor, case)
    assessment = Assessment(
        id=assessment_id,
        root_id=case.id,
        child_id=case.child_id,
        partnership_id=case.partnership_id,
        case_reference=case.reference,
        number=1 + max((one.number for one in before), default=0),
        based_on_id=last.id if last else None,
        agency_id=actor.agency_id,
        started_by_id=actor.user_id,
        started_by_name=actor.name,
    )
    record(actor, "assessment.start", assessment, root_id=case.id, child_id=case.child_id)
    drafts.open_draft(actor, assessment.id, FORM)
    if last is not None:
        drafts.save(actor, assessment.id, words_of(last), form=FORM)
    return assessment


def words_of(assessment: Assessment) -> Mapping[str, Typed]:
    """Return what an assessment says as the answers of a form that begins with it."""
    said = {name: getattr(assessment, name) for name in Assessment.ANSWERS}
    return {name: (value, 0) for name, value in said.items() if value}


def save_answers(actor: Actor, pk: UUID, changes: Mapping[str, Typed]) -> Saved:
    """Keep what is typed, valid or not. Raises a Refusal, also once the assessment is complete."""
    # Locked before its draft, as completing does it: an answer is either part of the assessment or refused.
    assessment = _unjoined(actor).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if assessment is None:
        raise NotFound
    policy.require(actor, Permission.ASSESSMENT_WRITE, queries.relations_to(actor, assessment.root_id))
    if assessment.state != Assessment.OPEN:
        raise Conflict("This assessment is not being written any more.", code="wrong_state")
    try:
        return drafts.save(actor, assessment.id, changes, form=FORM)
    except NotFound:
        raise Conflict(f"{assessment.started_by_name} is writing this assessment.", code="wrong_state") from None


def pass_on(case_id: UUID, *, to_user_id: UUID) -> None:
    """Let the next lead practitioner go on with an assessment that is being written, in whichever agency it was."""
    for assessment in assessments_of(case_id).filter(state=Assessment.OPEN):
        if not drafts.give_to(assessment.id, FORM, to_user_id=to_user_id):
            _take_over(assessment.id, to_user_id)


def _take_over(assessment_id: UUID, to_user_id: UUID) -> None:
    """Fetch from the agency that led before what is typed there: no person sees another agency's drafts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.give_assessment(%s, %s)", [assessment_id, to_user_id])


def abandon(assessment_id: UUID, actor: Actor) -> None:
    """Set aside an assessment that nobody has touched for weeks; a second call does nothing."""
    if Assessment.objects.filter(pk=assessment_id, state=Assessment.OPEN).exists():
        given = {"reason_code": "not_touched", "reason": ""}
        assessment_machine.perform(actor, "set_aside", assessment_id, version=None, given=given)


def _unjoined(actor: Actor) -> QuerySet[Assessment]:
    return assessments_visible_to(actor).select_related(None)


def _locked_case(actor: Actor, case_id: UUID) -> Case:
    case = visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.ASSESSMENT_START, queries.relations_to(actor, case.id))
    if case.state not in Case.WITH_PRACTITIONER:
        raise Conflict(f"{_NOT_NOW} {waits_for(case)}".rstrip(), code="wrong_state")
    return case


def _said(change: Change[Assessment], given: dict[str, Any]) -> None:
    given["said"] = rules.said_in(change.facts.typed)
    change.data = {"number": change.target.number, "factors": given["said"]["factors"]}
    drafts.discard(change.target.id, FORM)


def _dropped(change: Change[Assessment], given: dict[str, Any]) -> None:
    change.data = {"number": change.target.number, "reason_code": given["reason_code"]}
    drafts.discard(change.target.id, FORM)


def _alive(change: Change[Assessment], given: Given) -> None:
    """Whatever is found out with a family shows that nobody has forgotten them."""
    deadlines.renew("drift", root_id=change.root_id, partnership_id=change.target.partnership_id)


assessment_machine: Machine[Assessment] = Machine(
    noun="assessment",
    model=Assessment,
    edges={
        "complete": Edge(
            permission=Permission.ASSESSMENT_COMPLETE,
            label="Complete the assessment",
            hint="It stays as it was said. The next one begins with its words.",
            rules=(rules.nothing_is_missing,),
            first=_said,
            then=_alive,
            primary=True,
        ),
        "set_aside": Edge(
            permission=Permission.ASSESSMENT_SET_ASIDE,
            label="Set the assessment aside",
            hint="What was typed is deleted, and another assessment may begin.",
            first=_dropped,
        ),
    },
    visible_to=assessments_visible_to,
    facts=assessment_facts,
    fields=assessment_fields,
    path=lambda assessment: f"/assessments/{assessment.id}",
    owner_agency=lambda assessment: assessment.agency_id,
    labels=Assessment.LABELS,
    clock_root=lambda assessment: assessment.id,
)
