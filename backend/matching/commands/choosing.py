"""Which of two open cases goes on: the question to those who lead them, their answers, and what joining does with both.

The machine locks a choice; joining and taking apart lock the merge first, the choice after it and its case last.
"""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases.commands.joining import GoesOn, join, restore
from backend.cases.queries import KnownCase, cases_known
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.matching import queries, rules
from backend.matching.commands.holding import held_by
from backend.matching.models import CaseChoice, Merge
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import Notice, outbox_rows
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Machine, Tell

CLOCK = "case_choice"
_MANAGERS, _OFFICERS = (Role.MANAGER.value,), (Role.TRIAGE_OFFICER.value, Role.MANAGER.value)
_CHANGED = "The open cases of the two children, or who leads them, have changed. Ask those who lead them again."


def ask_leads(actor: Actor, referral_id: UUID, *, version: int, child: UUID) -> CaseChoice:
    """Ask those who lead the open cases of a referral's child and of a child who was offered which of the two goes on.

    Raises NotFound, Forbidden, or Conflict when there are not two open cases, or they are asked already.
    """
    held = held_by(actor, referral_id, Permission.CHILD_ASK_LEADS, version=version)
    if child not in queries.offered(held.child_id):
        raise Conflict("This child is not among those who may be the same. Look at the list again.", code="not_ready")
    cases = _open_cases(held.child_id, child)
    if len(cases) != 2:
        raise Conflict("The two children do not have two open cases: the records can be joined.", code="not_ready")
    if queries.choice_of(held.child_id) is not None:
        raise Conflict("Those who lead the cases of this child are asked already.", code="wrong_state")
    choice = _choice(actor, referral_id, held.child_id, child, cases)
    choice.partnership_id = held.referral.partnership_id
    (its_clock,) = deadlines.new_clocks(
        [CLOCK],
        root_id=choice.id,
        child_id=None,
        owner_agency_id=choice.first_lead_id,
        partnership_id=choice.partnership_id,
    )
    choice.next_due_at = its_clock.due_at
    notices = [_notice(choice, "case_choice_asked", lead_id) for lead_id in _leads(choice)]
    record(
        actor,
        "case_choice.ask",
        choice,
        root_id=choice.id,
        beside=lambda event: [its_clock, *outbox_rows(notices, event_id=event.id, root_id=choice.id)],
    )
    return choice


def drop_choice(actor: Actor, referral_id: UUID, *, version: int, reason: str) -> CaseChoice:
    """End the question to those who lead; they are told. Raises NotFound, Forbidden, or Conflict when none is open."""
    held = held_by(actor, referral_id, Permission.CASE_CHOICE_DROP, version=version)
    choice = queries.choice_of(held.child_id)
    if choice is None or choice.state not in CaseChoice.OPEN:
        raise Conflict("Those who lead the cases of this child are not being asked.", code="wrong_state")
    return case_choice_machine.perform(actor, "drop", choice.id, version=choice.version, given={"reason": reason})


def join_cases(change: Change[Merge]) -> None:
    """End the case that does not go on, where both children have one; the rules have found that its lead agreed."""
    if len(change.facts.open_cases) < 2:
        return
    choice = _locked(change.target.child_id)
    if choice is None or choice.state != CaseChoice.AGREED:
        raise Conflict(_CHANGED, code="not_ready")
    ended = queries.taken_to_join(choice.id)
    if ended is None:
        raise Conflict(_CHANGED, code="not_ready")
    join(change.actor, ended, _goes_on(choice))
    choice.use(change.actor, {})
    _record(change, "case_choice.use", choice, "case_choice_used", from_state=CaseChoice.AGREED)


def take_cases_apart(change: Change[Merge], *, reason: str) -> None:
    """Open again the case that joining these two records has ended, if it has ended one."""
    choice = _locked(change.target.child_id)
    if choice is None or choice.state != CaseChoice.JOINED:
        return
    ended = queries.taken_to_restore(choice.id)
    if ended is not None:
        restore(change.actor, ended, reason=reason)
    choice.undo(change.actor, {})
    _record(change, "case_choice.undo", choice, "case_choice_undone", from_state=CaseChoice.JOINED)


def _open_cases(child_id: UUID, other_id: UUID) -> list[KnownCase]:
    found = {case.id: case for case in cases_known(child_id, [child_id, other_id]) if case.is_open}
    return sorted(found.values(), key=lambda case: case.reference)


