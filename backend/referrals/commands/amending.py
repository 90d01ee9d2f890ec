"""Amends a referral after it was sent: any answer of its form, old and new kept, its rows brought into step."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.marks import HIDDEN, Mark, marks_shown
from backend.children.commands import amend_child
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.core.ids import uuid7
from backend.notifications.audience import AgencyRoles
from backend.referrals.commands.flagging import flag
from backend.referrals.commands.telling import OFFICERS, referrer
from backend.referrals.form.asking import that_count
from backend.referrals.form.checking import problems
from backend.referrals.form.marking import apart, given_marks, stands
from backend.referrals.form.parts import Answers
from backend.referrals.form.sections import FIELDS
from backend.referrals.intake.columns import agreement_values, amended_values
from backend.referrals.intake.loading import Intake, chosen_service, circumstances_of
from backend.referrals.intake.promoting import fill
from backend.referrals.intake.reading_back import answers_of
from backend.referrals.intake.receiving import receivers
from backend.referrals.intake.rows import CONVERSATION, SPOKEN, rewrite_rows, statements_of_kind
from backend.referrals.models import Amendment, Referral, Statement
from backend.referrals.queries.detail import Parts, parts
from backend.sharing.commands import amend_agreement
from backend.workflow.changing import Change

Changes = Mapping[tuple[str, Mark], tuple[Any, Any]]
ONLY_HIDDEN = (
    "Nobody else may learn that this is here, so it cannot be all that you change. Change it together with something "
    "that everybody reads, or call the front door."
)
NOT_ASKED = "This is not something we ask for here."
# The ledger says until when something is shared, and nothing there is ever changed.
LAST_DAY = "share_ends_on"
RENEW = "Renew the share instead: you find it under “What was shared with whom”."
LEVEL = "level_believed"
SAME = "What you wrote is the same as before."


def amend(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Keep what each answer said and says, bring the rows into step, and tell the other side of the referral.

    Raises Invalid with a sentence at each answer that is wrong, Conflict `not_ready` when nothing would change.
    """
    referral, child = change.target, change.target.about
    found = parts(referral).within(marks_shown(change.actor, change.relations))
    before = that_count(answers_of(found.sent(referral, child)))
    intake = _intake(change.actor, referral, before, inputs["answers"])
    after = that_count(intake.answers)
    changes = _changes(before, after)
    _refuse_labels(change, changes)
    changed = {name for name, _mark in changes}
    change_id = _keep(change, inputs, changes)
    _bring_into_step(change, found, child, before, intake, changed)
    flag(referral, referral.about, after, level_said_at=clock.now() if LEVEL in changed else None)
    by_holder = change.actor.agency_id == referral.holder_id
    referral.concerned = (referrer(referral) if by_holder else AgencyRoles(referral.holder_id, OFFICERS),)
    change.data = {
        "reason_code": inputs["reason_code"],
        "change_id": str(change_id),
        # Everybody who sees the status reads this: what nobody may know of is not in it.
        "fields": [name for name in FIELDS if any(of == name and mark not in HIDDEN for of, mark in changes)],
        "flags": [one["code"] for one in referral.flags],
    }


def _changes(before: Answers, after: Answers) -> Changes:
    """Return what each answer said and says, by field and label; raise Conflict where nothing would change."""
    old, new = apart(before), apart(after)
    order = [(name, mark) for name in FIELDS for mark in Mark]
    # What an address said before it was protected is not written down once more.
    stand = [key for key in order if stands(*key, after)]
    found = {key: (old.get(key), new.get(key)) for key in stand if old.get(key) != new.get(key)}
    if not found:
        raise Conflict(SAME, code="not_ready")
    return found


def _refuse_labels(change: Change[Referral], changes: Changes) -> None:
    """A label is set by the agency it comes from alone, and what is hidden is never the only thing that changed."""
    referral, given = change.target, given_marks(changes)
    if given and change.actor.agency_id != referral.referrer_agency_id:
        sentence = f"Only {referral.referrer_agency.name} may change what bears a label, or give one."
        raise Invalid(sentence, fields={f"answers.{name}": [sentence] for name, _mark in sorted(given)})
    if all(mark in HIDDEN for _name, mark in changes):
        raise Conflict(ONLY_HIDDEN, code="not_ready")


