"""How a case stood on a day, and what has changed between two days: in words, never by the names of columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rest_framework import serializers

from backend.cases.models import Action, Case, Goal, Relationship, TeamMember
from backend.cases.serializers.agreeing import answer_data
from backend.cases.serializers.ending import view_or_why_not
from backend.core import vocabulary
from backend.deadlines.calendar import day_in_words, day_said
from backend.interventions.models import Intervention
from backend.interventions.texts import reason_label
from backend.outcomes.models import STAGES
from backend.outcomes.rules import most_of
from backend.worklists.queries.standing import AlertThen, Standing

CASE, AGREED, FOUND_OUT, PLAN, SCORES = "The case", "Agreement to be helped", "Assessment", "Plan", "Scores"
GIVEN, TEAM, AROUND = "Services", "Team around the child", "People around the child"
WARNED = "What visitors must know"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that stood; `key` is what it is, whatever it said."""

    key: str
    section: str
    label: str
    value: str


class StandingLineShape(serializers.Serializer[Any]):
    """One thing as it stood on the day."""

    section = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField()


class ChangedLineShape(serializers.Serializer[Any]):
    """One thing that is not the same on both days; empty where it did not stand yet, or no longer."""

    section = serializers.CharField()
    label = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class CaseStandingShape(serializers.Serializer[Any]):
    """A case as it stood at the end of `on`, and what has changed `since` another day."""

    reference = serializers.CharField()
    on = serializers.DateField()
    since = serializers.DateField(allow_null=True)
    lines = StandingLineShape(many=True)
    changes = ChangedLineShape(many=True)


def standing_data(case: Case, on: date, now: Standing, since: date | None, before: Standing | None) -> dict[str, Any]:
    """Return it as plain data."""
    lines = [*_lines(now)]
    return {
        "reference": case.reference,
        "on": on,
        "since": since,
        "lines": [{"section": one.section, "label": one.label, "value": one.value} for one in lines],
        "changes": _changes([*_lines(before)], lines) if before else [],
    }


def _changes(before: list[Line], after: list[Line]) -> list[dict[str, str]]:
    stood, stands = {line.key: line for line in before}, {line.key: line for line in after}
    changed = []
    for key in dict.fromkeys([*stood, *stands]):
        old, new = stood.get(key), stands.get(key)
        told = new or old
        if told is None or (old and new and old.value == new.value):
            continue
        said = {"before": old.value if old else "", "after": new.value if new else ""}
        changed.append({"section": told.section, "label": told.label, **said})
    return changed


def _lines(standing: Standing) -> Iterator[Line]:
    """Yield what has a value, in the order in which a case is read."""
    parts = (
        (CASE, _of_case(standing.case)),
        (AGREED, _of_agreement(standing.agreement)),
        (FOUND_OUT, _of_assessment(standing.assessment)),
    )
    for section, pairs in parts:
        for label, value in pairs:
            if value:
                yield Line(f"{section} {label}", section, label, value)
    yield from _planned(standing)
    for service in sorted(standing.services, key=lambda one: (one.recommended_at, one.id)):
        yield Line(str(service.id), GIVEN, service.service_name, "\n".join(_service(service)))
    for member in sorted(standing.team, key=lambda one: (one.made_at, one.id)):
        yield Line(str(member.id), TEAM, f"{member.person.name}, {member.person_agency.name}", _member(member))
    for person in sorted(standing.people, key=lambda one: (one.made_at, one.id)):
        yield Line(str(person.id), AROUND, person.name or "Name not known", "\n".join(_person(person)))
    for then in standing.alerts:
        yield Line(str(then.alert.id), WARNED, f"Since {day_in_words(then.alert.recorded_at)}", _alert(then))


def _planned(standing: Standing) -> Iterator[Line]:
    for goal in sorted(standing.goals, key=lambda one: (one.made_at, one.id)):
        yield Line(str(goal.id), PLAN, "Goal", _goal(goal))
    for action in sorted(standing.actions, key=lambda one: (one.due_on, one.id)):
        yield Line(str(action.id), PLAN, "Action", _action(action))
    words = {goal.id: goal.words for goal in standing.goals}
    # What was measured last of each thing stands: what it was before stands on the days before.
    last = {(one.subject_id, one.measure): one for one in sorted(standing.scores, key=_taken)}
    for (subject_id, measure), score in last.items():
        label = f"“{words[subject_id]}”" if subject_id in words else vocabulary.get("measures").label(measure)
        yield Line(f"{SCORES} {subject_id} {measure}", SCORES, label, _score(score))


