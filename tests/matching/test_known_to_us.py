"""While a referral is written: one's own children are offered; of any other nothing is told, not even by silence."""

from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict, Named
from backend.drafts import commands as drafts
from backend.matching.models import Recognised
from backend.referrals.commands.drafting import create_draft
from backend.referrals.form.sections import FORM
from backend.referrals.models import Referral
from tests.actors import Browser, browser_of, membership_of
from tests.cases.conftest import World

TYPED = {
    "child_given_name": "Aminah",
    "child_family_name": "Exampel",
    "birth": "date_of_birth",
    "child_date_of_birth": "2012-05-04",
}
HOME = {"address": "12 Alder Road", "postcode": "B99 1AA", "school": "Brook School", "sex": "F"}


def browser(who: Actor) -> Browser:
    return browser_of(membership_of(who))


def draft_of(who: Actor, **typed: Any) -> Referral:
    """A draft with these answers saved."""
    with acting(who):
        referral = create_draft(who)
        changes = {name: (value, 0) for name, value in {**TYPED, **typed}.items()}
        drafts.save(who, referral.id, changes, form=FORM)
        return referral


def known(who: Actor, referral: Referral) -> Any:
    return browser(who).get(f"referrals/{referral.id}/known-children/")


def test_a_child_of_ones_own_referral_is_offered_with_what_the_form_could_take_over(world: World) -> None:
    child = world.referred(**HOME)
    draft = draft_of(world.teacher)
    answer = known(world.teacher, draft)
    (found,) = answer.json()["results"]
    assert (found["id"], found["name"], found["said"]) == (str(child.id), "Amina Example", "")
    assert "Same date of birth" in found["why"]
    with acting(world.teacher):
        earlier = Referral.objects.get(child=child)
    assert (found["earlier"]["reference"], found["earlier"]["url"]) == (earlier.reference, f"/referrals/{earlier.id}")
    answers = {one["name"]: one["value"] for one in found["answers"]}
    assert answers["child_school"] == "Brook School"
    assert (answers["birth"], answers["child_date_of_birth"]) == ("date_of_birth", "2012-05-04")
    assert not {"score", "weight", "probability"} & set(found)


def test_of_a_child_one_may_not_see_neither_bytes_nor_statements_tell(world: World) -> None:
    """The same question before and after others have the child: colleagues, another agency, a case, a sealed record."""
    for asking in (world.worker, world.youth_justice_worker):
        empty = draft_of(asking, child_family_name="Nobodyknowsthis", child_given_name="Zebedee")
        world.referred(**HOME)
        about = draft_of(asking, child_school="x")
        answers, counts = [], []
        for referral in (empty, about):
            with CaptureQueriesContext(connection) as captured:
                answers.append(known(asking, referral))
            counts.append(len(captured.captured_queries))
        assert answers[0].json()["results"] == answers[1].json()["results"] == []
        assert answers[0].content == answers[1].content
        assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_own_child_one_is_barred_from_is_as_if_it_were_not_there(world: World) -> None:
    child = world.referred(**HOME)
    draft = draft_of(world.teacher)
    assert len(known(world.teacher, draft).json()["results"]) == 1
    Named.objects.using("owner").create(user_id=world.stranger.user_id, child_id=child.id)
    nothing = known(world.teacher, draft)
    assert nothing.json()["results"] == []
    body = {"version": draft.version, "child": str(child.id), "is_same": True}
    assert browser(world.teacher).post(f"referrals/{draft.id}/known-children/", body).status_code == 404
    Named.objects.using("owner").filter(child_id=child.id).delete()
    Conflict.objects.using("owner").create(user_id=world.teacher.user_id, child_id=child.id)
    assert known(world.teacher, draft).content == nothing.content


def test_only_the_person_who_writes_the_draft_may_ask(world: World) -> None:
    world.referred(**HOME)
    draft = draft_of(world.teacher)
    for somebody in (world.stranger, world.officer, world.worker):
        assert known(somebody, draft).status_code == 404


