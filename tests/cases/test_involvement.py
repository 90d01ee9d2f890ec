"""The projection of who is involved equals what the rows themselves say, after every step of a walk."""

from typing import Any
from uuid import UUID

from backend.access.binding import acting
from backend.access.models import Involvement
from backend.access.relations import Relation
from backend.agencies.models import Membership
from backend.cases import queries
from backend.cases.models import Case, Transfer
from backend.core import clock
from tests.cases.conftest import World
from tests.cases.test_edges import take

# relation, agency, team, person
Row = tuple[str, UUID | None, UUID | None, UUID | None]


def rebuilt(case: Case, transfers: list[Transfer]) -> set[Row]:
    """Who is involved now, worked out from the case and its transfers alone."""
    rows: set[Row] = {("LEAD", case.lead_agency_id, None, None)}
    if case.lead_practitioner_id:
        rows.add(("WORKER", case.practitioner_agency_id, None, case.lead_practitioner_id))
    if case.team_id:
        rows.add(("UNIT", None, case.team_id, None))
    if case.opened_as_id:
        opener = Membership.objects.get(pk=case.opened_as_id)
        rows.add(("CREATOR", opener.agency_id, None, opener.user_id))
    rows |= {("OFFERED_LEAD", one.to_agency_id, None, None) for one in transfers if one.state == Transfer.PROPOSED}
    return rows


def stored(case_id: Any) -> set[Row]:
    """Who is involved now as the projection has it; who was before is told apart."""
    # TRIAGING comes from referrals about the same child: tests/referrals/test_past.py.
    rows = Involvement.objects.filter(root_id=case_id, ends_at=None).exclude(relation=Relation.TRIAGING)
    assert all(row.child_id is not None for row in rows)
    return {(row.relation, row.agency_id, row.team_id, row.user_id) for row in rows}


def former(case_id: Any) -> set[tuple[str, UUID | None]]:
    relations = [Relation.FORMER, Relation.FORMER_WORKER]
    rows = Involvement.objects.filter(root_id=case_id, relation__in=relations, ends_at__gt=clock.now())
    return {(row.former_kind, row.user_id or row.agency_id) for row in rows}


def agree(case_id: Any, *lookers: Any) -> None:
    """Compare through whoever sees the case now."""
    for who in lookers:
        with acting(who):
            case = Case.objects.filter(pk=case_id).first()
            if case is not None:
                assert stored(case_id) == rebuilt(case, list(Transfer.objects.filter(case_id=case_id)))
                return
    raise AssertionError("nobody sees the case")


def test_the_projection_follows_a_case_through_its_life(world: World) -> None:
    managers = (world.manager, world.youth_justice_manager)
    in_hand = world.opened(led_by="city-early-help")
    agree(in_hand.id, *managers)
    case = world.allocate(in_hand.id, world.manager, world.worker)
    agree(case.id, *managers)
    take(world, "decline", world.proposed(case))
    agree(case.id, *managers)
    transfer = world.proposed(case, to="youth-justice")
    agree(case.id, *managers)
    take(world, "accept", transfer)
    agree(case.id, world.youth_justice_manager)
    world.allocate(case.id, world.youth_justice_manager, world.youth_justice_worker)
    agree(case.id, world.youth_justice_manager)
    assert former(case.id) == {
        ("OFFERED_LEAD", world.youth_justice_manager.agency_id),
        ("LEAD", world.manager.agency_id),
        ("WORKER", world.worker.user_id),
    }


def test_python_and_the_database_agree_on_who_sees_which_case_and_transfer(world: World) -> None:
    world.opened()
    world.allocated()
    take(world, "decline", world.proposed())
    world.proposed()
    take(world, "accept", world.proposed())
    # Row-level security is the belt: never narrower than the queries, and wider only where a comment says so.
    for somebody in vars(world).values():
        with acting(somebody):
            cases = set(queries.visible_to(somebody).values_list("id", flat=True))
            transfers = set(queries.transfers_visible_to(somebody).values_list("id", flat=True))
            belt = set(Case.objects.exclude(opened_as_id=somebody.membership_id).values_list("id", flat=True))
            # The answer of who is asked to lead changes the case's row: it is open to them, and no part of the case.
            asked = Transfer.objects.filter(to_agency_id=somebody.agency_id, state="proposed")
            assert cases - belt == set(), somebody
            assert belt - cases <= set(asked.values_list("case_id", flat=True)), somebody
            assert transfers <= set(Transfer.objects.values_list("id", flat=True)), somebody
