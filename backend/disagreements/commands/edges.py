"""The machine of a disagreement: answered, upheld, accepted, taken further by a person or by the clock, withdrawn."""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.core.errors import Conflict
from backend.disagreements import queries, rules
from backend.disagreements.commands.raising import BASIS, MANAGERS, REPLY, say, share
from backend.disagreements.models import Disagreement
from backend.disagreements.records import record_of
from backend.disagreements.texts import fields
from backend.notifications.audience import AgencyRoles, Person
from backend.sharing.rules import Basis
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine, Tell

STAGE_2, RESPONSE = "disagreement_stage_2", "disagreement_response"
NO_ANSWER = "Nobody answered in time, so it goes to the next stage by itself."
NOT_TAKEN_FURTHER = "Nobody took the answer further in time, so the decision stands."
_ANSWERED = Clocks(meets=(REPLY, STAGE_2), starts=(RESPONSE,))
_ENDS = Clocks(meets=(REPLY, STAGE_2, RESPONSE), stops_all_but=())


def _answer(change: Change[Disagreement], inputs: dict[str, Any]) -> None:
    say(change.actor, change.target, "answered", inputs["text"])
    change.data = {"stage": change.target.stage}


def _uphold(change: Change[Disagreement], inputs: dict[str, Any]) -> None:
    say(change.actor, change.target, "upheld", inputs["text"], wanted=inputs["what_happens"])
    change.data = {"stage": change.target.stage, "outcome": Disagreement.UPHELD}


def _oblige(change: Change[Disagreement], given: Given) -> None:
    """Upheld, the record is to be reopened or corrected: its holder has a clock from now on, and is told."""
    record_of(change.target.about).put_right(change.actor, change.target.about_id)


def _accept(change: Change[Disagreement], inputs: dict[str, Any]) -> None:
    say(change.actor, change.target, "accepted", inputs.get("text", ""))
    change.data = {"stage": change.target.stage, "outcome": Disagreement.NOT_UPHELD}


def _let_stand(change: Change[Disagreement], inputs: dict[str, Any]) -> None:
    say(change.actor, change.target, "accepted", NOT_TAKEN_FURTHER)
    change.data = {"stage": change.target.stage, "outcome": Disagreement.NOT_UPHELD}


def _withdraw(change: Change[Disagreement], inputs: dict[str, Any]) -> None:
    say(change.actor, change.target, "withdrawn", inputs["text"])
    change.data = {"stage": change.target.stage}


def _escalate(change: Change[Disagreement], inputs: dict[str, Any]) -> None:
    """Find who looks at it next, and write down that they may read it and why."""
    target = change.target
    step = queries.next_step(target)
    if step is None:
        raise Conflict("Your partnership has not said who looks at a disagreement next. Ring them.", code="not_ready")
    say(change.actor, target, "escalated", NO_ANSWER if change.actor.is_system else inputs["text"])
    target.former_owner_id = target.owner_agency_id
    inputs["owner_agency_id"], inputs["stage"] = step.agency_id, step.stage
    change.data = {"from_agency": str(target.owner_agency_id), "to_agency": str(step.agency_id)}
    target.owner_agency = step.agency
    share(change.actor, target, to_agency_id=step.agency_id, basis=_basis(step.basis))


def _basis(named: dict[str, str]) -> Basis:
    return Basis(named["article6"], named["condition"], named["power"]) if named else BASIS


def escalate_unanswered(disagreement_id: UUID, actor: Actor) -> None:
    """Take it to the next stage because nobody answered in time; at the last one its managers go on being reminded."""
    waiting = Disagreement.objects.filter(pk=disagreement_id, state__in=Disagreement.UNANSWERED).first()
    if waiting is not None and queries.next_step(waiting) is not None:
        disagreement_machine.perform(actor, "escalate", disagreement_id, version=None, given={})


def let_stand_unanswered(disagreement_id: UUID, actor: Actor) -> None:
    """End it as not upheld because the answer was not taken further in time; a second call does nothing."""
    if Disagreement.objects.filter(pk=disagreement_id, state=Disagreement.ANSWERED).exists():
        disagreement_machine.perform(actor, "let_stand", disagreement_id, version=None, given={})