def test_the_own_agencys_open_referral_is_named_before_it_is_sent_again(world: World) -> None:
    child = world.referred()
    with acting(world.teacher):
        first = Referral.objects.get(child=child)
    draft = draft_of(world.teacher, child_given_name="Amina", child_family_name="Example")
    assert known(world.teacher, draft).json()["sent_before"] == {
        "reference": first.reference,
        "url": f"/referrals/{first.id}",
    }
    stranger = world.worker
    answer = known(stranger, draft_of(stranger, child_given_name="Amina", child_family_name="Example"))
    assert answer.json()["sent_before"] is None


def test_what_the_referrer_says_is_kept_and_read_by_the_officer(world: World) -> None:
    child = world.referred(**HOME)
    draft = draft_of(world.teacher)
    teacher = browser(world.teacher)
    path = f"referrals/{draft.id}/known-children/"
    no = {"version": draft.version, "child": str(child.id), "is_same": False}
    answer = teacher.post(path, no)
    assert answer.status_code == 200, answer.content
    assert [one["said"] for one in answer.json()["results"]] == ["different"]
    assert teacher.post(path, {**no, "is_same": True}).json()["results"][0]["said"] == "same"
    assert teacher.post(path, {**no, "version": draft.version + 1}).json()["code"] == "stale"
    with acting(world.teacher):
        assert Recognised.objects.get().is_same is True
        assert Recognised.objects.get().history.count() == 2


def test_the_officer_reads_what_the_referrer_said(world: World) -> None:
    child, new = world.referred(**HOME), world.referred(given_name="Leyla", **HOME)
    with acting(world.officer):
        referral = Referral.objects.get(child=new)
    officer = browser(world.officer)
    assert officer.get(f"referrals/{referral.id}/likely-children/").json()["results"] == [], "a sister, by the weights"
    with acting(world.teacher):
        Recognised.objects.bulk_create(
            [
                Recognised(
                    root_id=referral.id,
                    child_id=child.id,
                    is_same=True,
                    said_by_id=world.teacher.user_id,
                    said_by_name=world.teacher.name,
                )
            ]
        )
    (found,) = officer.get(f"referrals/{referral.id}/likely-children/").json()["results"]
    assert found["why"][0] == "The referrer says it is this child"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_look_is_written_down_with_the_ids_it_returned_and_no_word_that_was_typed(world: World) -> None:
    child = world.referred(**HOME)
    draft = draft_of(world.teacher)
    known(world.teacher, draft)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT child_ids, root_ids FROM audit_accesslog WHERE label = 'referral.known_children'")
        assert cursor.fetchall() == [([child.id], [draft.id])]


def test_unfinished_and_strange_answers_never_fail(world: World) -> None:
    world.referred(**HOME)
    strange: list[dict[str, Any]] = [
        {"child_given_name": ["a", {"b": 1}], "child_family_name": 7},
        {"child_date_of_birth": "2012-5"},
        {"child_date_of_birth": {"year": 2012}},
        {"child_given_name": "not_known", "child_family_name": "x" * 9_000},
        {"child_postcode": "????", "child_nhs_number": "12", "child_address": None},
        {"birth": "expected_date", "child_expected_date": "0001-01-01"},
    ]
    for typed in strange:
        answer = known(world.teacher, draft_of(world.teacher, **typed))
        assert answer.status_code == 200, typed


def test_a_child_is_offered_by_the_telephone_alone_when_name_and_home_changed(world: World) -> None:
    child = world.referred(**HOME, phones=["+447700900123"], household=["fadumoexample"])
    people = [{"name": "Fadumo Example", "phone": "not_known"}, "whatever was sent", {"name": 5}]
    draft = draft_of(
        world.teacher, child_family_name="Clarke", phones=[{"number": "07700 900 123"}], people=people, child_sex="F"
    )
    (found,) = known(world.teacher, draft).json()["results"]
    assert found["id"] == str(child.id)
    assert "Same telephone number" in found["why"]
    nobody = draft_of(world.worker, child_family_name="Clarke", phones="not_known", people=7)
    assert known(world.worker, nobody).json()["results"] == []
