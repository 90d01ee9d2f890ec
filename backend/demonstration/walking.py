"""Walks one child's referrals step by step through the real edges, each under the clock and as whoever took it.

A whole life is one transaction of the web role. Where a clock ran out, the transaction ends, the worker takes its turn
with its own login as it would have at that minute, and another transaction goes on.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.access.binding import acting_as_system
from backend.cases.models import Transfer
from backend.core import clock
from backend.deadlines.models import Deadline
from backend.deadlines.registration import expiries
from backend.demonstration import verbs_deciding as deciding
from backend.demonstration import verbs_disagreeing as disagreeing
from backend.demonstration import verbs_ending as ending
from backend.demonstration import verbs_giving as giving
from backend.demonstration import verbs_moving as moving
from backend.demonstration import verbs_planning as planning
from backend.demonstration import verbs_sending as sending
from backend.demonstration import verbs_telling as telling
from backend.demonstration import verbs_working as working
from backend.demonstration.links import pass_on
from backend.demonstration.logins import as_worker
from backend.demonstration.plan import Life, Step
from backend.demonstration.shapes import BY_CLOCK
from backend.demonstration.stage import Company, Scene
from backend.referrals.commands.machine import RESUME_JOB, referral_machine
from backend.referrals.models import InformationRequest, Referral

EXPIRY_JOB = "deadlines.expire"

VERBS: Mapping[str, Callable[[Scene], None]] = {
    "begin": sending.begin,
    "fill": sending.fill,
    "send": sending.send,
    "give_up": sending.give_up,
    "amend": sending.amend,
    "ask_to_withdraw": sending.ask_to_withdraw,
    "triage": moving.triage,
    "ask": moving.ask,
    "ask_two": moving.ask,
    "ask_referrer": moving.ask,
    "answer": moving.answer,
    "answer_late": moving.answer,
    "nothing_known": moving.nothing_known,
    "refuse": moving.refuse,
    "cancel": moving.cancel,
    "resume": moving.resume,
    "offer": moving.offer,
    "take": moving.take,
    "return": moving.send_back,
    "recall": moving.recall,
    "lead_accepts": moving.lead_accepts,
    "lead_declines": moving.lead_declines,
    "lead_withdrawn": moving.lead_withdrawn,
    "allocate": moving.allocate,
    "move": moving.move,
    "visit": working.visit,
    "meet": working.meet,
    "ring": working.ring,
    "agree": working.agree,
    "serve": giving.serve,
    "say_no": working.say_no,
    "assess": planning.assess,
    "plan": planning.plan,
    "help": planning.help_with_it,
    "review": planning.review,
    "end_goals": planning.end_goals,
    "rest": working.rest,
    "close": ending.close,
    "agree_end": ending.agree_end,
    "six_months_on": ending.six_months_on,
    "accept": deciding.accept,
    "link": deciding.link,
    "signpost": deciding.signpost,
    "decline": deciding.decline,
    "confirm": deciding.confirm,
    "second_refuses": deciding.second_refuses,
    "second_withdrawn": deciding.second_withdrawn,
    "error": deciding.error,
    "rematch": deciding.rematch,
    "step_up": deciding.step_up,
    "hand_over": deciding.hand_over,
    "handover_refused": deciding.handover_refused,
    "reopen": deciding.reopen,
    "correct": deciding.correct,
    "tell": telling.tell,
    "disagree": disagreeing.disagree,
    "stand_by": disagreeing.stand_by,
    "uphold": disagreeing.uphold,
    "take_further": disagreeing.take_further,
    "content": disagreeing.content,
    "take_back": disagreeing.take_back,
}


def walk(life: Life, *, company: Company, seed: str, now: datetime) -> None:
    """Walk every referral about one child; raise what an edge raises, with nothing of the transaction left."""
    with ExitStack() as open_transaction:
        open_transaction.enter_context(transaction.atomic())
        for contact in life.contacts:
            scene = Scene(company, seed, life, contact, now)
            for place, step in enumerate(contact.steps):
                scene.next_at = contact.steps[place + 1].at if place + 1 < len(contact.steps) else now
                if step.verb in BY_CLOCK:
                    open_transaction.close()
                    _run_out(scene, step)
                    open_transaction.enter_context(transaction.atomic())
                else:
                    _take(scene, step)
                if step.verb == "link":
                    open_transaction.close()
                    pass_on(scene, step)
                    open_transaction.enter_context(transaction.atomic())


def _take(scene: Scene, step: Step) -> None:
    try:
        with clock.at(step.at):
            VERBS[step.verb](scene)
    except Exception as error:
        error.add_note(f"in the demo city: “{step.verb}” of “{scene.contact.shape}” (referral {scene.contact.number})")
        raise


def _run_out(scene: Scene, step: Step) -> None:
    """Do what the worker would have done that minute, with the handler of the clock and the worker's login."""
    kind = BY_CLOCK[step.verb]
    with as_worker(), clock.at(step.at):
        root_id = _root_of(scene, kind)
        with acting_as_system(job=EXPIRY_JOB, root_id=root_id) as actor:
            expiries()[kind](root_id, actor)
            Deadline.objects.filter(root_id=root_id, kind=kind).update(expired_at=clock.now())
        with acting_as_system(job=RESUME_JOB, root_id=scene.referral_id) as actor:
            state = Referral.objects.values_list("state", flat=True).get(pk=scene.referral_id)
            if kind == "information_request" and state == Referral.INFORMATION_REQUESTED:
                referral_machine.perform(actor, "resume_triage", scene.referral_id, version=None, given={})
            scene.referral = Referral.objects.get(pk=scene.referral_id)


def _root_of(scene: Scene, kind: str) -> UUID:
    """Return the record whose clock of this kind ran out: a question and a transfer have clocks of their own."""
    with acting_as_system(job=EXPIRY_JOB):
        if kind == "information_request":
            return InformationRequest.objects.values_list("id", flat=True).get(
                root_id=scene.referral_id, state=InformationRequest.ASKED
            )
        if kind == "transfer_answer":
            return Transfer.objects.values_list("id", flat=True).get(
                root_id=moving.case_id(scene), state=Transfer.PROPOSED
            )
    return scene.referral_id
