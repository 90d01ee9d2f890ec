"""Rows of what needs attention, of one shape whatever they are, each leading to its page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.administration.commands.passing import amount_of
from backend.administration.models import Declaration
from backend.administration.queries.leavers import PIECES
from backend.administration.serializers.references import references
from backend.agencies.models import User
from backend.cases.models import Action, Case, Concern, LeadRequest, Task, Transfer
from backend.core import vocabulary
from backend.deadlines.calendar import END_OF_DAY, at_local
from backend.deadlines.kinds import KINDS as CLOCKS
from backend.directory.models import Service
from backend.disagreements.models import Disagreement
from backend.drafts.registration import form_named
from backend.interventions.models import Intervention
from backend.oversight.serializers.glass import attention_rows
from backend.panels.models import Panel
from backend.referrals.models import InformationRequest, Referral
from backend.workflow.confirmations import machines
from backend.workflow.models import Confirmation

Rows = Callable[[Sequence[Any]], list[dict[str, Any]]]


def rows(kind: str, found: Sequence[Any]) -> list[dict[str, Any]]:
    """Return a page of one kind, with at most two statements whatever its length."""
    make: Rows = _ROWS.get(kind, _referrals)
    return make(found)


def _row(pk: UUID, reference: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": pk, "reference": reference, "title": title, "since": None, "due_at": None, "url": None, **more}


def _referrals(found: Sequence[Referral]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.reference,
            Referral.LABELS[one.state],
            since=one.submitted_at,
            due_at=one.next_due_at,
            url=f"/referrals/{one.id}",
        )
        for one in found
    ]


def _cases(found: Sequence[Case]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.reference,
            f"{Case.LABELS[one.state]}: {one.next_action}",
            since=one.opened_at,
            due_at=one.next_due_at,
            url=f"/cases/{one.id}",
        )
        for one in found
    ]


def _seals(found: Sequence[Case]) -> list[dict[str, Any]]:
    return [{**row, "title": "Too few are named on the seal", "url": f"{row['url']}/seal"} for row in _cases(found)]


def _concerns(found: Sequence[Concern]) -> list[dict[str, Any]]:
    """Fewer people read who or where it is than read a list: the row says which kind, and its page the rest."""
    kinds = vocabulary.get("concern_subjects")
    return [
        _row(
            one.id,
            one.case_reference,
            f"{kinds.label(one.kind)} of concern",
            since=one.made_at,
            due_at=at_local(one.review_on, END_OF_DAY),
            url=f"/concerns/{one.id}",
        )
        for one in found
    ]


def _transfers(found: Sequence[Transfer]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.case_reference,
            f"Led by {one.from_agency.name}: name who leads" if one.answered_at else f"Offered to {one.to_agency.name}",
            since=one.answered_at or one.proposed_at,
            due_at=getattr(one, "name_by", one.next_due_at),
            url=f"/transfers/{one.id}",
        )
        for one in found
    ]


def _lead_requests(found: Sequence[LeadRequest]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.case_reference,
            f"Asked by {one.agency.name}",
            since=one.made_at,
            due_at=one.next_due_at,
            url=f"/lead-requests/{one.id}",
        )
        for one in found
    ]


def _confirmations(found: Sequence[Confirmation]) -> list[dict[str, Any]]:
    names = references([one.root_id for one in found])
    return [
        _row(
            one.id,
            names.get(one.root_id, ""),
            f"{machines[one.noun].edges[one.edge].label}, asked by {one.asked_by_name}",
            since=one.asked_at,
            url=f"/confirmations/{one.id}",
        )
        for one in found
    ]


def _clocks(found: Sequence[Any]) -> list[dict[str, Any]]:
    names = references([one.root_id for one in found])
    return [
        _row(
            one.id,
            names.get(one.root_id, ""),
            one.label,
            since=one.started_at,
            due_at=one.due_at,
            url=CLOCKS[one.kind].path.format(root_id=one.root_id) if one.kind in CLOCKS else None,
        )
        for one in found
    ]


def _panels(found: Sequence[Panel]) -> list[dict[str, Any]]:
    return [
        _row(one.id, one.name, Panel.LABELS[one.state], due_at=one.starts_at, url=f"/panels/{one.id}") for one in found
    ]


def _drafts(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Only the person who is writing opens it: the row says whom to ask."""
    authors = dict(User.objects.filter(pk__in={one.author_id for one in found}).values_list("id", "name"))
    return [
        _row(one.id, "", f"A {form_named(one.form).label}, by {authors.get(one.author_id, '')}", since=one.saved_at)
        for one in found
    ]