def _of_case(case: Any) -> Iterator[tuple[str, str]]:
    if case is None:
        return
    yield "Where it stands", Case.LABELS[case.state]
    yield "Lead agency", case.lead_agency.name
    yield "Lead practitioner", case.lead_practitioner.name if case.lead_practitioner else "Not allocated"
    yield "Priority", vocabulary.get("priorities").label(case.priority)
    yield "Primary need", vocabulary.get("primary_needs").label(case.primary_need)
    yield "Theme", vocabulary.get("board_themes").label(case.theme)
    yield "Next", case.next_action
    yield "On", _day(case.next_action_on)
    yield "Handed over with", case.handover_note
    yield "Why it was paused", vocabulary.get("pause_reasons").label(case.pause_reason)
    yield "Looked at again on", _day(case.look_again_on)
    yield "Why it was closed", vocabulary.get("closing_reasons").label(case.closing_reason)
    yield "What changed", case.closing_summary
    yield "What the child said of the help", view_or_why_not(case.child_view, case.child_view_why_not)
    yield "What the parent or carer said of the help", view_or_why_not(case.parent_view, case.parent_view_why_not)
    yield "Who goes on", case.goes_on
    yield "Whether it lasted", vocabulary.get("sustained_answers").label(case.sustained)
    yield "How the child was six months on", case.sustained_words


def _of_agreement(said: Any) -> Iterator[tuple[str, str]]:
    if said is None:
        return
    told = answer_data(said)
    yield "What they say", told["state_label"]
    yield "Who said so", told["said_by"]
    yield "How", told["how"]
    yield "Said on", _day(told["said_on"])
    yield "Until", _day(told["until"])
    yield "Child told", {True: "Yes", False: "No", None: ""}[told["child_told"]]
    yield "In their words", told["words"]


def _of_assessment(found: Any) -> Iterator[tuple[str, str]]:
    if found is None:
        return
    factors = vocabulary.get("factors")
    yield "Number", str(found.number)
    yield "Needs", found.needs
    yield "Strengths", found.strengths
    yield "Factors", ", ".join(factors.label(code) for code in found.factors)
    yield "What the child says", found.child_words
    yield "What the family says", found.family_words
    yield "What it means", found.analysis


def _goal(goal: Any) -> str:
    outcome = vocabulary.get("goal_outcomes").label(goal.outcome)
    return f"“{goal.words}” {outcome or Goal.LABELS[goal.state]}."


def _action(action: Any) -> str:
    state = Action.LABELS[action.state]
    return f"{action.text} – {action.owner.name}, {action.owner_agency.name}, by {_day(action.due_on)}: {state.lower()}"


def _person(one: Any) -> Iterator[str]:
    """Yield what was said of somebody, a line each; a number never stands without how it may be used."""
    known, kind = vocabulary.get("known_or_not"), vocabulary.get("relationships").label(one.relationship)
    if one.state == Relationship.ENDED:
        why = vocabulary.get("relationship_end_reasons").label(one.reason_code)
        yield f"{kind}: no longer around the child since {_day(one.ended_on)}. {why}."
        return
    yield kind
    yield f"Lives with the child: {known.label(one.lives_with_child)}"
    source = vocabulary.get("responsibility_sources").label(one.responsibility_source)
    held = known.label(one.parental_responsibility)
    yield f"Parental responsibility: {held} ({source})" if source else f"Parental responsibility: {held}"
    if one.number or one.contact_rule:
        rule = vocabulary.get("contact_rules").label(one.contact_rule) or "Nobody has said whether this is safe"
        yield f"Contact: {one.number or 'no number'} ({rule})"


def _taken(score: Any) -> tuple[Any, ...]:
    return score.taken_on, score.at, score.id


def _score(score: Any) -> str:
    on = f"{STAGES[score.stage].lower()}, {day_said(score.taken_on)}"
    if score.value is None:
        return f"Not possible, {on}: {vocabulary.get('score_why_not').label(score.why_not).lower()}"
    by = vocabulary.get("score_givers").label(score.given_by)
    said = f"{score.value} of {most_of(score.measure)}, {on}"
    return f"{said}, in the view of: {by.lower()}" if by else said


def _service(service: Any) -> Iterator[str]:
    """Yield where it stands, what it is for and who gives it, a line each."""
    reason = reason_label(service)
    state = Intervention.LABELS[service.state]
    yield f"{state}: {reason}" if reason else state
    yield f"{service.organisation}{', ' + service.worker.name if service.worker else ''}"
    yield f"For: {service.goal}"


def _member(member: Any) -> str:
    if member.state == TeamMember.ENDED:
        why = vocabulary.get("team_end_reasons").label(member.reason_code)
        return f"No longer on the team since {day_in_words(member.ended_at)}. {why}."
    return f"{member.part}\n{vocabulary.get('team_reasons').label(member.why)}"


def _alert(then: AlertThen) -> str:
    """Return the codes in words; how it is worded today is not how it was worded then, where that has changed."""
    labels = vocabulary.get("staff_safety")
    said = ", ".join(labels.label(code) for code in then.codes)
    is_as_it_was = list(then.codes) == list(then.alert.codes)
    return "\n".join(part for part in (said, then.alert.note if is_as_it_was else "") if part)


def _day(day: date | None) -> str:
    return day_said(day) if day else ""
