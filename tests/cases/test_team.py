"""The team around a child: colleagues work on its case, others read the plan and what is shared, while on the team."""

from typing import Any

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.queries import relations_to
from backend.access.relations import Relation
from backend.administration.commands.leaving import end_membership
from backend.agencies.models import Membership
from backend.cases.models import Case, TeamMember
from backend.core.errors import Forbidden, Invalid
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure
from tests import casework, edges, factories
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.working import visited, work

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def stands(who: Actor, case: Case) -> set[Relation]:
    """Where somebody stands to a case now."""
    with acting(who):
        return set(relations_to(who, case.id)) - {Relation.TRIAGING}


def places(case: Case, who: Actor) -> list[tuple[str, str, str]]:
    """Who is or was on the team, as `who` sees it."""
    with acting(who):
        rows = TeamMember.objects.filter(root_id=case.id).select_related("person").order_by("made_at", "id")
        return [(row.person.name, row.state, row.reason_code) for row in rows]


@committed
def test_a_colleague_who_is_named_works_on_the_case_until_their_place_ends(world: World) -> None:
    case = found_out(world)
    assert Relation.WORKER not in stands(world.other_worker, case)
    member = casework.member_of(case, world.worker, world.other_worker, article6="", condition="", power="")
    assert not member.is_partner
    assert Relation.WORKER in stands(world.other_worker, case)
    visited(world, case, by=world.other_worker)
    assert str(case.id) in [one["id"] for one in browser_of(world.other_worker).get("cases/").json()["results"]]
    edges.take("end", member.id, world.manager, noun="team_member")
    assert stands(world.other_worker, case) - {Relation.UNIT, Relation.LEAD} == {Relation.FORMER_WORKER}
    told = Outbox.objects.using("owner").filter(root_id=case.id)
    assert {"team_joined", "team_left"} <= {one.message for one in told}


