"""Turns a referral's child and the children it may be into plain data, with what this actor may do about each."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.children.ages import age_in_words
from backend.children.match_keys import Described
from backend.children.models import Child
from backend.children.queries import visible_to
from backend.core import clock
from backend.deadlines.calendar import local
from backend.matching import consequences, inputs
from backend.matching import queries as matching
from backend.matching.commands import merge_machine
from backend.matching.models import CaseChoice, Merge, NotSame
from backend.matching.rules import MergeFacts
from backend.matching.serializers.choosing import choice_head
from backend.matching.side_by_side import compare
from backend.referrals.models import Referral
from backend.referrals.queries.facts import facts
from backend.referrals.rules.facts import Candidate, Facts
from backend.referrals.serializers.likely import likely_child
from backend.sharing.serializers import every_kind, narrowed
from backend.workflow.confirmation_data import open_about
from backend.workflow.descriptors import describe
from backend.workflow.fields import EdgeInput

_NOBODY: dict[str, Any] = {
    "candidates": [],
    "is_known_elsewhere": False,
    "set_aside": [],
    "merge": None,
    "choice": None,
    "options": [],
}


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing that may be done about a pair of records, as a screen offers it."""

    name: str
    permission: Permission
    label: str
    hint: str
    input_class: type[EdgeInput]
    needs_second_person: str = ""


