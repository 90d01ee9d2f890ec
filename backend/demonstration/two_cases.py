"""One child in two spellings, with an open case of two agencies: they are asked which goes on, and one has answered."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands import transfer_machine
from backend.cases.models import Transfer
from backend.core import clock
from backend.deadlines.calendar import local
from backend.demonstration import answers, material
from backend.demonstration.families import Child, make_child, make_home, written_otherwise
from backend.demonstration.staff import FRONT_DOOR, Seat, named
from backend.demonstration.stage import Company
from backend.drafts import commands as drafts
from backend.matching.commands import ask_leads, case_choice_machine
from backend.referrals.commands.drafting import create_draft
from backend.referrals.commands.machine import referral_machine
from backend.referrals.commands.siblings import create_sibling_draft
from backend.referrals.form.sections import FORM
from backend.referrals.models import Referral
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow.views import validated

_REFERRERS = ("Joanna Fairweather", "Ravi Nair")
_DECIDES, _ASKS, _LEADS = "Helen Stannard", "Marsha Quarrie", "Yasmin Farooqi"
_LEAD, _AGE = "city-early-help", 12
_SENT, _DECIDED, _ASKED = timedelta(hours=30), timedelta(hours=26), timedelta(hours=2)


def ask_which_goes_on(company: Company, *, seed: str) -> None:
    """Send both referrals, agree help for both, and ask those who lead the two cases; the front door has answered."""
    random = Random(f"{seed} two cases")  # noqa: S311 - made-up people, no secret
    now = clock.now()
    today = local(now).date()
    child = make_child(random, make_home(random), age=_AGE, on=today, sex="F", school=None)
    records = (child, written_otherwise(random, child, on=today))
    leads = (_LEAD, FRONT_DOOR)
    decides, leader = company.actors[named(_DECIDES)], company.actors[named(_LEADS)]
    sent = []
    for referrer, record, lead in zip(_REFERRERS, records, leads, strict=True):
        with clock.at(now - _SENT):
            referral = send(company, named(referrer), record, random)
        with clock.at(now - _DECIDED):
            sent.append(agree(company, decides, referral, record, lead))
    with clock.at(now - _DECIDED), acting(leader):
        transfer = Transfer.objects.get(root_id=case_of(sent[0]), state=Transfer.PROPOSED)
        transfer_machine.perform(leader, "accept", transfer.id, version=transfer.version, given={})
    with clock.at(now - _ASKED):
        _ask(company.actors[named(_ASKS)], decides, sent)


def send(company: Company, seat: Seat, child: Child, random: Random, *, beside: Referral | None = None) -> Referral:
    """Send a referral about a child as somebody who could have written it, `beside` that of a brother or sister."""
    who, kind = company.actors[seat], company.agencies[seat.agency].kind
    story = next(one for one in material.fitting(outcome="accept", kind=kind) if one.youngest <= _AGE <= one.oldest)
    with acting(who):
        draft = create_sibling_draft(who, beside.id) if beside else create_draft(who)
        found = answers.answers_of(
            story,
            child,
            at=clock.now(),
            sender_kind=kind,
            holder_kind=company.agencies[FRONT_DOOR].kind,
            random=random,
        )
        drafts.save(who, draft.id, {name: (value, 1) for name, value in found.items()}, form=FORM)
        return take(who, "submit", draft.id)


def agree(company: Company, who: Actor, referral: Referral, child: Child, lead: str) -> Referral:
    """Agree help for a new child; another agency than the front door is asked to lead."""
    told, words = material.texts()["handover_summaries"][0], material.blanks(child.sex, child.called)
    handover = {name: sentence.format_map(words) for name, sentence in told.items()}
    raw = {
        "child_match": "new",
        "level_of_need": "universal_plus",
        "primary_need": "N4",
        "theme": "protecting_people",
        "priority": "amber",
        "lead_agency": str(company.agencies[lead].id),
        "rationale": "One worker can change what two of us have seen.",
        "outcome_text": "Help was agreed. Somebody will ring the family this week.",
    }
    if lead != FRONT_DOOR:
        kinds = (company.agencies[FRONT_DOOR].kind, company.agencies[lead].kind)
        raw |= {
            "what_matters": handover["what_matters_now"],
            "risks": handover["risks"],
            "who_to_speak_to": handover["who_to_speak_to"],
            **answers.edge_basis(*kinds),
        }
    with acting(who):
        take(who, "start_triage", referral.id)
        return take(who, "accept", referral.id, **raw)


def take(who: Actor, name: str, pk: UUID, **raw: Any) -> Referral:
    """Take one edge of a referral, or ask a second person for it; `who` is bound already."""
    version = Referral.objects.values_list("version", flat=True).get(pk=pk)
    given = validated(REFERRAL_INPUTS[name], {**raw, "version": version})
    given.pop("version")
    return referral_machine.perform(who, name, pk, version=version, given=given, raw=raw)


def _ask(officer: Actor, manager: Actor, sent: list[Referral]) -> None:
    first, second = sent
    with acting(officer):
        version = Referral.objects.values_list("version", flat=True).get(pk=second.id)
        choice = ask_leads(officer, second.id, version=version, child=first.about_id)
    with acting(manager):
        given = {"goes_on": case_of(second)}
        case_choice_machine.perform(manager, "say", choice.id, version=choice.version, given=given)


def case_of(referral: Referral) -> UUID:
    """Return the case that a referral has led to."""
    if referral.case_id is None:
        raise LookupError("there is no case")
    return referral.case_id