def _intake(actor: Actor, referral: Referral, before: Answers, given: Mapping[str, Any]) -> Intake:
    """Return the answers with the new ones among them; raise Invalid for what is wrong and was not so before."""
    unknown = {f"answers.{name}": [NOT_ASKED] for name in given if name not in FIELDS}
    if unknown:
        raise Invalid("Some of what was sent is not asked for here.", fields=unknown)
    if given.get(LAST_DAY) and given[LAST_DAY] != before.get(LAST_DAY):
        raise Invalid(RENEW, fields={f"answers.{LAST_DAY}": [RENEW]})
    here = receivers(referral.partnership_id)
    kind, agency_id = referral.referrer_agency.kind, referral.referrer_agency_id
    after = {**before, **given}
    service = chosen_service(actor, after)
    old = set(problems(before, circumstances_of(kind, agency_id, before, here, chosen_service(actor, before))))
    now = circumstances_of(kind, agency_id, after, here, service)
    new = [problem for problem in problems(after, now) if problem not in old]
    if new:
        fields: dict[str, list[str]] = {}
        for problem in new:
            fields.setdefault(f"answers.{problem.field}", []).append(problem.sentence)
        raise Invalid("Some of what you changed cannot be kept like this.", fields=fields)
    return Intake(after, here, now, (), service)


def _keep(change: Change[Referral], inputs: Mapping[str, Any], changes: Changes) -> UUID:
    """Write down each answer that changed, also those that count no more because of another."""
    change_id = uuid7()
    Amendment.objects.bulk_create(
        Amendment(
            root_id=change.root_id,
            change_id=change_id,
            field=name,
            mark=mark.value,
            before=before,
            after=after,
            reason_code=inputs["reason_code"],
            reason=inputs["reason"],
            by_id=change.actor.user_id,
            by_name=change.actor.name,
            agency_name=change.actor.agency_name,
        )
        for (name, mark), (before, after) in changes.items()
    )
    return change_id


def _bring_into_step(
    change: Change[Referral], found: Parts, child: Child, before: Answers, intake: Intake, changed: set[str]
) -> None:
    """Write the rows that follow from the changed answers anew; what they said before stands in the amendments."""
    referral, answers = change.target, that_count(intake.answers)
    facts = amended_values(child, before, answers)
    if facts:
        referral.child = amend_child(change.actor, child.id, facts)
    if found.agreements:
        agreement, values = found.agreements[-1], agreement_values(answers)
        if any(getattr(agreement, name) != value for name, value in values.items()):
            amend_agreement(change.actor, agreement.id, values)
    Statement.objects.bulk_create(
        said
        for kind in (*CONVERSATION, *SPOKEN)
        if kind in changed or (kind == "child_voice" and "child_voice_how" in changed)
        for said in _said_anew(change, kind, answers, found.current_statements)
    )
    rewrite_rows(referral.id, child.id, answers, today=intake.circumstances.today, changed=changed)
    fill(referral, answers, intake, holder_id=referral.holder_id)


def _said_anew(change: Change[Referral], kind: str, answers: Answers, current: list[Statement]) -> Iterator[Statement]:
    """Yield what replaces each statement of a kind in its order; one that is left over is taken out."""
    told = list(statements_of_kind(kind, answers))
    for mark in Mark:
        of_mark = [said for said in current if said.mark == mark]
        yield from _said_under(change, kind, of_mark, [said for said in told if said.mark == mark])


def _said_under(
    change: Change[Referral], kind: str, current: list[Statement], new: list[Statement]
) -> Iterator[Statement]:
    """Yield what replaces what was said under one label, which counts its own."""
    old = [said for said in current if said.kind == kind]
    for position in range(max(len(old), len(new))):
        replaced = old[position] if position < len(old) else None
        said = new[position] if position < len(new) else Statement(kind=kind, text="", mark=old[position].mark)
        if replaced and _same(replaced, said):
            continue
        said.root_id, said.recorded_by_id = change.root_id, change.actor.user_id
        said.position = replaced.position if replaced else max([one.position for one in current], default=0)
        said.replaces_id = replaced.id if replaced else None
        yield said


def _same(one: Statement, other: Statement) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("text", "basis", "told_by", "currency"))
