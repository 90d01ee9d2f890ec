"""A small world with every relation, role and state in it: built once by the real edges, cloned for each worker."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict, Named
from backend.access.relations import Relation
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.interventions.models import Intervention
from backend.referrals.models import Referral
from tests import casework, databases, factories
from tests.actors import actor, membership_of
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import agency_id, every_role_in, question_of, referral_in
from tests.interventions import made as providing
from tests.panels import made as panels

HERE = Path(__file__).resolve().parent
# What the world is made from, beside the product.
_MADE_FROM = (
    "world.py",
    "factories.py",
    "casework.py",
    "actors.py",
    "referrals/answers.py",
    "directory/entries.py",
    "interventions/made.py",
    "panels/made.py",
)
REFERRER, FRONT_DOOR, YOUTH_JUSTICE, EARLY_HELP, NURSING, NOBODYS = (
    factories.REFERRER,
    "front-door",
    "youth-justice",
    "city-early-help",
    "school-nursing",
    "kite-street",
)
SECOND_STAGE = "childrens-social-care"
UNIT_TEAM, OTHER_TEAM = "Central and East", "South"
OVERLAYS = ("", "conflict", "sealed")
# No test makes a child of this name: an agency cannot send two open referrals about one.
# Of everything said one thing bears a label, and more than one of them are told apart.
FAMILY = {
    "child_family_name": "Bramble",
    "not_for_family": None,
    "worried_about": [
        {"text": "She walks home alone.", "basis": "seen", "currency": "current"},
        {"text": "A neighbour shouts at her.", "basis": "seen", "currency": "current", "mark": "third_party"},
        {"text": "She stays with her aunt.", "basis": "seen", "currency": "current", "mark": "location"},
    ],
}


@dataclass(frozen=True)
class World:
    """Where everything is: ids by name, and for each role and relation the membership that stands there."""

    records: Mapping[str, UUID]
    cast: Mapping[str, UUID]

    def who(self, relation: Relation, role: Role) -> Actor:
        """The actor of `role` who stands in `relation` to the moving referral and the case."""
        row = Membership.objects.select_related("user", "agency", "team").get(pk=self.cast[f"{relation}:{role}"])
        return factories.actor_of(row)

    def states(self) -> dict[str, UUID]:
        """One referral in each state."""
        return {name.removeprefix("state:"): pk for name, pk in self.records.items() if name.startswith("state:")}


# Who stands where to the referral that moves, and to the case.
_PLACES: Mapping[Relation, str] = {
    Relation.REFERRER: REFERRER,
    Relation.HOLDER: YOUTH_JUSTICE,
    Relation.FORMER: FRONT_DOOR,
    Relation.OFFERED: EARLY_HELP,
    Relation.ASKED: NURSING,
    Relation.NONE: NOBODYS,
}
MOVING = (Relation.CREATOR, *_PLACES)
CASED = (Relation.WORKER, Relation.UNIT, Relation.LEAD)
# Somebody of the agency that referred, on the team around the child.
TEAMED = (Relation.TEAM,)
# Who provides a service within the case, and sees nothing else of it.
PROVIDING = (Relation.PROVIDER,)
# Who hears the case at a panel: the agency that was invited to it, and the one that chairs.
HEARING = (Relation.INVITED, Relation.CHAIRING)
INVITED, CHAIR = "st-aldates-hospital", "community-safety"
# FORMER of the moving referral is the front door, which decided the challenged one and holds it.
CHALLENGED = (Relation.DISAGREEING, Relation.ANSWERING, Relation.FORMER)


@pytest.fixture(scope="session")
def world_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A clone of the world for this worker; tests in it roll back, so one is enough."""
    name = databases.own_name("world")
    with django_db_blocker.unblock():
        databases.drop(name)
        # What is open to a panel is open for weeks: a world of last week would have less in it.
        kind = f"world_{_fingerprint()}_{local(clock.now()):%G%V}"
        databases.clone(name, template=databases.template(kind, base=databases.plain_template(), fill=_fill))
    yield name
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="module")
def world(world_database: str, django_db_blocker: Any) -> Iterator[World]:
    """Inside a module that asks for it, both connections are the world; leave them as they were found."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        _connect_to(dict.fromkeys(before, world_database))
        found = _found()
    yield found
    with django_db_blocker.unblock():
        _connect_to(before)


def _connect_to(names: Mapping[str, Any]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _fingerprint() -> str:
    return hashlib.sha256(b"".join((HERE / name).read_bytes() for name in _MADE_FROM)).hexdigest()[:8]


def _fill(*_name: str) -> None:
    cast = _cast()
    records: dict[str, UUID] = {}
    creator, worker = cast[Relation.CREATOR, Role.PRACTITIONER], cast[Relation.WORKER, Role.CASE_WORKER]
    for state in Referral.LABELS:
        records[f"state:{state}"] = referral_in(state, by=creator, **FAMILY).id
    for overlay in OVERLAYS:
        made = {
            **_moving(creator),
            **_cased(creator, worker, (cast[Relation.TEAM, Role.PRACTITIONER], cast[Relation.TEAM, Role.MANAGER])),
            **_challenged(creator),
            **_joined(creator),
        }
        made |= _heard(made["case"], worker, cast)
        records |= {f"{name}{'/' if overlay else ''}{overlay}": pk for name, pk in made.items()}
        for child in {made["moving child"], made["cased child"], made["challenged child"], made["joined child"]}:
            _lay(overlay, child, [who.user_id for who in cast.values() if who.user_id])
    told = {
        "records": {name: str(pk) for name, pk in records.items()},
        "cast": {f"{relation}:{role}": str(who.membership_id) for (relation, role), who in cast.items()},
    }
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA app IS '{json.dumps(told)}'")


def _found() -> World:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT obj_description('app'::regnamespace, 'pg_namespace')")
        told = json.loads(cursor.fetchone()[0])
    connections["owner"].close()
    return World(**{part: {name: UUID(pk) for name, pk in told[part].items()} for part in ("records", "cast")})


def _cast() -> dict[tuple[Relation, Role], Actor]:
    cast: dict[tuple[Relation, Role], Actor] = {}
    teacher = membership_of(actor(REFERRER, Role.PRACTITIONER)).user
    worker = membership_of(actor(EARLY_HELP, Role.CASE_WORKER, team=UNIT_TEAM)).user
    groups = {
        # One person in every role: what somebody may do in one role is not theirs in another.
        Relation.CREATOR: every_role_in(REFERRER, user=teacher),
        Relation.WORKER: every_role_in(EARLY_HELP, user=worker),
        Relation.UNIT: every_role_in(EARLY_HELP, team=UNIT_TEAM),
        Relation.LEAD: every_role_in(EARLY_HELP, team=OTHER_TEAM),
        Relation.TEAM: every_role_in(REFERRER, user=factories.PersonFactory()),
        Relation.PROVIDER: every_role_in(providing.PROVIDER),
        Relation.INVITED: every_role_in(INVITED),
        Relation.CHAIRING: every_role_in(CHAIR),
        Relation.DISAGREEING: every_role_in(REFERRER),
        Relation.ANSWERING: every_role_in(SECOND_STAGE),
        **{relation: every_role_in(place) for relation, place in _PLACES.items()},
    }
    for relation, actors in groups.items():
        cast |= {(relation, role): who for role, who in actors.items()}
    return cast


def _officer(slug: str) -> Actor:
    return actor(slug, Role.TRIAGE_OFFICER)


def _moving(creator: Actor) -> dict[str, UUID]:
    """A referral with everybody about it: passed on once, a question open, offered again."""
    referral = referral_in(Referral.TRIAGE, by=creator, **FAMILY)
    take("redirect", referral.id, _officer(FRONT_DOOR), to_agency=agency_id(YOUTH_JUSTICE))
    holder = _officer(YOUTH_JUSTICE)
    take("take", referral.id, holder)
    take("request_information", referral.id, holder, **factories.questions(NURSING))
    take("resume_triage", referral.id, holder)
    manager = actor(YOUTH_JUSTICE, Role.MANAGER)
    referral = take("redirect", referral.id, manager, to_agency=agency_id(EARLY_HELP))
    question = question_of(referral, manager)
    # A manager has asked another one to agree; the record stays as it is until then.
    take("mark_entered_in_error", referral.id, manager)
    waiting = factories.open_confirmation(referral.id, manager)
    made = {"moving": referral.id, "moving child": referral.child_id, "question": question.id}
    return {**made, "confirmation": waiting.id}


def _joined(creator: Actor) -> dict[str, UUID]:
    """A referral that youth justice has taken, with another agency's linked to it."""
    referral = referral_in(Referral.TRIAGE, by=creator, **FAMILY)
    linked = factories.linked_to(referral, **FAMILY)
    take("redirect", referral.id, _officer(FRONT_DOOR), to_agency=agency_id(YOUTH_JUSTICE))
    take("take", referral.id, _officer(YOUTH_JUSTICE))
    return {"joined": referral.id, "joined child": referral.child_id, "linked": linked.id}