_SECOND = "A second person always confirms this."
_NOT_SAME = _Act(
    "not_same",
    Permission.CHILD_NOT_SAME,
    "Not the same child",
    "It is remembered, and can be taken back.",
    inputs.NotSameInput,
)
_UNDO = _Act(
    "undo_not_same",
    Permission.CHILD_NOT_SAME,
    "May be the same child after all",
    "It is offered again.",
    inputs.UndoNotSameInput,
)
_MERGE = _Act(
    "merge_child", Permission.CHILD_MERGE, "Same child: join the records", "", inputs.ProposeMergeInput, _SECOND
)
_UNMERGE = _Act(
    "unmerge_child", Permission.CHILD_UNMERGE, "Take the two records apart", "", inputs.UnmergeInput, _SECOND
)
_DROP = _Act(
    "drop_merge",
    Permission.CHILD_DROP_MERGE,
    "Do not join them",
    "The proposal ends, and stays in the history.",
    inputs.DropMergeInput,
)
_ASK_LEADS = _Act(
    "ask_leads",
    Permission.CHILD_ASK_LEADS,
    "Ask those who lead which case goes on",
    "Both are asked, and answer within two working days. Neither learns anything of the other’s case.",
    inputs.AskLeadsInput,
)
_DROP_CHOICE = _Act(
    "drop_choice",
    Permission.CASE_CHOICE_DROP,
    "Do not ask those who lead any more",
    "Both cases go on as they are, and those who lead them are told.",
    inputs.DropChoiceInput,
)
_ASK = _Act(
    "ask_elsewhere",
    Permission.REFERRAL_REQUEST_INFORMATION,
    "Ask them a question",
    "It goes to the agency that may know the child. The time to decide stands still until they answer.",
    inputs.AskElsewhereInput,
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the answer needs."""

    actor: Actor
    referral: Referral
    child_id: UUID
    relations: frozenset[Relation]
    known: Facts
    merge: Merge | None
    choice: CaseChoice | None


def matching_data(actor: Actor, referral: Referral) -> dict[str, Any]:
    """Return who a referral's child may be and what was said of that, for who may match it."""
    head = {"id": referral.id, "reference": referral.reference, "version": referral.version}
    if referral.child_id is None:
        return {**head, **_NOBODY}
    known = facts(referral, actor)
    has_two = sum(case.is_open for case in known.cases) > 1
    page = _Page(
        actor,
        referral,
        referral.child_id,
        queries.relations_to(actor, referral.id),
        known,
        matching.latest_merge(actor, referral.child_id),
        matching.choice_of(referral.child_id) if has_two else None,
    )
    said = matching.said_not_same_of(page.child_id)
    people = _people(page, said)
    return {
        **head,
        "candidates": [_candidate(page, candidate) for candidate in page.known.candidates],
        "is_known_elsewhere": page.known.is_known_elsewhere,
        "set_aside": [_set_aside(page, one, other, people) for one, other in said],
        "merge": _merge(page, page.merge, people) if page.merge else None,
        "choice": choice_head(page.choice) if page.choice else None,
        "options": _options(page, *_of_the_child(page)),
    }


def _of_the_child(page: _Page) -> Iterator[tuple[_Act, UUID | None, list[str]]]:
    """Yield what may be done that is about no single candidate: ask elsewhere, and undo what a decision joined."""
    if page.known.is_known_elsewhere:
        yield _ASK, None, _cannot_ask(page.referral)
    is_open = page.merge is not None and page.merge.state in (Merge.PROPOSED, Merge.JOINED)
    if page.known.canonical_id != page.child_id and not is_open:
        yield _UNMERGE, None, []
    if page.choice is not None and page.choice.state in CaseChoice.OPEN:
        yield _DROP_CHOICE, None, []


def _people(page: _Page, said: list[tuple[NotSame, UUID]]) -> dict[UUID, Child]:
    """Return the records spoken of that the actor sees, in one statement."""
    ids = {page.child_id, *(record_id for one, _other in said for record_id in (one.child_id, one.other_id))}
    if page.merge:
        ids |= {page.merge.child_id, page.merge.into_id}
    return visible_to(page.actor).in_bulk(ids)


def _candidate(page: _Page, child: Candidate) -> dict[str, Any]:
    return {
        **likely_child(child, page.known, page.referral),
        "consequences": consequences.of_joining(page.known, page.child_id, child.id),
        "shows_to": consequences.shows_to(page.known, (page.child_id, child.id)),
        "options": _options(
            page, (_MERGE, child.id, _cannot_join(page, child)), *_about_cases(page, child), (_NOT_SAME, child.id, [])
        ),
    }


def _about_cases(page: _Page, child: Candidate) -> Iterator[tuple[_Act, UUID | None, list[str]]]:
    """Yield the question to those who lead, where both children have an open case and nobody was asked yet."""
    if page.choice is None and len(_open_cases(page, child)) > 1:
        yield _ASK_LEADS, child.id, []


def _open_cases(page: _Page, child: Candidate) -> dict[str, UUID]:
    cases = [*page.known.cases_of(page.child_id), *page.known.cases_of(child.id)]
    return {case.reference: case.lead_agency_id for case in cases if case.is_open}


def _cannot_join(page: _Page, child: Candidate) -> list[str]:
    """Return what stands in the way of joining, by the machine's own rules."""
    if page.merge and page.merge.state == Merge.PROPOSED:
        return ["Joining this record to another is waiting for a second person already."]
    known = MergeFacts(
        offered=frozenset({child.id}),
        open_cases=_open_cases(page, child),
        is_joined=page.known.canonical_id != page.child_id,
        choice=page.choice,
    )
    would_be = Merge(child_id=page.child_id, into_id=child.id)
    return [reason for rule in merge_machine.edges["merge"].rules for reason in rule(would_be, known, None)]


def _cannot_ask(referral: Referral) -> list[str]:
    if referral.state == Referral.TRIAGE:
        return []
    if referral.state == Referral.SUBMITTED:
        return ["Start looking at the referral first."]
    return ["Questions are asked while the referral is being looked at, and not before earlier ones are answered."]


def _set_aside(page: _Page, said: NotSame, other: UUID, people: dict[UUID, Child]) -> dict[str, Any]:
    child = people.get(other)
    return {
        "id": other,
        "name": child.name if child else None,
        "date_of_birth": child.date_of_birth if child else None,
        "age": _age(child) if child else None,
        "reason": said.reason,
        "said_by": said.said_by_name,
        "said_at": said.said_at,
        "options": _options(page, (_UNDO, other, [])),
    }


def _age(child: Child) -> str | None:
    return age_in_words(born=child.date_of_birth, expected=child.expected_date, on=local(clock.now()).date())


def _merge(page: _Page, merge: Merge, people: dict[UUID, Child]) -> dict[str, Any]:
    child, into = people.get(merge.child_id), people.get(merge.into_id)
    proposed = merge.state == Merge.PROPOSED
    is_open = proposed or merge.state == Merge.JOINED
    follows = consequences.of_taking_apart(page.known, page.child_id)
    if proposed:
        follows = consequences.of_joining(page.known, page.child_id, merge.into_id)
    waiting = open_about(page.actor, merge, page.relations, merge_machine) if is_open else None
    act = _DROP if proposed else None if waiting or not is_open else _UNMERGE
    return {
        "id": merge.id,
        "state": merge.state,
        "state_label": Merge.LABELS[merge.state],
        "child_id": merge.child_id,
        "into_id": merge.into_id,
        "into_name": into.name if into else None,
        "compared": [asdict(fact) for fact in compare(_record(child), _record(into))] if child and into else [],
        "proposed_by": merge.proposed_by_name,
        "proposed_at": merge.proposed_at,
        "consequences": follows if is_open else [],
        "shows_to": consequences.shows_to(page.known, (merge.child_id, merge.into_id)) if is_open else [],
        "confirmation": waiting,
        "options": _options(page, (act, None, [])) if act else [],
    }


def _record(child: Child) -> dict[str, Any]:
    return {"school": child.school} | {name: getattr(child, name) for name in Described.__dataclass_fields__}


def _options(page: _Page, *acts: tuple[_Act, UUID | None, list[str]]) -> list[dict[str, Any]]:
    """Return those the actor may do, each with the child it is about and what stands in the way."""
    return [_option(page, *one) for one in acts if policy.allows(page.actor, one[0].permission, page.relations)]


def _option(page: _Page, act: _Act, child: UUID | None, obstacles: list[str]) -> dict[str, Any]:
    form = [field for field in _form(act.input_class) if field["name"] != "child"]
    if act is _ASK:
        sender = page.known.agencies.get(page.referral.holder_id)
        form = narrowed(form, sender=sender.kind, recipients=every_kind()) if sender else form
    return {
        "name": act.name,
        "label": act.label,
        "hint": act.hint,
        "kind": "command",
        "obstacles": obstacles,
        "url": f"/api/v1/referrals/{page.referral.id}/{act.name.replace('_', '-')}/",
        "input": form,
        "tells": [],
        "needs_second_person": act.needs_second_person,
        "child": child,
    }


@cache
def _form(input_class: type[EdgeInput]) -> list[dict[str, Any]]:
    return describe(input_class)