def _conflicts(found: Sequence[Declaration]) -> list[dict[str, Any]]:
    return [
        _row(one.id, "", f"Declared by {one.person_name}", since=one.declared_at, url=f"/conflicts/{one.id}")
        for one in found
    ]


def _agencies(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [_row(one.id, "", one.name) for one in found]


def _tasks(found: Sequence[Task]) -> list[dict[str, Any]]:
    kinds = vocabulary.get("task_kinds").label
    return [
        _row(one.id, one.reference, kinds(one.kind), since=one.made_at, due_at=one.next_due_at, url=f"/tasks/{one.id}")
        for one in found
    ]


def _actions(found: Sequence[Action]) -> list[dict[str, Any]]:
    return [
        _row(one.id, "", "An action of a plan", since=one.made_at, due_at=one.next_due_at, url=f"/actions/{one.id}")
        for one in found
    ]


def _late_actions(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Whom to ask; the action itself only where its page opens to who leads the case."""
    return [
        {
            **row,
            "title": f"An action of a plan, promised by {one.owner.name}, {one.owner_agency.name}",
            "url": row["url"] if one.is_led else None,
        }
        for one, row in zip(found, _actions(found), strict=True)
    ]


def _interventions(found: Sequence[Intervention]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.case_reference,
            f"{one.service_name}: {Intervention.LABELS[one.state].lower()}",
            since=one.left_at or one.offered_at,
            due_at=one.next_due_at,
            url=f"/interventions/{one.id}",
        )
        for one in found
    ]


def _questions(found: Sequence[InformationRequest]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.reference,
            InformationRequest.LABELS[one.state],
            since=one.asked_at,
            due_at=one.next_due_at,
            url=f"/information-requests/{one.id}",
        )
        for one in found
    ]


def _disagreements(found: Sequence[Disagreement]) -> list[dict[str, Any]]:
    return [
        _row(
            one.id,
            one.reference,
            Disagreement.LABELS[one.state],
            since=one.raised_at,
            due_at=one.next_due_at,
            url=f"/disagreements/{one.id}",
        )
        for one in found
    ]


def _people(found: Sequence[Any]) -> list[dict[str, Any]]:
    """Whose work somebody minds: the page that gives it to others, which any manager of the agency opens."""
    return [
        _row(
            one.id,
            "",
            f"{one.user.name}: {amount_of(_minded(one))}",
            since=one.ended_at,
            due_at=one.next_due_at,
            url=f"/people/{one.id}/reassign",
        )
        for one in found
    ]


def _minded(one: Any) -> dict[str, int]:
    return {kind: getattr(one, f"minded_{kind}") for kind in PIECES}


def _services(found: Sequence[Service]) -> list[dict[str, Any]]:
    return [_row(one.id, "", one.name, url=f"/services/{one.id}") for one in found]


_ROWS: Mapping[str, Rows] = {
    "leads": _cases,
    "checks": _cases,
    "works": _cases,
    "asked_to_lead": _transfers,
    "asked": _questions,
    "tasks": _tasks,
    "actions": _actions,
    "gives": _interventions,
    "services_unanswered": _interventions,
    "not_given": _interventions,
    "sessions_unnamed": _interventions,
    "answers": _disagreements,
    "chairs": _panels,
    "second_person": _confirmations,
    "provides": _services,
    "breached": _clocks,
    "drifting": _cases,
    "reviews_overdue": _cases,
    "actions_overdue": _late_actions,
    "disagreements": _disagreements,
    "unallocated": _cases,
    "minded": _cases,
    "minded_work": _people,
    "alerts_not_reviewed": _cases,
    "concerns_not_reviewed": _concerns,
    "sealed_by_few": _seals,
    "transfers_not_taken": _cases,
    "moving_unanswered": _cases,
    "no_owner": _cases,
    "transfers_waiting": _transfers,
    "leads_to_name": _transfers,
    "leads_asked_for": _lead_requests,
    "confirmations": _confirmations,
    "drafts": _drafts,
    "agencies": _agencies,
    "conflicts": _conflicts,
    **dict.fromkeys(("break_glass", "unusual"), attention_rows),
}
