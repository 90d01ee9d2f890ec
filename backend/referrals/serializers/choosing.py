"""Fills the forms of a referral's options with what this record offers to choose from."""

from datetime import datetime
from typing import Any

from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.core import vocabulary
from backend.deadlines.calendar import local
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral
from backend.referrals.rules.deciding import link_targets, readers_of
from backend.referrals.rules.facts import NEW_CHILD, Facts, KnownAgency, KnownCase
from backend.referrals.serializers.fields import DRAWN_AS
from backend.referrals.serializers.telling import RECORDED, WHO, people_to_tell, reached_safely
from backend.sharing.serializers import every_kind, narrowed
from backend.workflow import options

# Asked only when another agency than the holder is to lead.
HANDOVER = ("what_matters", "risks", "who_to_speak_to", "article6", "condition", "power", "ends_on")
CASE_CHOICE = "case_choice"
LEVEL = "level_of_need"
_EXCERPT = 120
Choice = dict[str, Any]


def options_of(
    actor: Actor, referral: Referral, relations: frozenset[Relation], known: Facts | None
) -> list[dict[str, Any]]:
    """Return options[] of a referral with every choice filled in."""
    shapes = options.shapes(
        referral_machine,
        actor,
        referral,
        relations,
        base=f"/api/v1/referrals/{referral.id}/",
        choices=_choices(referral, known) if known else {},
        facts=known,
    )
    for shape in shapes:
        form = [
            _drawn(field, referral, known, shape["name"])
            for field in shape["input"]
            if _is_asked(field, referral, known)
        ]
        shape["input"] = narrowed(form, sender=referral.holder.kind, recipients=every_kind())
    return shapes


def _is_asked(field: dict[str, Any], referral: Referral, known: Facts | None) -> bool:
    """Nobody is asked about a closed case where no child it may be has one."""
    return field["name"] != CASE_CHOICE or bool(known and _with_closed_case(referral, known))


def _with_closed_case(referral: Referral, known: Facts) -> dict[str, KnownCase]:
    """Return the answers to “which child” that lead to a case closed lately, each with that case."""
    answers = {NEW_CHILD: referral.child_id, **{str(one.id): one.id for one in known.candidates}}
    if known.canonical_id:
        answers[str(known.canonical_id)] = known.canonical_id
    first = {answer: next(iter(known.cases_of(child)), None) for answer, child in answers.items()}
    return {answer: case for answer, case in first.items() if case and not case.is_open}


def _drawn(field: dict[str, Any], referral: Referral, known: Facts | None, edge: str) -> dict[str, Any]:
    drawn = {**field, "kind": DRAWN_AS.get(field["kind"], field["kind"])}
    if field["fields"]:
        drawn["fields"] = [_drawn(inner, referral, known, edge) for inner in field["fields"]]
    if known and field["name"] == LEVEL:
        drawn["choices"] = [{**level, "hint": known.level_texts.get(level["value"], "")} for level in field["choices"]]
    if known and edge == RECORDED and field["name"] == WHO:
        drawn["choices"] = reached_safely(field["choices"], known)
    if known and field["name"] == CASE_CHOICE:
        closed = _with_closed_case(referral, known)
        drawn["show_if"] = {"field": "child_match", "values": list(closed)}
        drawn["hint"] = " ".join(dict.fromkeys(_closed_words(case, known) for case in closed.values()))
        # Asked only where there is one, and then it has to be weighed up.
        drawn["required"] = True
    if known and field["name"] in HANDOVER and field["show_if"] is None and not field["required"]:
        drawn["show_if"] = _shared_with_others(referral, known, edge)
    return drawn


def _shared_with_others(referral: Referral, known: Facts, edge: str) -> dict[str, Any]:
    """Say with which answers another agency comes to read the referral."""
    if edge == "link":
        targets = link_targets(referral, known)
        return {
            "field": "link_to",
            "values": [str(one) for one in targets if set(readers_of(one, known)) - {referral.holder_id}],
        }
    others = [str(agency.id) for agency in known.agencies.values() if agency.id != referral.holder_id]
    return {"field": "lead_agency", "values": others}


def _closed_words(case: KnownCase, known: Facts) -> str:
    lead = known.agencies.get(case.lead_agency_id)
    return f"Case {case.reference} was led by {lead.name if lead else 'an agency that is no longer here'}."


def _choices(referral: Referral, known: Facts) -> options.Choices:
    return options.ChoicesOnDemand(
        {
            "receiver": lambda: _receivers(referral, known),
            "lead_agency": lambda: _leads(known),
            "asked_agency": lambda: _asked(referral, known),
            "person_around": lambda: people_to_tell(known),
            "link_target": lambda: _link_targets(referral, known),
            # Whoever disagrees may read what was decided, not the reasons that the record keeps.
            "challenged_decision": lambda: [
                _choice(said.id, f"{vocabulary.get('decision_kinds').label(said.kind)}, {_day(said.at)}")
                for said in known.decisions
            ],
            "decision": lambda: [
                _choice(said.id, vocabulary.get("decision_kinds").label(said.kind), hint=_excerpt(said.text))
                for said in known.decisions
            ],
        }
    )


def _receivers(referral: Referral, known: Facts) -> list[Choice]:
    return [
        _choice(agency.id, agency.name, group=_kind(agency))
        for agency in _others(referral, known)
        if agency.can_be_offered and agency.has_officer and agency.id not in known.agencies_had
    ]


def _leads(known: Facts) -> list[Choice]:
    return [
        _choice(agency.id, agency.name, group=_kind(agency)) for agency in known.agencies.values() if agency.has_manager
    ]


def _asked(referral: Referral, known: Facts) -> list[Choice]:
    return [
        _choice(agency.id, agency.name, group=_asked_group(agency.id, referral, _kind(agency)))
        for agency in sorted(_others(referral, known), key=lambda one: one.id != referral.referrer_agency_id)
        if agency.has_officer
    ]


def _others(referral: Referral, known: Facts) -> list[KnownAgency]:
    return [agency for agency in known.agencies.values() if agency.id != referral.holder_id]


def _kind(agency: KnownAgency) -> str:
    return vocabulary.get("agency_kinds").label(agency.kind)


def _asked_group(agency_id: Any, referral: Referral, kind: str) -> str:
    return "The referrer" if agency_id == referral.referrer_agency_id else kind


def _link_targets(referral: Referral, known: Facts) -> list[Choice]:
    targets = link_targets(referral, known)
    if not targets:
        return []
    names = {agency.id: agency.name for agency in known.agencies.values()}
    own = {referral.child_id, known.canonical_id}
    people = {candidate.id: candidate.name for candidate in known.candidates}
    found = [
        (case.id, f"Case {case.reference}, led by {names.get(case.lead_agency_id, 'another agency')}", case.child_id)
        for case in known.cases
        if case.id in targets
    ]
    found += [
        (one.id, f"Referral {one.reference}, with {names.get(one.holder_id, 'another agency')}", one.child_id)
        for one in known.referrals
        if one.id in targets
    ]
    return [
        _choice(target, label, hint="" if child in own else f"If this is the same child: {people.get(child, '')}")
        for target, label, child in found
    ]


def _choice(value: Any, label: str, *, hint: str = "", group: str = "") -> Choice:
    return {"value": str(value), "label": label, "hint": hint, "group": group}


def _day(at: str) -> str:
    day = local(datetime.fromisoformat(at))
    return f"{day.day} {day:%B}"


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
