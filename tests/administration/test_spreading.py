"""What a leaver had is spread over those who stay so that their loads end even; nobody is proposed who may not."""

from uuid import UUID

from backend.administration.rules import Piece, Receiver, spread
from backend.core.ids import uuid7

ANN, BEN, BOSS = uuid7(), uuid7(), uuid7()


def piece(weight: int, *barred: UUID, goes_with: UUID | None = None) -> Piece:
    return Piece(uuid7(), weight, frozenset(barred), goes_with)


def receivers(ann: int = 0, ben: int = 0) -> list[Receiver]:
    return [Receiver(BOSS, 0, False), Receiver(ANN, ann, True), Receiver(BEN, ben, True)]


def loads(pieces: list[Piece], proposed: dict[UUID, UUID]) -> dict[UUID, int]:
    return {who: sum(one.weight for one in pieces if proposed.get(one.id) == who) for who in (ANN, BEN, BOSS)}


def test_forty_cases_end_as_even_as_they_can_whatever_the_loads_before() -> None:
    cases = [piece(weight) for weight in (4, 2, 1, 1, 2) * 8]
    given = loads(cases, spread(cases, receivers(ann=12, ben=2)))
    assert given[ANN] + given[BEN] == sum(one.weight for one in cases)
    assert abs((given[ANN] + 12) - (given[BEN] + 2)) <= 1
    assert given[BOSS] == 0, "cases are for those whose work they are"


def test_nobody_gets_what_they_may_not_have() -> None:
    only_ben, only_boss, nobody = piece(4, ANN), piece(4, ANN, BEN), piece(4, ANN, BEN, BOSS)
    proposed = spread([only_ben, only_boss, nobody], receivers(ben=50))
    assert proposed == {only_ben.id: BEN, only_boss.id: BOSS}


def test_what_is_to_do_for_a_case_goes_with_its_worker_unless_they_may_not() -> None:
    case = piece(2, ANN)
    along, alone = piece(0, goes_with=case.id), piece(0, BEN, goes_with=case.id)
    proposed = spread([along, alone, case], receivers())
    assert proposed[case.id] == proposed[along.id] == BEN
    assert proposed[alone.id] == ANN


def test_what_weighs_nothing_is_spread_by_number() -> None:
    tasks = [piece(0) for _ in range(6)]
    chosen = list(spread(tasks, receivers()).values())
    assert (chosen.count(ANN), chosen.count(BEN)) == (3, 3)


def test_where_nobody_stays_nothing_is_proposed() -> None:
    assert spread([piece(1)], []) == {}
