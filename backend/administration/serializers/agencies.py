"""Agencies, what one that ends still has, and what can be done about it: shapes in and out."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.commands.ending import still_has, to_settle, version_of
from backend.administration.models import Ending
from backend.administration.queries import agencies as queries
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.core import vocabulary
from backend.workflow import fields
from backend.workflow.descriptors import describe, fill
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import OptionShape

MOST_PEOPLE = 50
_FOLLOWS = "Whoever takes it is responsible at once: only agencies that receive by duty can be chosen."


class HandOverInput(EdgeInput):
    """Who takes which kind of work; what is left open stays where it is for now."""

    referrals_to = fields.chosen_id("agency", "Who takes its referrals?", hint=_FOLLOWS, required=False)
    cases_to = fields.chosen_id("agency", "Who takes its cases?", hint=_FOLLOWS, required=False)
    tasks_to = fields.chosen_id("agency", "Who takes its tasks and actions?", required=False)
    disagreements_to = fields.chosen_id("agency", "Who answers the disagreements?", required=False)
    drafts_to = fields.chosen_id("agency", "Who goes on with referrals that are not sent yet?", required=False)
    gives_to = fields.chosen_id(
        "record",
        "Who goes on with the services it gives within cases?",
        hint="Leave it open to give them back to whoever leads each case. The family is asked either way.",
        required=False,
    )
    services_to = fields.chosen_id("agency", "Who keeps its entries in the directory?", required=False)
    sends_back = serializers.BooleanField(
        default=False,
        label="Send back what others wait for?",
        help_text="Offers and services go back, questions stay unanswered, and whoever asked is told",
        style={"kind": "yes_no"},
        error_messages={"invalid": "Choose yes or no."},
    )
    note = fields.long_text("What must whoever takes the cases know on the first day?", required=False)


class EndAgencyInput(EdgeInput):
    """That an agency without open work ends."""


class EndAtOnceInput(EdgeInput):
    """That an agency has to end now, why, and who takes everything it has."""

    reason = fields.long_text(
        "Why can it not hand over in good order?", hint="Write about the agency, not about a child"
    )
    successor = fields.chosen_id("agency", "Who takes everything it has?", hint=_FOLLOWS)


class AnswerEndInput(EdgeInput):
    """The second person's answer, or that who asked takes the question back."""


AGENCY_INPUTS: Mapping[str, type[EdgeInput]] = {
    "hand_over": HandOverInput,
    "end": EndAgencyInput,
    "end_at_once": EndAtOnceInput,
    "confirm_end": AnswerEndInput,
    "refuse_end": AnswerEndInput,
    "withdraw_end": AnswerEndInput,
}
LABELS: Mapping[str, tuple[str, str]] = {
    "hand_over": ("Hand over its work", "Choose who takes what. Nothing is left in nobody’s hands on the way."),
    "end": ("End this agency", "Everybody’s role in it ends, and nothing can be sent to it any more."),
    "end_at_once": (
        "End it at once",
        "For when there is no time to hand over: everything passes to one agency in the same moment.",
    ),
    "confirm_end": ("Agree that it ends at once", "Everything it has passes to its successor now, and it ends."),
    "refuse_end": ("Do not agree", "The agency goes on, and whoever asked is told."),
    "withdraw_end": ("Take the question back", "The agency goes on."),
}
_OBSTACLES = {"end": still_has, "end_at_once": to_settle, "confirm_end": to_settle}
_SECOND = "A second person has to agree. Nothing changes until then."


class AgencyRowShape(serializers.Serializer[Any]):
    """One agency of the partnership."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    hours = serializers.CharField(allow_blank=True)
    receives_by_duty = serializers.BooleanField()
    is_own = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)


class AgencyPersonShape(serializers.Serializer[Any]):
    """Somebody who works there."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    team = serializers.CharField(allow_blank=True)


class AgencyWorkShape(serializers.Serializer[Any]):
    """How much of one kind of work an agency has; `may_open` says whether the list behind it may be read."""

    kind = serializers.CharField()
    label = serializers.CharField()
    hint = serializers.CharField()
    count = serializers.IntegerField()
    may_open = serializers.BooleanField()


class AgencyStepShape(serializers.Serializer[Any]):
    """One thing that was done towards an agency's ending."""

    id = serializers.UUIDField()
    label = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField(allow_blank=True)
    lines = serializers.ListField(child=serializers.CharField())


