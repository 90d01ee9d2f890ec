"""Turns interventions into plain data: one whole, or a page of rows in a fixed number of statements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import User
from backend.cases.serializers.representing import clock_data
from backend.children.models import Child
from backend.children.serializers import age_of, contact_data, safety_data
from backend.core import vocabulary
from backend.deadlines.queries import of_root
from backend.directory.serializers import wait_in_words
from backend.interventions import queries
from backend.interventions.commands import intervention_machine
from backend.interventions.models import Intervention
from backend.interventions.queries import Place
from backend.interventions.queries import sessions as session_queries
from backend.interventions.queries.goals import TiedGoal, goals_known, tied_goals
from backend.interventions.queries.sessions import Dosage
from backend.interventions.rules import Facts
from backend.interventions.serializers.goals import told_goals, tying
from backend.interventions.serializers.session_forms import reasons_counted, session_form
from backend.interventions.serializers.session_inputs import AddSessionInput, PlanSessionInput
from backend.interventions.serializers.turning import family_knows, turn
from backend.interventions.texts import reason_label
from backend.workflow import options

_OPENS_CASE = frozenset({Relation.LEAD, Relation.WORKER, Relation.UNIT})


def intervention_data(actor: Actor, target: Intervention) -> dict[str, Any]:
    """Return one intervention exactly as GET gives it."""
    relations = access.relations_to(actor, target.id)
    child = Child.objects.filter(pk=target.child_id).first()
    facts = queries.facts_of(target, actor, age=queries.age_of(child), service=target.service)
    dosage = session_queries.dosages([target.id]).get(target.id, Dosage())
    lead = facts.agencies.get(target.lead_agency_id) if target.lead_agency_id else None
    base, goals = f"/api/v1/interventions/{target.id}/", _goals_of(actor, target, relations)
    tied = [goal for goal in goals if goal.id in target.goals]
    shown = options.shapes(
        intervention_machine, actor, target, relations, base=base, choices=_people(facts), facts=facts
    )
    return {
        **_head(target, relations, child, queries.places([target]).get(target.id), dosage),
        "version": target.version,
        "plan_goals": told_goals(tied),
        "child": _served(child) if child else None,
        "safety": [safety_data(alert) for alert in queries.alerts_for(target.id)],
        "contacts": [contact_data(contact) for contact in queries.contacts_for(target.id)],
        "lead_practitioner": _name_of(target.lead_practitioner_id),
        "lead_agency": lead.name if lead else "",
        **_steps(target, opens_case=bool(relations & _OPENS_CASE)),
        "gives": policy.allows(actor, Permission.INTERVENTION_GIVE, relations),
        "clocks": [clock_data(deadline) for deadline in of_root(target.id)],
        "options": [*_additions(actor, target, relations, base, tied), *tying(shown, target, goals)],
    }


def intervention_rows(actor: Actor, page: Sequence[Intervention]) -> list[dict[str, Any]]:
    """Return a page of interventions, with four statements whatever its length."""
    ids = [target.id for target in page]
    relations, dosages, places = access.relations(actor, ids), session_queries.dosages(ids), queries.places(page)
    children = Child.objects.in_bulk({target.child_id for target in page})
    return [
        {
            **_head(
                target,
                relations[target.id],
                children.get(target.child_id),
                places.get(target.id),
                dosages.get(target.id, Dosage()),
            ),
            "options": [
                {"name": name, "label": label}
                for name, label in intervention_machine.names(actor, target, relations[target.id])
            ],
        }
        for target in page
    ]


def dosage_data(target: Intervention, dosage: Dosage) -> dict[str, Any]:
    """Return how much of what was planned has been taken up, as numbers and in words."""
    planned = target.planned_sessions or dosage.recorded + dosage.planned
    return {
        "planned": planned,
        "attended": dosage.attended,
        "partly": dosage.partly,
        "missed": dosage.missed,
        "not_held": dosage.not_held,
        "minutes": dosage.minutes,
        "words": _taken_up(dosage, planned),
        "next_at": dosage.next_at,
    }


def _taken_up(dosage: Dosage, planned: int) -> str:
    """Say how many sessions the child came to, how many in part, how many not and why, and how long it was."""
    if not planned:
        return "No session yet"
    more = (
        (dosage.partly, "in part", ()),
        (dosage.missed, "missed", dosage.missed_why),
        (dosage.not_held, "cancelled by the service", dosage.not_held_why),
    )
    counted = [
        f"{dosage.attended} of {planned} attended",
        *(f"{number} {how}{reasons_counted(why)}" for number, how, why in more if number),
    ]
    return ", ".join([*counted, f"{dosage.minutes} minutes in all"] if dosage.minutes else counted)


def _head(
    target: Intervention, relations: frozenset[Relation], child: Child | None, place: Place | None, dosage: Dosage
) -> dict[str, Any]:
    return {
        "id": target.id,
        "case_id": target.case_id if relations & _OPENS_CASE else None,
        "case_reference": target.case_reference,
        "service_id": target.service_id,
        "service_name": target.service_name,
        "organisation": target.organisation,
        "worker": target.worker.name if target.worker else "",
        "state": target.state,
        "state_label": Intervention.LABELS[target.state],
        "goal": target.goal,
        "child_name": child.name if child else None,
        "child_age": age_of(child) if child else None,
        "place": _place(target, place) if place else None,
        "dosage": dosage_data(target, dosage),
        "started_on": target.started_on,
        "due_at": target.next_due_at,
        "turn": turn(target),
    }


def _place(target: Intervention, place: Place) -> dict[str, Any]:
    return {
        "place": place.place,
        "waiting": place.waiting,
        "since": target.waitlisted_at,
        "expected_on": target.expected_on,
        "wait_text": wait_in_words(target.service.wait_weeks),
    }


def _served(child: Child) -> dict[str, Any]:
    names = ("name", "known_as", "date_of_birth", "school", "address", "postcode")
    language = vocabulary.get("languages").label(child.language)
    return {**{name: getattr(child, name) for name in names}, "language": language, "age": age_of(child)}


def _steps(target: Intervention, *, opens_case: bool) -> dict[str, Any]:
    return {
        "recommended_by": target.recommended_by_name,
        "recommended_at": target.recommended_at,
        "what_they_need": target.what_they_need,
        "family_knows": family_knows(target),
        "not_told_why_label": vocabulary.get("informed_why_not").label(target.not_told_why) if opens_case else "",
        "offered_at": target.offered_at,
        "answered_by": target.answered_by_name,
        "answered_at": target.answered_at,
        "answer": target.answer,
        "family_answer": _family_answer(target),
        "agreed_on": target.agreed_on,
        "reason_label": reason_label(target),
        "outcome": target.outcome,
        "goes_on_with": target.goes_on_with,
        "ended_at": target.ended_at,
        "is_stopped": target.is_stopped,
    }


def _family_answer(target: Intervention) -> str:
    if not target.agreed_by:
        return ""
    said = "no" if target.state == Intervention.REFUSED else "yes"
    return f"{vocabulary.get('agreed_by').label(target.agreed_by)}: {said}"


def _people(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """Return who could give it; where the list is empty, no form asks for anybody."""
    return {"person": [{"value": str(pk), "label": name, "hint": "", "group": ""} for pk, name in facts.givers.items()]}


def _name_of(user_id: UUID | None) -> str:
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""


def _goals_of(actor: Actor, target: Intervention, relations: frozenset[Relation]) -> list[TiedGoal]:
    """Return the goals it is tied to, and for whoever may tie more those too; in one statement at most."""
    if target.is_open and policy.allows(actor, Permission.INTERVENTION_TIE_GOALS, relations):
        return goals_known(target)
    return tied_goals(target)


def _additions(
    actor: Actor, target: Intervention, relations: frozenset[Relation], base: str, tied: Sequence[TiedGoal]
) -> list[dict[str, Any]]:
    """Return what can be added to it without changing it: sessions, while it is under way."""
    if target.state != Intervention.STARTED or not policy.allows(actor, Permission.SESSION_ADD, relations):
        return []
    recorded = "Two answers are enough. What worries you goes to the lead practitioner the same day."
    held = options.addition(
        "add_session",
        "Record a session",
        recorded,
        f"{base}sessions/",
        AddSessionInput,
        draft_url=f"{base}sessions/draft/",
    )
    return [
        {**held, "input": session_form(held["input"], tied)},
        options.addition(
            "plan_session",
            "Plan a session",
            "Everybody involved sees when it is.",
            f"{base}plan/",
            PlanSessionInput,
            draft_url=f"{base}plan/draft/",
        ),
    ]