def _challenged(creator: Actor) -> dict[str, UUID]:
    """A referral the front door declined: whoever sent it disagrees, and has taken that to the second stage."""
    referral = referral_in(Referral.DECLINED, by=creator, **FAMILY)
    disagreement = factories.disagreed(referral, creator)
    take("escalate", disagreement.id, creator, noun="disagreement")
    return {"challenged": referral.id, "challenged child": referral.child_id, "disagreement": disagreement.id}


def _cased(creator: Actor, worker: Actor, partner: tuple[Actor, Actor]) -> dict[str, UUID]:
    """A referral that became a case: led elsewhere after a transfer, allocated, and offered once more."""
    referral = referral_in(Referral.TRIAGE, by=creator, **FAMILY)
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    referral = take("accept", referral.id, _officer(FRONT_DOOR), lead_agency=agency_id(EARLY_HELP), **handover)
    case = case_of(referral)
    manager = actor(EARLY_HELP, Role.MANAGER)
    first = casework.open_transfer_of(case, manager)
    take("accept", first.id, manager, noun="transfer")
    allocated(case, to=worker, by=manager)
    take("record_told", referral.id, worker, method="phone", told_at=clock.now().isoformat())
    take("propose_transfer", case.id, manager, noun="case", to_agency_id=agency_id(YOUTH_JUSTICE))
    second = casework.open_transfer_of(case, manager)
    task = casework.task_about(case, worker, by=manager)
    assessment = casework.assessment_of(case, worker)
    made = {"cased": referral.id, "cased child": referral.child_id, "case": case.id, "task": task.id}
    goal = casework.goal_of(case, worker)
    made |= {"assessment": assessment.id, "goal": goal.id, "score": casework.score_of(goal, worker).id}
    member = casework.member_of(case, worker, partner[0])
    made |= {"member": member.id, "lead request": casework.lead_asked_for(member, partner[1]).id}
    made["relationship"] = casework.relationship_of(case, worker).id
    made["concern"] = casework.concern_of(case, worker).id
    made["meeting"] = casework.meeting_of(case, worker).id
    made["note"] = casework.note_of(case, worker).id
    casework.typed_note(case, worker)
    made["document"] = casework.document_of(case, worker).id
    casework.document_of(case, worker, mark="third_party")
    made["action"] = casework.action_of(case, worker, creator, goal=str(goal.id)).id
    return {**made, **_given(case, worker), "transfer": second.id, "transfer before": first.id}