@committed
def test_somebody_elsewhere_reads_the_plan_and_what_is_shared_and_nothing_else(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    visited(world, case, text="Only for us.")
    visited(world, case, text="For the whole team.", is_shared=True)
    member = casework.member_of(case, world.worker, world.teacher)
    assert stands(world.teacher, case) == {Relation.TEAM}
    browser = browser_of(world.teacher)
    answer = browser.get(f"team-members/{member.id}/")
    body, text = answer.json(), answer.content.decode()
    assert [one["words"] for one in body["goals"]] == [goal.words]
    assert (body["record_url"], body["child"]["name"], body["lead_practitioner"]) == (
        None,
        "Amina Example",
        world.worker.name,
    )
    assert "For the whole team." in text
    assert "Only for us." not in text
    assert [one["name"] for one in body["options"]] == ["write_note"]
    for path in ("", "plan/", "outcomes/", "meetings/", "assessments/", "notes/", "team/", "family-page/", "timeline/"):
        assert browser.get(f"cases/{case.id}/{path}").status_code == 404, path
    answer = browser.post(f"team-members/{member.id}/notes/", {"kind": "phone_call", "text": "He came on time."})
    assert (answer.status_code, answer.json()["is_shared"]) == (201, True), answer.content
    notes = browser_of(world.worker).get(f"cases/{case.id}/notes/").json()["results"]
    assert "He came on time." in [one["text"] for one in notes]
    edges.take("end", member.id, world.worker, noun="team_member")
    assert stands(world.teacher, case) == set()
    assert browser.get(f"team-members/{member.id}/").status_code == 404


def test_row_security_alone_opens_the_plan_and_shared_notes(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    visited(world, case)
    shared = visited(world, case, is_shared=True)
    member = casework.member_of(case, world.worker, world.teacher)
    with acting(world.teacher), connection.cursor() as cursor:
        for table in ("cases_case", "cases_plan", "cases_meeting", "cases_assessment", "outcomes_score"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        for table, pk in (("cases_goal", goal.id), ("cases_note", shared.id), ("cases_teammember", member.id)):
            cursor.execute(f"SELECT id FROM {table}")
            assert cursor.fetchall() == [(pk,)], table
        cursor.execute("SELECT count(*) FROM cases_historicalnote")
        assert cursor.fetchone() == (1,)
    with acting(world.stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_teammember")
        assert cursor.fetchone() == (0,)


def test_a_share_with_another_agency_stands_in_the_ledger_and_needs_a_basis(world: World) -> None:
    case = found_out(world)
    with pytest.raises(Invalid) as refused:
        casework.member_of(case, world.worker, world.teacher, article6="", condition="", power="")
    assert set(refused.value.fields) == {"article6", "condition", "power"}
    casework.member_of(case, world.worker, world.teacher)
    with acting(world.worker):
        assert Disclosure.objects.filter(root_id=case.id, to_agency_id=world.teacher.agency_id).count() == 1


def test_nobody_is_named_twice_nor_whoever_leads_nor_somebody_who_is_not_involved(world: World) -> None:
    case = found_out(world)
    casework.member_of(case, world.worker, world.teacher)
    for who, sentence in (
        (world.teacher, "work with this family already"),
        (world.worker, "work with this family already"),
        (world.stranger, "an agency that is involved"),
    ):
        with pytest.raises(Invalid, match=sentence):
            casework.member_of(case, world.manager, who)


def test_a_member_of_another_agency_names_nobody_and_ends_nothing(world: World) -> None:
    case = found_out(world)
    member = casework.member_of(case, world.worker, world.teacher)
    with pytest.raises(Forbidden):
        edges.take("end", member.id, world.teacher, noun="team_member")
    body = {"person": str(world.other_worker.membership_id), "part": "Visits.", "why": "knows_child"}
    assert browser_of(world.teacher).post(f"cases/{case.id}/team/", body).status_code == 404
    body = {"kind": "phone_call", "text": "In somebody else's place."}
    assert browser_of(world.worker).post(f"team-members/{member.id}/notes/", body).status_code == 403


def test_whoever_becomes_lead_practitioner_is_not_on_the_team_besides(world: World) -> None:
    case = found_out(world)
    casework.member_of(case, world.worker, world.other_worker)
    work(world, "reallocate", case, lead_practitioner_id=str(world.other_worker.user_id))
    assert places(case, world.manager) == [(world.other_worker.name, "ended", "leads_now")]
    assert Relation.WORKER in stands(world.other_worker, case)


def test_the_team_ends_with_the_case(world: World) -> None:
    case = found_out(world)
    casework.member_of(case, world.worker, world.other_worker)
    casework.member_of(case, world.worker, world.teacher)
    work(world, "close", case, goes_on="Nobody needs to.")
    assert {(state, why) for _name, state, why in places(case, world.manager)} == {("ended", "case_ended")}
    assert stands(world.teacher, case) == set()


def test_colleagues_of_the_former_lead_hand_over_with_it_and_others_stay(world: World) -> None:
    case = found_out(world)
    casework.member_of(case, world.worker, world.other_worker)
    casework.member_of(case, world.worker, world.teacher)
    transfer = world.proposed(case)
    edges.take("accept", transfer.id, world.youth_justice_manager, noun="transfer")
    assert Relation.WORKER in stands(world.other_worker, case)
    world.allocate(case.id, world.youth_justice_manager, world.youth_justice_worker)
    assert places(case, world.youth_justice_manager) == [
        (world.other_worker.name, "ended", "lead_changed"),
        (world.teacher.name, "on", ""),
    ]


@committed
@pytest.mark.parametrize("elsewhere", [False, True])
def test_whoever_leaves_leaves_the_team_and_the_lead_practitioner_is_told(world: World, elsewhere: bool) -> None:
    case = found_out(world)
    who: Any = world.teacher if elsewhere else world.other_worker
    casework.member_of(case, world.worker, who)
    boss = factories.manager(Membership.objects.get(pk=who.membership_id).agency.slug) if elsewhere else world.manager
    with acting(boss):
        end_membership(boss, who.membership_id)
    assert places(case, world.manager) == [(who.name, "ended", "left_agency")]
    assert Outbox.objects.using("owner").filter(message="team_member_left", root_id=case.id).count() == 1


@committed
def test_a_consent_that_is_taken_back_ends_the_place_that_rested_on_it(world: World) -> None:
    case = found_out(world)
    consent = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}
    casework.member_of(case, world.worker, world.teacher, **consent)
    with acting(world.worker):
        share = Disclosure.objects.get(root_id=case.id, to_agency_id=world.teacher.agency_id)
    browser = browser_of(world.worker)
    version = browser.get(f"cases/{case.id}/").json()["version"]
    body = {"version": version, "disclosure": str(share.id), "said_by": "Her mother", "reason": "She changed her mind."}
    answer = browser.post(f"cases/{case.id}/withdraw-sharing/", body)
    assert answer.status_code == 200, answer.content
    assert places(case, world.manager) == [(world.teacher.name, "ended", "consent_withdrawn")]
    assert stands(world.teacher, case) == set()
