"""A question to a second person as plain data: what was asked, in the words of the form it was asked with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.agencies.models import Agency, User
from backend.agencies.roles import Role
from backend.deadlines.calendar import day_said, in_words
from backend.deadlines.queries import of_roots
from backend.workflow.confirmations import CLOCK, machines
from backend.workflow.descriptors import describe
from backend.workflow.machine import Machine
from backend.workflow.models import Confirmation
from backend.workflow.options import addition
from backend.workflow.serializers import ConfirmInput, RefuseInput, WithdrawConfirmationInput
from backend.workflow.views import INPUTS

# The field by which a form chooses people of a record, by person.
_PEOPLE = "people"
_LABELS = {
    "confirm": ("Confirm", "What was asked for is done at once.", ConfirmInput),
    "refuse": ("Do not confirm", "The record stays as it is, and the person who asked reads why.", RefuseInput),
    "withdraw": ("Withdraw the question", "The record stays as it is.", WithdrawConfirmationInput),
}


def open_about(
    actor: Actor,
    target: Any,
    relations: frozenset[Relation],
    machine: Machine[Any],
    *,
    due_at: datetime | None = None,
) -> dict[str, Any] | None:
    """Return the question that waits about a record of `machine`, if there is one."""
    waiting = Confirmation.objects.filter(noun=machine.noun, target_id=target.id, state=Confirmation.ASKED).first()
    return about(actor, waiting, target, relations, due_at=due_at) if waiting is not None else None


def about(
    actor: Actor,
    waiting: Confirmation,
    target: Any,
    relations: frozenset[Relation],
    *,
    due_at: datetime | None = None,
) -> dict[str, Any]:
    """Return a question about a record in hand."""
    machine = machines[waiting.noun]
    path = machine.edges[waiting.edge].read_at or machine.path
    subject = {"reference": machine.fields(target)["reference"], "path": path(target)}
    return one(actor, waiting, relations, **subject, due_at=due_at)


def waiting_for(actor: Actor) -> Any:
    """Return the questions that the actor could answer and did not ask: of their agency, or that they govern."""
    pairs = [
        (noun, edge)
        for noun, machine in machines.items()
        for edge, line in machine.edges.items()
        if line.second_person is not None and policy.holds(actor, line.permission)
    ]
    nouns, edges = {noun for noun, _edge in pairs}, {edge for _noun, edge in pairs}
    own = Confirmation.objects.filter(Q(agency_id=actor.agency_id) | _governed(actor), state=Confirmation.ASKED)
    possible = own.filter(noun__in=nouns, edge__in=edges).exclude(asked_by_id=actor.user_id)
    return possible.exclude(queries.barred(actor))


def _governed(actor: Actor) -> Q:
    """Return what information governance answers beside managers, in whichever agency it was asked."""
    found = Q(pk__in=[])
    if actor.role is Role.INFORMATION_GOVERNANCE:
        for noun, machine in machines.items():
            if machine.governed_by is not None:
                found |= Q(noun=noun, target_id__in=machine.visible_to(actor).values("id"))
    return found


def rows(actor: Actor, waiting: Sequence[Confirmation]) -> list[dict[str, Any]]:
    """Return a page of questions with the records they are about; one whose record is not visible is left out."""
    ids = [one.root_id for one in waiting]
    relations, clocks = queries.relations(actor, ids), of_roots(ids)
    due = {root: next((line.due_at for line in lines if line.kind == CLOCK), None) for root, lines in clocks.items()}
    targets = _targets(actor, waiting)
    found = []
    for question in waiting:
        target = targets.get(question.target_id)
        if target is None:
            continue
        found.append(about(actor, question, target, relations[question.root_id], due_at=due[question.root_id]))
    return found


def one(
    actor: Actor,
    waiting: Confirmation,
    relations: frozenset[Relation],
    *,
    reference: str,
    path: str,
    due_at: datetime | None = None,
) -> dict[str, Any]:
    """Return one question."""
    return {
        "id": waiting.id,
        "version": waiting.version,
        "edge": waiting.edge,
        "label": machines[waiting.noun].edges[waiting.edge].label,
        "why": waiting.why,
        "state": waiting.state,
        "state_label": Confirmation.LABELS[waiting.state],
        "asked_by": waiting.asked_by_name,
        "asked_at": waiting.asked_at,
        "due_at": due_at,
        "reason": waiting.reason,
        "subject_reference": reference,
        "subject_url": path,
        "given_summary": summary(waiting),
        "options": _options(actor, waiting, relations),
    }


def summary(waiting: Confirmation) -> list[dict[str, str]]:
    """Return what the first person answered, labels and words instead of names and codes."""
    form = describe(INPUTS[waiting.noun, waiting.edge])
    names = _agency_names(form, waiting.given) | _people_named(form, waiting.given)
    pairs = [(field["label"], _words(field, waiting.given.get(field["name"]), names)) for field in form]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _words(field: Mapping[str, Any], value: Any, names: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(_words(field, one, names) for one in value)
    if field["choices"]:
        return next((choice["label"] for choice in field["choices"] if choice["value"] == value), str(value))
    if field["kind"] == "yes_no":
        return "Yes" if value else "No"
    if field["kind"] in ("date", "moment"):
        return _when(str(value))
    if field["kind"] == "child_match":
        return "A new child" if value == "new" else "A child we know"
    return names.get(str(value), str(value))


def _when(text: str) -> str:
    """Return a day or an instant as people say it; what is neither, as it was typed."""
    moment = parse_datetime(text) if "T" in text else None
    if moment is not None and moment.tzinfo is not None:
        return in_words(moment)
    day = parse_date(text[: len("2026-11-26")])
    return day_said(day) if day is not None and moment is None else text


def _agency_names(form: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, str]:
    ids = [given[field["name"]] for field in form if "agency" in field["kind"] and given.get(field["name"])]
    return {str(agency.id): agency.name for agency in Agency.objects.filter(pk__in=ids)} if ids else {}


def _people_named(form: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of people whom a form chose from those of the record."""
    chosen = [given.get(field["name"]) or [] for field in form if field["name"] == _PEOPLE and not field["choices"]]
    ids = [pk for some in chosen for pk in some]
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("id", "name")} if ids else {}


def _options(actor: Actor, waiting: Confirmation, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    if waiting.state != Confirmation.ASKED:
        return []
    permission = machines[waiting.noun].edges[waiting.edge].permission
    may_answer = waiting.asked_by_id != actor.user_id and policy.allows(actor, permission, relations)
    names = ["confirm", "refuse"] if may_answer else []
    if waiting.looked_after_by_id == actor.user_id:
        names.append("withdraw")
    return [_option(waiting, name) for name in names]


def _option(waiting: Confirmation, name: str) -> dict[str, Any]:
    label, hint, input_class = _LABELS[name]
    url = f"/api/v1/confirmations/{waiting.id}/{name}/"
    return {**addition(name, label, hint, url, input_class), "kind": "edge"}


def _targets(actor: Actor, waiting: Sequence[Confirmation]) -> dict[UUID, Any]:
    by_noun: dict[str, list[UUID]] = {}
    for question in waiting:
        by_noun.setdefault(question.noun, []).append(question.target_id)
    found = {
        target.id: target
        for noun, ids in by_noun.items()
        for target in machines[noun].visible_to(actor).filter(pk__in=ids)
    }
    unread = [machines[one.noun].unread(actor, one.target_id) for one in waiting if one.target_id not in found]
    return found | {target.id: target for target in unread if target is not None}