class AgencyDetailShape(AgencyRowShape):
    """The same with its contact out of hours, its people, what it has and what can be done."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    what_it_does = serializers.CharField(allow_blank=True)
    out_of_hours_name = serializers.CharField(allow_blank=True)
    out_of_hours_phone = serializers.CharField(allow_blank=True)
    people = AgencyPersonShape(many=True)
    work = AgencyWorkShape(many=True)
    endings = AgencyStepShape(many=True)
    options = OptionShape(many=True)


def agency_data(actor: Actor, agency: Agency) -> dict[str, Any]:
    """Return one agency of a list."""
    return {
        "id": agency.id,
        "name": agency.name,
        "kind": vocabulary.get("agency_kinds").label(agency.kind),
        "phone": agency.phone,
        "hours": agency.hours_text,
        "receives_by_duty": agency.receives_by_duty,
        "is_own": agency.id == actor.agency_id,
        "ended_at": agency.ended_at,
    }


def agency_detail(actor: Actor, agency: Agency) -> dict[str, Any]:
    """Return one agency; its people and what it has only to those who may end it, and without a word about a child."""
    ends = agency.ended_at is None and queries.ended_by(actor).filter(pk=agency.pk).exists()
    work = queries.work_of(agency.id)
    people = queries.people_of(agency.id)[:MOST_PEOPLE] if ends or agency.id == actor.agency_id else []
    opens = agency.id == actor.agency_id and policy.holds(actor, Permission.AGENCY_SEE_WORK)
    return {
        **agency_data(actor, agency),
        "reference": agency.name,
        "version": version_of(work),
        "what_it_does": agency.what_it_does,
        "out_of_hours_name": agency.out_of_hours_name,
        "out_of_hours_phone": agency.out_of_hours_phone,
        "people": [_person(row) for row in people],
        "work": [_work(queries.KINDS[code], number, may_open=opens) for code, number in work.items()],
        "endings": _endings(agency) if ends or agency.ended_at or queries.answers_question(agency.id) else [],
        "options": _options(actor, agency, work, ends=ends),
    }


def _person(row: Membership) -> dict[str, Any]:
    team = row.team.name if row.team else ""
    return {"id": row.id, "name": row.user.name, "role": Role(row.role).label, "team": team}


def _work(kind: queries.Kind, number: int, *, may_open: bool) -> dict[str, Any]:
    return {"kind": kind.code, "label": kind.label, "hint": kind.hint, "count": number, "may_open": may_open}


def _endings(agency: Agency) -> list[dict[str, Any]]:
    found: Sequence[Ending] = queries.endings_of(agency.id)[:20]
    ids = {went for one in found for went in one.receivers.values()}
    names = {str(pk): name for pk, name in Agency.objects.filter(pk__in=ids).values_list("id", "name")}
    return [
        {
            "id": one.id,
            "label": Ending.LABELS[one.state],
            "by": " and ".join(name for name in (one.by_name, one.answered_by_name) if name),
            "at": one.answered_at or one.at,
            "reason": one.reason,
            "lines": _lines(one, names),
        }
        for one in found
    ]


def _lines(one: Ending, names: Mapping[str, str]) -> list[str]:
    lines = [f"Everything it had goes to {one.successor.name}."] if one.successor else []
    for kind, number in one.moved.items():
        to = names.get(one.receivers.get(kind, ""), "")
        lines.append(f"{queries.KINDS[kind].label}: {number}{f', to {to}' if to else ''}")
    return lines


def _options(actor: Actor, agency: Agency, work: Mapping[str, int], *, ends: bool) -> list[dict[str, Any]]:
    asked = queries.open_question(agency.id) if agency.ended_at is None else None
    names = []
    if asked is not None and queries.answers_question(agency.id):
        names = ["confirm_end", "refuse_end"]
    elif asked is not None and asked.by_id == actor.user_id and ends:
        names = ["withdraw_end"]
    if ends:
        names += [*(["hand_over"] if _answers(work) else []), "end", *(["end_at_once"] if asked is None else [])]
    choices = {"agency": [_choice(taker) for taker in queries.takers(agency)]} if names else {}
    if "hand_over" in names and "gives" in work:
        choices["record"] = [_choice(giver) for giver in queries.givers(agency)]
    return [_option(agency, name, work, choices) for name in names]


def _answers(work: Mapping[str, int]) -> set[str]:
    kinds = [queries.KINDS[code] for code in work]
    return {kind.answer for kind in kinds if kind.answer} | {queries.SENT_BACK for kind in kinds if kind.goes_back}


def _option(
    agency: Agency, name: str, work: Mapping[str, int], choices: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    label, hint = LABELS[name]
    base = f"/api/v1/agencies/{agency.id}/{name.replace('_', '-')}/"
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "kind": "edge",
        "obstacles": _OBSTACLES[name](work) if name in _OBSTACLES else [],
        "url": base,
        "preview_url": f"{base}preview/" if name == "hand_over" else "",
        "draft_url": "",
        "input": fill(_form(name, work), choices),
        "tells": [],
        "needs_second_person": _SECOND if name == "end_at_once" else "",
        "primary": False,
    }


def _form(name: str, work: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the form of an option, and of a hand-over only what the agency has something of."""
    form = describe(AGENCY_INPUTS[name])
    if name != "hand_over":
        return form
    asked = _answers(work) | ({"note"} if "leads" in work else set())
    return [field for field in form if field["name"] in asked]


def _choice(taker: Agency) -> dict[str, Any]:
    return {"value": str(taker.id), "label": taker.name, "hint": "", "group": ""}


def preview_data(agency: Agency, work: Mapping[str, int], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what each agency would have from then on, by kind and number, without anything of it."""
    by_taker: dict[str, list[dict[str, Any]]] = {}
    takers = {taker.id: taker for taker in queries.takers(agency)}
    if given.get(queries.GIVES):
        takers = {**takers, **{one.id: one for one in queries.givers(agency)}}
    for code, number in work.items():
        kind = queries.KINDS[code]
        chosen = given.get(kind.answer)
        taker = takers.get(chosen) if chosen else None
        if taker is not None:
            by_taker.setdefault(taker.name, []).append(_pair(kind, number))
        elif kind.goes_back and given.get(queries.SENT_BACK):
            back = "Whoever leads the case" if kind.or_back else "Whoever offered or asked"
            by_taker.setdefault(back, []).append(_pair(kind, number))
    return {
        "agencies": [
            {
                "agency": name,
                "who": "those who decide there",
                "sections": [{"title": "Has from then on", "answers": rows}],
            }
            for name, rows in by_taker.items()
        ]
    }


def _pair(kind: queries.Kind, number: int) -> dict[str, str]:
    return {"label": kind.label, "value": str(number)}