def _owners(target: Disagreement) -> AgencyRoles:
    return AgencyRoles(target.owner_agency_id, MANAGERS)


def _former_owners(target: Disagreement) -> AgencyRoles:
    return AgencyRoles(target.former_owner_id or target.owner_agency_id, MANAGERS)


def _raiser(target: Disagreement) -> Person:
    return Person(target.raised_by_id)


def _name_owners(target: Disagreement) -> str:
    return f"The managers of {target.owner_agency.name}"


def _name_next(target: Disagreement) -> str:
    step = queries.next_step(target)
    return f"The managers of {step.agency.name}, who look at it next" if step else "Whoever looks at it next"


def _name_raiser(target: Disagreement) -> str:
    return f"{target.raised_by_name}, {target.raising_agency.name}"


_TO_RAISER = (Tell("disagreement_ended", _raiser, _name_raiser),)
_TO_OWNERS = (Tell("disagreement_ended", _owners, _name_owners),)


def owner_of_clock(target: Disagreement) -> UUID:
    """Return whose turn it is: once answered, the side that raised it."""
    return target.raising_agency_id if target.state == Disagreement.ANSWERED else target.owner_agency_id


disagreement_machine: Machine[Disagreement] = Machine(
    noun="disagreement",
    model=Disagreement,
    edges={
        "answer": Edge(
            permission=Permission.DISAGREEMENT_ANSWER,
            label="Stand by the decision",
            hint="Speak to whoever raised it first. They read your reasons, and may take it to the next stage.",
            rules=(rules.somebody_else_answers,),
            clocks=_ANSWERED,
            tells=(Tell("disagreement_answered", _raiser, _name_raiser),),
            first=_answer,
        ),
        "uphold": Edge(
            permission=Permission.DISAGREEMENT_UPHOLD,
            label="Uphold the disagreement",
            hint="The decision has to be reopened or corrected within one working day.",
            rules=(rules.somebody_else_answers,),
            clocks=_ENDS,
            tells=(Tell("disagreement_upheld", _raiser, _name_raiser),),
            first=_uphold,
            then=_oblige,
        ),
        "accept_answer": Edge(
            permission=Permission.DISAGREEMENT_ACCEPT_ANSWER,
            label="Accept the answer",
            hint="The decision stands, and this disagreement ends.",
            clocks=_ENDS,
            tells=_TO_OWNERS,
            first=_accept,
        ),
        "escalate": Edge(
            permission=Permission.DISAGREEMENT_ESCALATE,
            label="Take it to the next stage",
            hint="Somebody more senior reads both sides and answers. You need not wait for an answer first.",
            rules=(rules.there_is_a_next_stage,),
            clocks=Clocks(stops_all_but=(), starts=(STAGE_2,)),
            tells=(
                Tell("disagreement_escalated", _owners, _name_next, urgent=lambda one: one.is_unsafe),
                Tell("disagreement_moved_on", _former_owners, _name_owners),
                Tell("disagreement_moved_on", _raiser, _name_raiser),
            ),
            first=_escalate,
        ),
        "withdraw": Edge(
            permission=Permission.DISAGREEMENT_WITHDRAW,
            label="Withdraw the disagreement",
            hint="It ends without an outcome. What was said stays in the record.",
            clocks=_ENDS,
            tells=_TO_OWNERS,
            first=_withdraw,
        ),
        "let_stand": Edge(
            permission=Permission.DISAGREEMENT_LET_STAND,
            label="Not taken further in time",
            clocks=_ENDS,
            tells=(*_TO_RAISER, *_TO_OWNERS),
            first=_let_stand,
            by_system=True,
        ),
    },
    visible_to=queries.visible_to,
    facts=queries.facts,
    fields=fields,
    path=lambda target: f"/disagreements/{target.id}",
    owner_agency=owner_of_clock,
    labels=Disagreement.LABELS,
)