def _given(case: Case, worker: Actor) -> dict[str, UUID]:
    """A service of the case under way, with a session that is over, one ahead, and one of a group."""
    target = providing.intervention_in(Intervention.STARTED, case, worker)
    over = providing.held(target, providing.mentor())
    ahead = providing.ahead(target, providing.mentor())
    group, _sessions = providing.grouped([target], providing.mentor())
    return {"intervention": target.id, "session": ahead.id, "session over": over.id, "group": group}


def _heard(case_id: UUID, worker: Actor, cast: Mapping[tuple[Relation, Role], Actor]) -> dict[str, UUID]:
    """The case at a panel that is being held: an agency was invited and gave what it knows; one thing is decided."""
    chair = cast[Relation.CHAIRING, Role.MANAGER]
    with acting(worker):
        case = Case.objects.get(pk=case_id)
    panel, item = panels.heard(case, worker, chair, cast[Relation.INVITED, Role.MANAGER], agency=agency_id(INVITED))
    return {"panel": panel.id, "panel item": item.id}


def _lay(overlay: str, child_id: UUID, people: list[UUID]) -> None:
    """Nobody of the cast may see the child: each has a conflict of interest, or somebody else is named on its seal."""
    if overlay == "conflict":
        Conflict.objects.using("owner").bulk_create(
            Conflict(id=uuid7(), user_id=person, child_id=child_id) for person in sorted(set(people))
        )
    if overlay == "sealed":
        somebody = factories.PersonFactory()
        Named.objects.using("owner").create(user_id=somebody.pk, child_id=child_id)
