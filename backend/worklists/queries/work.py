"""Reads of one person's work: their cases with what is due on each, their tasks, and what waits for somebody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases import queries as cases
from backend.cases.models import Action, Case, LeadRequest, Task, Transfer
from backend.cases.queries.asking import to_answer
from backend.cases.queries.concerns import to_look_at_again
from backend.cases.queries.naming import to_name
from backend.cases.queries.planning import actions_of
from backend.cases.queries.scoring import first_scores
from backend.cases.rules.noting import FORM as NOTE
from backend.cases.subjects import OF_WORKERS
from backend.children.models import Child
from backend.children.queries import alerts_of_each
from backend.core import clock
from backend.core.counting import count_together
from backend.deadlines.calendar import local
from backend.deadlines.models import Clock, Rag
from backend.deadlines.queries import running_of_roots
from backend.drafts.queries import unsent
from backend.letters.rules import FORM as LETTER
from backend.notifications.queries import messages_of
from backend.outcomes.rules import questionnaire_fits
from backend.sharing.queries import agreed_until, ends_of
from backend.worklists.queries.giving import given_soon, sessions_to_give
from backend.worklists.queries.items import MOST, Item, Kind
from backend.worklists.queries.mentions import notes_naming, to_read, waiting_notes
from backend.worklists.queries.sitting import at_panels, owed_to_panels
from backend.worklists.queries.waiting import waiting_for_others
from backend.worklists.rules import (
    SOON_DAYS,
    Place,
    agreement_turns,
    first_score_due,
    place_of,
    sharing_turns,
    turning_points,
)

# Nobody carries more than this; past it the list says that it is not whole, and the caseload is a click away.
MOST_CASES = 200
_LOOK_AGAIN = "Look again at what visitors must know"
_REVIEW = "/cases/{}/do/review_alert?at=identity&back=/work"

_SEND = "Send the note you began"
_SEND_AT = "/cases/{}/do/write_note?back=/work"
_KEEP = "Go on with the letter you began"
_KEEP_AT = "/cases/{}/letter"
_CONCERN = "Look again at a {} of concern"
_FIRST_SCORE = "Record where the child begins, or why nobody can say"
_REVIEW_CONCERN = "/concerns/{}/do/review?back=/work"


@dataclass(slots=True)
class Work:
    """A person's work now: what to do by when, what comes for a child, and what others owe."""

    places: dict[Place, list[Item]] = field(default_factory=lambda: {"overdue": [], "today": [], "soon": []})
    turning: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    unread: int = 0
    is_cut: bool = False
    roots: set[UUID] = field(default_factory=set)
    children: set[UUID] = field(default_factory=set)


def work_of(actor: Actor) -> Work:
    """Return the actor's work, what is due first at the top of each part, in fourteen statements at most."""
    work = Work()
    mine = list(_worked(actor)[: MOST_CASES + 1]) if policy.holds(actor, Permission.CASE_SEE) else []
    work.is_cut = len(mine) > MOST_CASES
    mine = mine[:MOST_CASES]
    tasks = list(cases.tasks_of(actor)[:MOST])
    actions = list(actions_of(actor)[:MOST])
    asked = list(to_answer(actor)[:MOST]) if policy.holds(actor, Permission.CASE_SEE) else []
    work.unread, are_named, are_mentioned = _how_many(actor)
    names = are_named and policy.holds(actor, Permission.TRANSFER_NAME_LEAD)
    named = list(to_name(actor)[:MOST]) if names else []
    sessions, mentions = sessions_to_give(actor), notes_naming(actor) if are_mentioned else []
    heard = owed_to_panels(actor)
    about = [case.child_id for case in mine] + [one.child_id for one in (*sessions, *mentions)]
    children = Child.objects.in_bulk(about)
    clocks = running_of_roots([*(case.id for case in mine), *(task.id for task in tasks)])
    items = [
        *_of_cases(actor, mine, children, clocks),
        *(_task(task, clocks[task.id]) for task in tasks),
        *(_action(action) for action in actions),
        *(_lead_request(request) for request in asked),
        *(_to_name(transfer) for transfer in named),
        *given_soon(sessions, children),
        *at_panels(actor, heard),
    ]
    for item in sorted(items, key=_when):
        place = place_of(item.due)
        if place in work.places:
            work.places[place].append(item)
    work.places["today"] += [*to_read(mentions, children), *_begun(mine, children)]
    work.turning = sorted(_turning(mine, children), key=_when)
    work.waiting = sorted(waiting_for_others(actor, mine), key=_when)
    given: list[Any] = [*tasks, *actions, *asked, *named, *sessions, *heard, *mentions]
    work.roots = {case.id for case in mine} | {one.root_id for one in given}
    work.roots |= {item.root_id for item in work.waiting if item.root_id}
    work.children = {case.child_id for case in mine} | {one.child_id for one in given if one.child_id}
    return work


