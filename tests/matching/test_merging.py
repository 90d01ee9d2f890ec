"""Saying that two records are two children, and joining and taking apart, by two people and with nothing lost."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.audit.commands import record
from backend.audit.models import Event
from backend.children.commands import same_child, separate_child
from backend.children.models import Child
from backend.children.queries import canonical_of, likely_children
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.matching import queries
from backend.matching.commands import drop_merge, propose_merge, say_not_same, undo_not_same, unmerge
from backend.matching.models import Merge, NotSame
from backend.referrals.models import Referral
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from tests.actors import browser_of
from tests.cases.conftest import World


def referral_of(who: Actor, child: Child) -> Referral:
    with acting(who):
        return Referral.objects.get(child=child)


def offered(who: Actor, child: Child, **more: Any) -> list[Any]:
    with acting(who):
        return [one.id for one in queries.likely_children(child.id, **more)]


def version_of(referral_id: UUID) -> int:
    return Referral.objects.get(pk=referral_id).version


def proposed(world: World) -> tuple[Child, Child, Merge]:
    known, new = world.referred(), world.referred()
    referral = referral_of(world.officer, new)
    with acting(world.officer):
        return (
            known,
            new,
            propose_merge(
                world.officer, referral.id, version=referral.version, child=known.id, reason="Same house, same school."
            ),
        )


def confirmed(by: Actor, merge: Merge, reason: str = "Same house, same school.") -> Merge:
    with acting(by):
        waiting = Confirmation.objects.get(target_id=merge.id, state=Confirmation.ASKED)
        done: Merge = confirmations.confirm(by, waiting.id, given={"reason": reason})
        return done


def taken_apart(who: Actor, merge: Merge) -> Merge:
    with acting(who):
        return unmerge(who, merge.root_id, version=version_of(merge.root_id), reason="Two cousins.")


def test_a_child_said_not_to_be_the_same_is_left_out_until_asked_for_or_taken_back(world: World) -> None:
    known, new = world.referred(), world.referred()
    referral = referral_of(world.officer, new)
    assert offered(world.officer, new) == [known.id]
    with acting(world.officer):
        say_not_same(
            world.officer, referral.id, version=referral.version, child=known.id, reason="Two cousins with one name."
        )
    assert offered(world.officer, new) == []
    assert offered(world.officer, known) == [], "a pair is a pair, whichever is asked about"
    assert offered(world.officer, new, with_set_aside=True) == [known.id]
    with acting(world.front_door_manager):
        undo_not_same(
            world.front_door_manager,
            referral.id,
            version=referral.version,
            child=known.id,
            reason="They are one after all.",
        )
        said = NotSame.objects.get()
    assert said.undone_at is not None
    assert offered(world.officer, new) == [known.id]
    with acting(world.officer):
        verbs = Event.objects.filter(root_id=referral.id).order_by("id").values_list("verb", flat=True)
        assert list(verbs)[-2:] == ["child.not_same", "child.not_same.undo"]
        say_not_same(
            world.officer,
            referral.id,
            version=referral.version,
            child=known.id,
            reason="Two cousins; the school has seen both.",
        )


def said_not_same(world: World, new: Child, known: Child) -> None:
    referral = referral_of(world.officer, new)
    with acting(world.officer):
        say_not_same(world.officer, referral.id, version=referral.version, child=known.id, reason="Two cousins.")


def test_not_the_same_holds_for_each_record_when_they_are_taken_apart(world: World) -> None:
    known, alias, new = world.referred(), world.referred(), world.referred()
    with acting(world.officer):
        same_child(world.officer, alias.id, known.id)
    assert offered(world.officer, new) == [known.id]
    said_not_same(world, new, known)
    with acting(world.officer):
        separate_child(world.officer, alias.id, reason="Two children after all.")
    assert offered(world.officer, new) == []
    assert offered(world.officer, alias) == [known.id], "of these two nothing was said"


def test_not_the_same_holds_for_later_referrals_about_either(world: World) -> None:
    known, new, later = world.referred(), world.referred(), world.referred()
    said_not_same(world, new, known)
    assert set(offered(world.officer, later)) == {known.id, new.id}
    with acting(world.officer):
        same_child(world.officer, later.id, new.id)
    assert offered(world.officer, later) == [], "what was said of the child holds for its new record"
    assert offered(world.officer, known) == []


def test_not_the_same_holds_for_a_child_who_is_renamed(world: World) -> None:
    known, new = world.referred(), world.referred()
    said_not_same(world, new, known)
    with acting(world.teacher):
        known.family_name, known.given_name = "Exampel", "Aminah"
        record(world.teacher, "child.record", known, root_id=known.id, child_id=known.id)
    assert offered(world.officer, new) == []
    assert offered(world.officer, new, with_set_aside=True) == [known.id]


def test_it_is_taken_back_for_every_record_at_once(world: World) -> None:
    known, alias, new = world.referred(), world.referred(), world.referred()
    with acting(world.officer):
        same_child(world.officer, alias.id, known.id)
    said_not_same(world, new, known)
    referral = referral_of(world.officer, new)
    with acting(world.officer):
        assert NotSame.objects.filter(undone_at=None).count() == 2
        undo_not_same(world.officer, referral.id, version=referral.version, child=known.id, reason="One house.")
        assert not NotSame.objects.filter(undone_at=None).exists()
    assert offered(world.officer, new) == [known.id]


def test_saying_so_needs_a_fresh_version_an_offered_child_and_the_holders_officer(world: World) -> None:
    known, new, other = world.referred(), world.referred(), world.referred(family_name="Different", given_name="Yusuf")
    referral = referral_of(world.officer, new)
    with acting(world.officer):
        with pytest.raises(Conflict, match="changed"):
            say_not_same(world.officer, referral.id, version=referral.version - 1, child=known.id, reason="Cousins.")
        with pytest.raises(Conflict):
            say_not_same(world.officer, referral.id, version=referral.version, child=other.id, reason="Somebody else.")
        with pytest.raises(NotFound):
            undo_not_same(world.officer, referral.id, version=referral.version, child=known.id, reason="Never said.")
    with acting(world.teacher), pytest.raises(Forbidden):
        say_not_same(world.teacher, referral.id, version=referral.version, child=known.id, reason="I know them.")
    with acting(world.stranger), pytest.raises(NotFound):
        say_not_same(world.stranger, referral.id, version=referral.version, child=known.id, reason="I know them.")


def test_two_people_join_and_two_take_apart_and_nothing_is_lost(world: World) -> None:
    known, new, merge = proposed(world)
    before = _rows(world.officer)
    assert merge.state == Merge.PROPOSED
    with acting(world.officer):
        assert canonical_of(new.id) == new.id, "one person alone changes nothing"
    with pytest.raises(Forbidden):
        confirmed(world.officer, merge)
    assert confirmed(world.front_door_manager, merge).state == Merge.JOINED
    with acting(world.officer):
        assert canonical_of(new.id) == known.id
        assert likely_children(new.id) == []
    assert taken_apart(world.officer, merge).state == Merge.JOINED
    assert confirmed(world.front_door_manager, merge, "Two cousins.").state == Merge.APART
    with acting(world.officer):
        assert canonical_of(new.id) == new.id
        assert [one.id for one in likely_children(new.id)] == [known.id]
        verbs = [event.verb for event in Event.objects.filter(root_id=merge.root_id).order_by("id")]
        assert [verb for verb in verbs if verb in ("child.merge", "child.unmerge")] == ["child.merge", "child.unmerge"]
        assert merge.history.count() >= 4
        assert [row.canonical_id for row in new.history.order_by("history_date")] == [None, known.id, None]
    assert _rows(world.officer) == before, "children, referrals and cases are as they were"
    assert before["children_child"] == 2


def test_what_a_decision_joined_is_taken_apart_by_two_people_too(world: World) -> None:
    known, new = world.referred(), world.referred()
    referral = referral_of(world.officer, new)
    with acting(world.officer):
        same_child(world.officer, new.id, known.id)
    offers = browser_of(world.officer).get(f"referrals/{referral.id}/matching/").json()["options"]
    assert [one["name"] for one in offers] == ["unmerge_child"]
    with acting(world.officer):
        asked = unmerge(world.officer, referral.id, version=version_of(referral.id), reason="Two cousins.")
    assert (asked.state, asked.into_id, asked.proposed_by_name) == (Merge.JOINED, known.id, world.officer.name)
    assert confirmed(world.front_door_manager, asked, "Two cousins.").state == Merge.APART
    with acting(world.officer):
        assert canonical_of(new.id) == new.id
        with pytest.raises(Conflict):
            unmerge(world.officer, referral.id, version=version_of(referral.id), reason="Again.")


def test_two_open_cases_are_not_joined_until_their_leads_agree(world: World) -> None:
    known, new = world.referred(), world.referred()
    with acting(world.officer):
        referral = Referral.objects.get(child=new)
    first, second = world.opened(known), world.opened(new)
    with acting(world.officer), pytest.raises(Conflict) as refused:
        propose_merge(world.officer, referral.id, version=referral.version, child=known.id, reason="One child.")
    assert first.reference in str(refused.value.reasons)
    assert second.reference in str(refused.value.reasons)


def test_a_proposal_is_dropped_and_made_again(world: World) -> None:
    known, new, merge = proposed(world)
    with acting(world.officer):
        with pytest.raises(Conflict):
            propose_merge(
                world.officer, merge.root_id, version=version_of(merge.root_id), child=known.id, reason="Again."
            )
        drop_merge(world.officer, merge.root_id, version=version_of(merge.root_id), reason="Not sure.")
        assert (
            propose_merge(
                world.officer, merge.root_id, version=version_of(merge.root_id), child=known.id, reason="Sure now."
            ).state
            == Merge.PROPOSED
        )
    assert offered(world.officer, new) == [known.id]


def test_who_does_not_hold_the_referral_joins_nothing(world: World) -> None:
    known, new = world.referred(), world.referred()
    referral = referral_of(world.officer, new)
    for somebody, refusal in ((world.teacher, Forbidden), (world.stranger, NotFound), (world.manager, NotFound)):
        with acting(somebody), pytest.raises(refusal):
            propose_merge(somebody, referral.id, version=referral.version, child=known.id, reason="They are one.")


def _rows(who: Actor) -> dict[str, int]:
    """How many rows somebody sees in each table about the children."""
    counts = {}
    with acting(who), connection.cursor() as cursor:
        for table in ("children_child", "referrals_referral", "cases_case", "matching_merge"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE true")
            counts[table] = cursor.fetchone()[0]
    return counts
