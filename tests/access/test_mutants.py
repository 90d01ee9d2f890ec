"""What decides who may, broken on purpose in every place: the tests of the policy notice (access.md, Tested how).

`make test-deep ARGS="tests/access/test_mutants.py -n 0"` says how many there were and names those that lived.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction

from backend.access import actors, grants, marks, policy, queries, relations
from backend.access.grants import Grant
from backend.agencies.roles import Role
from tests.access import test_marks, test_policy, test_refusals, test_seeing, test_who_may_know
from tests.access.mutants import REPORTED, Mutant, mutants_of, survivors
from tests.access.test_who_may_know import people
from tests.world import World

__all__ = ["people"]
pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.deep, pytest.mark.timeout(0)]

# Each module, and the tests that notice what is wrong with it.
NEAREST: Mapping[ModuleType, tuple[ModuleType, ...]] = {
    policy: (test_policy, test_refusals),
    grants: (test_policy,),
    actors: (test_refusals,),
    relations: (test_refusals,),
    marks: (test_marks,),
    queries: (test_who_may_know, test_marks, test_seeing),
}
CAUGHT = 0.98
EVERYBODY = Grant(frozenset(Role), frozenset())
# Those that live, each with the reason why nothing is open or closed by them.
EXPLAINED = {
    "backend.access.queries.relations: actor.is_system = False": "the worker's id is nobody's: no row speaks of it",
    "backend.access.queries.relations: ids = True": "of no record, the database too answers with no relation",
    "backend.access.queries._mine: team_id = True": "who is in no team asks for rows of none, and each row has one",
    "backend.access.queries._mine: Q(pk__in=[]) = True": "no condition, in an OR with others, is none of them",
    "backend.access.queries.marked: through = True": "by no relation at all, no row is reached",
    "backend.access.queries._joined_with_one_sealed: _of_the_same_child(_sealed(user_id=user_id))"
    ".exclude(record_id__in=_named()) = False": "a record with a seal is barred by that one already",
}
# A line of the table that opens nothing by itself, by its permission and place.
REPEATED = {
    ("referral.see_status", 5): "managers of the agency that referred are among everybody there, who see it by line 0",
}
Check = Callable[[], None]
Checks = Callable[[tuple[ModuleType, ...]], list[Check]]
Recorded = Callable[[str, object], None]


def _checks(module: ModuleType, **given: Any) -> Iterator[Check]:
    """The tests of a module that need no more than what is given."""
    for name, test in vars(module).items():
        if name.startswith("test_") and inspect.isfunction(test):
            wanted = set(inspect.signature(test).parameters)
            if wanted <= set(given):
                yield partial(test, **{one: given[one] for one in wanted})


def _is_caught(checks: list[Check]) -> bool:
    return any(_fails(check) for check in checks)


def _fails(check: Check) -> bool:
    """Whether a test fails; neither connection keeps anything of it, also where a statement broke a transaction."""
    try:
        with transaction.atomic(), transaction.atomic(using="owner"):
            check()
            transaction.set_rollback(True)
    except (Exception, pytest.fail.Exception):  # whatever it is, somebody noticed
        return True
    return False


@pytest.fixture
def checks(world: World, people: Any, monkeypatch: pytest.MonkeyPatch) -> Checks:
    """The tests that may notice; what people review is not written by a mutant."""
    monkeypatch.delenv("WRITE_GOLDEN", raising=False)

    def found(killers: tuple[ModuleType, ...]) -> list[Check]:
        every = [check for killer in killers for check in _checks(killer, world=world, people=people)]
        assert not _is_caught(every), "all of them pass on the product as it is"
        return every

    return found


def _judge(what: str, mutants: list[Mutant], checks: list[Check], record_property: Recorded) -> None:
    living = survivors(mutants, lambda: _is_caught(checks))
    caught = f"{what}: {len(mutants) - len(living)} of {len(mutants)} mutants were caught"
    record_property(REPORTED, "\n  lived: ".join([caught, *living]))
    assert set(living) <= set(EXPLAINED), sorted(set(living) - set(EXPLAINED))


@pytest.mark.parametrize("module", NEAREST, ids=lambda module: module.__name__)
def test_of_every_predicate_that_is_turned_to_true_or_false_the_tests_notice(
    checks: Checks, module: ModuleType, record_property: Recorded
) -> None:
    _judge(module.__name__, mutants_of(module), checks(NEAREST[module]), record_property)


def test_those_that_may_live_are_fewer_than_two_in_a_hundred() -> None:
    turned = [one for module in NEAREST for one in mutants_of(module)]
    assert set(EXPLAINED) <= set(map(str, turned)), "what is explained is still there"
    assert len(EXPLAINED) <= (1 - CAUGHT) * (len(turned) + _lines_turned())


def _lines_turned() -> int:
    return 2 * sum(map(len, policy.TABLE.values()))


def test_of_every_line_of_the_table_that_opens_to_everybody_or_to_nobody_the_tests_notice(
    monkeypatch: pytest.MonkeyPatch, record_property: Recorded
) -> None:
    # What is reviewed must not be written by a mutant.
    monkeypatch.delenv("WRITE_GOLDEN", raising=False)
    living = []
    table = dict(policy.TABLE)
    for permission, granted in table.items():
        for place in range(len(granted)):
            for line in ((), (EVERYBODY,)):
                changed = (*granted[:place], *line, *granted[place + 1 :])
                monkeypatch.setattr(policy, "TABLE", {**table, permission: changed})
                is_repeated = not line and (permission.value, place) in REPEATED
                if not is_repeated and not _fails(test_policy.test_the_table_is_the_one_people_reviewed):
                    living.append((permission.value, place, len(line)))
    turned = _lines_turned()
    record_property(REPORTED, f"{turned - len(living)} of {turned} lines of the table that were turned were caught")
    assert living == []