def _how_many(actor: Actor) -> list[int]:
    """Count what few have, so that the others do not pay for reading it: unread messages, leads to name, mentions."""
    unread = messages_of(actor).filter(read_at=None).order_by().values("pk")[: MOST + 1]
    asked = to_name(actor).order_by().values("pk")[:1]
    return count_together([unread, asked, waiting_notes(actor).order_by().values("pk")[:1]])


def _worked(actor: Actor) -> "QuerySet[Case]":
    """Return the actor's cases, each with the day on which the first of its shares ends, and the family's agreement.

    And with the day by which the first of its warnings for visitors is looked at again, which of its peers and places
    of concern are, when the actor last typed a note or a letter of it that is not sent, and which first score it lacks.
    """
    soon = local(clock.now()).date() + timedelta(days=SOON_DAYS)
    concerns = to_look_at_again(actor, until=soon).filter(case_id=OuterRef("pk"))
    return cases.worked(actor).annotate(
        sharing_ends_on=Subquery(ends_of(OuterRef("pk"))),
        agreed_until=Subquery(agreed_until(OuterRef("pk"))),
        note_saved_at=Subquery(unsent(actor, form=NOTE, root_id=OuterRef("pk")).values("saved_at")[:1]),
        letter_saved_at=Subquery(unsent(actor, form=LETTER, root_id=OuterRef("pk")).values("saved_at")[:1]),
        alert_review_on=Subquery(alerts_of_each().values("review_on")[:1]),
        concerns_to_review=ArraySubquery(
            concerns.values(row=JSONObject(id="id", kind="kind", review_on="review_on"))[:MOST]
        ),
        **first_scores(),
    )


def _of_cases(
    actor: Actor, mine: Sequence[Case], children: dict[UUID, Child], clocks: Mapping[UUID, Sequence[Clock]]
) -> Iterator[Item]:
    """Yield the next step of each case, each clock its lead practitioner has to meet, and what to look at again."""
    for case in mine:
        child = children.get(case.child_id)
        if case.next_action_on is not None:
            yield _about(case, child, "next_step", case.next_action, case.next_action_on)
        # Whoever else is on the team reads it on the case.
        if case.lead_practitioner_id == actor.user_id:
            yield from _reviews(case, child)
            yield from _first_score(case, child)
        for deadline in clocks[case.id]:
            if deadline.is_running and deadline.paused_at is None and deadline.kind in OF_WORKERS:
                yield _about(case, child, "clock", deadline.label, deadline.due_at, deadline.rag)


def _reviews(case: Case, child: Child | None) -> Iterator[Item]:
    """Yield what is looked at again: the first of the warnings for visitors, and each peer or place of concern."""
    # Both are annotated by _worked.
    review_on: date | None = getattr(case, "alert_review_on", None)
    if review_on is not None:
        yield replace(_about(case, child, "alert", _LOOK_AGAIN, review_on), path=_REVIEW.format(case.id))
    concerns: list[dict[str, Any]] = getattr(case, "concerns_to_review", [])
    for one in concerns:
        # Who or where it is stands on its own page, which fewer people read.
        item = _about(case, child, "concern", _CONCERN.format(one["kind"]), date.fromisoformat(one["review_on"]))
        yield replace(item, id=one["id"], path=_REVIEW_CONCERN.format(one["id"]))