def _choice(actor: Actor, referral_id: UUID, child_id: UUID, into_id: UUID, cases: list[KnownCase]) -> CaseChoice:
    first, second = cases
    return CaseChoice(
        id=uuid7(),
        referral_id=referral_id,
        child_id=child_id,
        into_id=into_id,
        agency_id=actor.agency_id,
        asked_as_id=actor.membership_id,
        asked_by_name=actor.name,
        first_case_id=first.id,
        first_reference=first.reference,
        first_lead_id=first.lead_agency_id,
        second_case_id=second.id,
        second_reference=second.reference,
        second_lead_id=second.lead_agency_id,
    )


def _locked(child_id: UUID) -> CaseChoice | None:
    return queries.standing_choice(child_id).select_for_update(of=("self",), no_key=True).first()


def _goes_on(choice: CaseChoice) -> GoesOn:
    if choice.goes_on == choice.first_case_id:
        return GoesOn(choice.first_case_id, choice.first_reference, choice.first_lead.name)
    return GoesOn(choice.second_case_id, choice.second_reference, choice.second_lead.name)


def _record(change: Change[Merge], verb: str, choice: CaseChoice, message: str, *, from_state: str) -> None:
    """Write it with the same act, and tell both leads; its clock was met when they agreed."""
    notices = [_notice(choice, message, lead_id) for lead_id in _leads(choice)]
    record(
        change.actor,
        verb,
        choice,
        root_id=choice.id,
        from_state=from_state,
        beside=lambda event: outbox_rows(notices, event_id=event.id, root_id=choice.id),
    )


def _leads(choice: CaseChoice) -> list[UUID]:
    return list(dict.fromkeys((choice.first_lead_id, choice.second_lead_id)))


def _fields(choice: CaseChoice) -> dict[str, str]:
    named = {choice.first_case_id: choice.first_reference, choice.second_case_id: choice.second_reference}
    return {
        "reference": choice.first_reference,
        "label": choice.second_reference,
        "agency": choice.agency.name,
        "outcome": named.get(choice.goes_on, "") if choice.goes_on else "",
    }


def _path(choice: CaseChoice) -> str:
    return f"/case-choices/{choice.id}"


def _notice(choice: CaseChoice, message: str, agency_id: UUID) -> Notice:
    return Notice(AgencyRoles(agency_id, _MANAGERS), message, _fields(choice), _path(choice))


def _silent_lead(choice: CaseChoice) -> UUID:
    """Return the lead whose answer is waited for: the first one's, unless only the second has not said."""
    is_second = choice.first_says_id is not None and choice.second_says_id is None
    return choice.second_lead_id if is_second else choice.first_lead_id


def _still_asked(choice: CaseChoice) -> AgencyRoles | None:
    """Return the lead that has the next word, while the two have not agreed."""
    return AgencyRoles(_silent_lead(choice), _MANAGERS) if choice.state == CaseChoice.ASKED else None


def _asker(choice: CaseChoice) -> AgencyRoles | None:
    return AgencyRoles(choice.agency_id, _OFFICERS) if choice.state == CaseChoice.AGREED else None


def _both(choice: CaseChoice) -> list[AgencyRoles]:
    return [AgencyRoles(lead_id, _MANAGERS) for lead_id in _leads(choice)]


def _said(change: Change[CaseChoice], given: dict[str, Any]) -> None:
    change.data = {"goes_on": str(given["goes_on"])}


case_choice_machine: Machine[CaseChoice] = Machine(
    noun="case_choice",
    model=CaseChoice,
    edges={
        "say": Edge(
            permission=Permission.CASE_CHOICE_SAY,
            label="Say which case goes on",
            hint="Ring the other lead first. The other case ends as joined; everything in it is kept and can be read.",
            rules=(rules.is_one_of_the_two,),
            clocks=Clocks(
                meets=(CLOCK,),
                starts_for=lambda choice: (CLOCK,) if choice.state == CaseChoice.ASKED else (),
            ),
            tells=(
                Tell("case_choice_said", _still_asked, lambda _choice: "The managers of the other lead"),
                Tell(
                    "case_choice_agreed",
                    _asker,
                    lambda choice: f"The officers of {choice.agency.name}",
                    path=lambda choice: f"/referrals/{choice.referral_id}/child",
                ),
            ),
            first=_said,
            primary=True,
        ),
        "drop": Edge(
            permission=Permission.CASE_CHOICE_DROP,
            label="Do not ask any more",
            hint="Both cases go on as they are, and those who lead them are told.",
            clocks=Clocks(stops_all_but=()),
            tells=(Tell("case_choice_dropped", _both, lambda _choice: "The managers of both leads"),),
        ),
    },
    visible_to=queries.choices_visible_to,
    facts=lambda _choice, _actor: None,
    fields=_fields,
    path=_path,
    owner_agency=_silent_lead,
    labels=CaseChoice.LABELS,
)