def _first_score(case: Case, child: Child | None) -> Iterator[Item]:
    """Yield what a plan still lacks: the first score of a goal, or of a questionnaire for a child of this age."""
    today = local(clock.now()).date()
    # All three are annotated by _worked.
    planned_at: datetime | None = getattr(case, "planned_at", None)
    due = first_score_due(local(planned_at).date() if planned_at else None, on=today)
    fits = questionnaire_fits(child.date_of_birth if child else None, today)
    asks = fits and getattr(case, "lacks_questionnaire", False)
    if due and case.state in (Case.ACTIVE, Case.PAUSED) and (asks or getattr(case, "lacks_goal_score", False)):
        yield replace(_about(case, child, "score", _FIRST_SCORE, due), path=f"/cases/{case.id}/outcomes")


def _begun(mine: Sequence[Case], children: dict[UUID, Child]) -> Iterator[Item]:
    """Yield each note and letter that was begun and not sent, the oldest first: of no day, and forgotten on none."""
    # Both are annotated by _worked.
    kinds = (("note_saved_at", _SEND, _SEND_AT), ("letter_saved_at", _KEEP, _KEEP_AT))
    begun = [
        (saved_at, case, label, path)
        for name, label, path in kinds
        for case in mine
        if (saved_at := getattr(case, name, None))
    ]
    for saved_at, case, label, path in sorted(begun, key=lambda one: one[0]):
        item = _about(case, children.get(case.child_id), "draft", label, saved_at)
        yield replace(item, path=path.format(case.id))


def _about(case: Case, child: Child | None, kind: Kind, label: str, due: datetime | date, rag: Rag = "none") -> Item:
    return Item(
        id=f"{case.id}:{kind}:{label}",
        kind=kind,
        label=label,
        reference=case.reference,
        path=f"/cases/{case.id}",
        due=due,
        rag=rag,
        child=child,
        case_id=case.id,
    )


def _task(task: Task, clocks: Sequence[Clock]) -> Item:
    rag: Rag = next((deadline.rag for deadline in clocks if deadline.is_running), "none")
    # An open task has an hour: the table says so.
    due = task.next_due_at or task.made_at
    return Item(str(task.id), "task", task.kind, task.reference, f"/tasks/{task.id}", due, rag)


def _action(action: Action) -> Item:
    """Return an action of a plan: a day, not an hour."""
    return Item(str(action.id), "action", action.text, action.case_reference, f"/actions/{action.id}", action.due_on)


def _lead_request(request: LeadRequest) -> Item:
    """Return an answer that an agency of the team waits for: the lead's managers and its worker owe it."""
    label = f"{request.agency.name} asks to lead: answer"
    due = request.next_due_at or request.made_at
    rag: Rag = "red" if request.state == LeadRequest.LAPSED else "none"
    path = f"/lead-requests/{request.id}"
    return Item(str(request.id), "lead_request", label, request.case_reference, path, due, rag)


def _to_name(transfer: Transfer) -> Item:
    """Return a case that two agencies have not taken: the front door's managers owe it a lead."""
    # Annotated by to_name.
    due = getattr(transfer, "name_by", None) or transfer.proposed_at
    path, label = f"/transfers/{transfer.id}", f"Name the agency that leads, after {transfer.from_agency.name}"
    return Item(str(transfer.id), "transfer", label, transfer.case_reference, path, due)


def _turning(mine: Sequence[Case], children: dict[UUID, Child]) -> Iterator[Item]:
    today = local(clock.now()).date()
    for case in mine:
        child = children.get(case.child_id)
        points = list(turning_points(child, on=today)) if child else []
        for point in points:
            item = _about(case, child, "turning_point", point.label, point.on)
            yield replace(item, path=f"{item.path}{point.way}")
        # Annotated by _worked; it leads to where the family’s next answer is recorded.
        for point in agreement_turns(getattr(case, "agreed_until", None), on=today):
            item = _about(case, child, "turning_point", point.label, point.on)
            yield replace(item, path=f"{item.path}/do/renew_agreement")
        # The same; it leads to where a share is renewed.
        for point in sharing_turns(getattr(case, "sharing_ends_on", None), on=today):
            item = _about(case, child, "turning_point", point.label, point.on)
            yield replace(item, path=f"{item.path}/do/renew_sharing?at=shares")


def _when(item: Item) -> tuple[date, bool, str]:
    """Order by day; within it what has an hour comes by that hour, before what only has the day."""
    if isinstance(item.due, datetime):
        return local(item.due).date(), False, item.due.isoformat()
    return item.due, True, item.label
