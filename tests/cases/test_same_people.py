"""Somebody around two brothers is one person: said, warned of, taken back, and told to nobody who reads only one case.

Source: docs/adr/0039. The family is known by referrals made together, in the app above.
"""

from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.audit.models import AccessLog
from backend.cases.models import Case, Relationship, SamePerson
from backend.cases.queries.same_people import warned_by
from backend.interventions.models import Intervention
from backend.notifications.models import Message
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.casework import UNCLE, allocated, case_of, relationship_of
from tests.edges import take
from tests.factories import manager, officer, referral_in
from tests.interventions import made as providing
from tests.notifications.telling import deliver

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

MOTHER: dict[str, Any] = {**UNCLE, "name": "Ngozi Example", "relationship": "mother"}
NEWER = "Something newer is said of how they are reached safely"


class Brothers:
    """Two cases of one family, and a third of another: an officer works on the first, the manager reads them all."""

    def __init__(self) -> None:
        referrals = [referral_in(Referral.ACCEPTED, people=None, phones=None) for _ in range(3)]
        pair = Referral.objects.using("owner").filter(pk__in=[one.id for one in referrals[:2]])
        pair.update(family_id=referrals[0].id)
        workers = (officer(), manager(), manager())
        cases = [allocated(case_of(one), to=who) for one, who in zip(referrals, workers, strict=True)]
        self.first, self.second, self.third = cases
        self.here, self.there, self.elsewhere = (relationship_of(one, manager(), **MOTHER) for one in cases)
        self.aunt = relationship_of(self.second, manager(), name="Ada Example")

    def say(self, who: Actor | None = None, **given: Any) -> Any:
        """The answer to saying that the two mothers are one."""
        body = {"other": str(self.there.id), "reason": "She brought both of them.", **given}
        return browser_of(who or manager()).post(f"relationships/{self.here.id}/say-same/", body)

    def take_back(self, same: Any, who: Actor | None = None) -> Any:
        """The answer to saying that they are not."""
        body = {"same": str(same), "reason": "It is her sister, of the same name."}
        return browser_of(who or manager()).post(f"relationships/{self.here.id}/take-back-same/", body)


def page(who: Actor, one: Relationship) -> dict[str, Any]:
    """The page of one person."""
    return browser_of(who).get(f"relationships/{one.id}/").json()


def offered(who: Actor, one: Relationship, name: str = "say_same") -> list[tuple[str, str]]:
    """Whom the form offers, by value and name; nobody where there is no form."""
    forms = [option["input"] for option in page(who, one)["options"] if option["name"] == name]
    return [(each["value"], each["label"]) for form in forms for each in form[0]["choices"]]


def reached(who: Actor, case: Case) -> list[str]:
    """Why the numbers of a case may not be called, as the bar above each of its pages says it."""
    contacts = browser_of(who).get(f"cases/{case.id}/identity/").json()["contacts"]
    return [sentence for one in contacts for sentence in one["refusals"]]


def change(one: Relationship, who: Actor, rule: str) -> None:
    """Say that they are reached safely in another way now."""
    with acting(who):
        stands = Relationship.objects.get(pk=one.id)
    take("change", stands.id, who, noun="relationship", **{**MOTHER, "contact_rule": rule, "why": "has_changed"})


def asked_to_ask(who: Actor) -> list[Message]:
    """What they were told of somebody who may no longer be reached as before."""
    with acting(who):
        return list(Message.objects.filter(subject__startswith="Ask before you contact"))


def test_offered_are_only_adults_of_brothers_and_sisters_namesakes_first() -> None:
    family = Brothers()
    names = offered(manager(), family.here)
    assert names == [(str(family.there.id), "Ngozi Example"), (str(family.aunt.id), "Ada Example")]
    assert offered(manager(), family.elsewhere) == []


def test_who_reads_one_case_is_offered_nobody_of_the_other_and_cannot_guess() -> None:
    family = Brothers()
    assert offered(officer(), family.here) == []
    real, made_up = family.say(officer()), family.say(officer(), other=str(uuid4()))
    assert (real.status_code, real.content) == (made_up.status_code, made_up.content)
    assert (real.status_code, list(real.json()["fields"])) == (400, ["other"])
    assert family.say(World().stranger).status_code == 404
    assert not SamePerson.objects.using("owner").exists()


def test_nobody_of_another_family_nor_somebody_said_before_can_be_chosen() -> None:
    family = Brothers()
    assert family.say(other=str(family.elsewhere.id)).status_code == 400
    assert family.say().status_code == 201
    assert family.say().status_code == 400
    assert [name for _value, name in offered(manager(), family.here)] == ["Ada Example"]


def test_both_pages_say_it_to_who_reads_both_and_to_nobody_else() -> None:
    family = Brothers()
    answer = family.say()
    assert answer.status_code == 201, answer.content
    for one, beside in ((family.here, family.there), (family.there, family.here)):
        (shown,) = page(manager(), one)["same"]
        assert (shown["person_id"], shown["case_reference"], shown["reason"]) == (
            str(beside.id),
            beside.case_reference,
            "She brought both of them.",
        )
    theirs = page(officer(), family.here)
    assert theirs["same"] == []
    assert "take_back_same" not in [one["name"] for one in theirs["options"]]
    with acting(officer()):
        assert SamePerson.objects.count() == 0
        assert SamePerson.history.count() == 0
    with acting(manager()):
        assert (SamePerson.objects.count(), SamePerson.history.count()) == (1, 1)


def test_no_chronology_says_that_there_is_another_case() -> None:
    family = Brothers()
    assert family.say().status_code == 201
    for who, case in ((officer(), family.first), (manager(), family.first), (manager(), family.second)):
        told = browser_of(who).get(f"cases/{case.id}/timeline/").content.decode()
        assert "same person" not in told


def test_each_case_keeps_its_own_word() -> None:
    family = Brothers()
    assert family.say().status_code == 201
    change(family.there, manager(), "text_only")
    with acting(manager()):
        rules = [Relationship.objects.get(pk=one.id).contact_rule for one in (family.here, family.there)]
    assert rules == ["any", "text_only"]


def test_a_rule_that_changes_at_one_case_is_warned_of_at_the_other_without_saying_where() -> None:
    family = Brothers()
    assert family.say().status_code == 201
    assert reached(officer(), family.first) == []
    change(family.there, manager(), "do_not_contact")
    for answer in (
        page(officer(), family.here)["contact"],
        browser_of(officer()).get(f"cases/{family.first.id}/people/").json()["people"][0]["contact"],
    ):
        assert answer["rule_label"] == "Ask before you use this"
        assert answer["refusals"][0].startswith(NEWER)
    (refused,) = reached(officer(), family.first)
    assert refused.startswith(NEWER)
    whole = page(officer(), family.here)
    assert family.second.reference not in str(whole)
    # Its form lists every rule there is.
    assert "Do not contact at home" not in str({**whole, "options": []})
    (told,) = page(manager(), family.here)["same"]
    assert told["contact"]["rule_label"] == "Do not contact at home"
    # The newer word is nobody's to doubt.
    assert page(manager(), family.there)["contact"]["rule_label"] == "Do not contact at home"


def test_who_leads_the_other_case_is_told_to_ask_first_without_hearing_where_it_was_said() -> None:
    family = Brothers()
    change(family.there, manager(), "text_only")
    deliver()
    assert asked_to_ask(officer()) == [], "nobody has said that they are one person"
    assert family.say().status_code == 201
    change(family.there, manager(), "do_not_contact")
    deliver()
    (told,) = asked_to_ask(officer())
    assert (told.path, told.urgent) == (f"/cases/{family.first.id}/people", True)
    assert family.first.reference in told.subject
    for word in (family.second.reference, str(family.second.id), MOTHER["name"], "Do not contact"):
        assert word not in f"{told.subject} {told.body}"
    assert asked_to_ask(manager()) == [], "who wrote it, and works on that case"


def test_nobody_is_told_of_another_change_nor_where_the_same_is_known_nor_by_who_did_not_write_it() -> None:
    family = Brothers()
    assert family.say().status_code == 201
    change(family.there, manager(), "do_not_contact")
    change(family.here, officer(), "do_not_contact")
    with acting(manager()):
        stands = Relationship.objects.get(pk=family.there.id)
        assert warned_by(stands.id) == []
    same_rule = {**MOTHER, "contact_rule": "do_not_contact", "number": "07700 900999", "why": "has_changed"}
    take("change", stands.id, manager(), noun="relationship", **same_rule)
    change(family.here, officer(), "text_only")
    deliver()
    assert len(asked_to_ask(officer())) == 1
    assert len(asked_to_ask(manager())) == 1, "the other way about"
    with acting(officer()):
        assert [one.root_id for one in warned_by(family.here.id)] == [family.second.id]
        assert warned_by(family.there.id) == []
    with acting(manager()):
        assert warned_by(family.here.id) == [], "they read it, and did not write it"


def test_a_provider_and_a_letter_are_held_back_too() -> None:
    family = Brothers()
    target = providing.intervention_in(Intervention.STARTED, family.second, manager())
    assert family.say().status_code == 201
    change(family.here, officer(), "do_not_contact")
    contacts = browser_of(providing.mentor()).get(f"interventions/{target.id}/").json()["contacts"]
    hers = [one["rule_label"] for one in contacts if one["whose"] == MOTHER["name"]]
    assert hers == ["Ask before you use this"]
    letter = {"template": "first_meeting", "recipient": f"person:{family.there.id}"}
    filled = browser_of(manager()).post(f"cases/{family.second.id}/letters/fill/", letter)
    assert any(NEWER in sentence for sentence in filled.json()["warnings"]), filled.content


def test_the_warning_ends_when_somebody_has_looked_again_or_taken_it_back() -> None:
    family = Brothers()
    same = family.say().json()["same"][0]["id"]
    change(family.there, manager(), "do_not_contact")
    change(family.here, officer(), "do_not_contact")
    assert page(officer(), family.here)["contact"]["rule_label"] == "Do not contact at home"
    change(family.there, manager(), "text_only")
    assert page(officer(), family.here)["contact"]["rule_label"] == "Ask before you use this"
    assert family.take_back(same).status_code == 200
    assert page(officer(), family.here)["contact"]["rule_label"] == "Do not contact at home"


def test_what_was_said_wrongly_is_taken_back_once_and_stays_to_be_read() -> None:
    family = Brothers()
    same = family.say().json()["same"][0]["id"]
    assert offered(manager(), family.here, "take_back_same") == [(same, "Ngozi Example")]
    assert family.take_back(same, officer()).status_code == 400, "answered like one of nobody"
    assert family.take_back(same).status_code == 200
    assert family.take_back(same).status_code == 409
    (shown,) = page(manager(), family.there)["same"]
    assert (shown["ended_by"], shown["end_reason"]) == (manager().name, "It is her sister, of the same name.")
    with acting(manager()):
        assert SamePerson.history.filter(id=UUID(same)).count() == 2
    assert family.say().status_code == 201, "it can be said again"


def test_a_look_at_one_person_is_a_look_at_the_other_child_too_where_they_are_shown() -> None:
    family = Brothers()
    for who, seen in ((manager(), {family.first.id, family.second.id}), (officer(), {family.first.id})):
        page(who, family.here)
        rows = AccessLog.objects.using("owner").filter(label="relationship.read", user_id=who.user_id)
        assert set(rows.latest("recorded_at").root_ids) & {family.first.id, family.second.id} == seen


def test_it_is_said_once_for_one_key_and_costs_what_an_edge_may() -> None:
    family, browser = Brothers(), browser_of(manager())
    body = {"other": str(family.there.id), "reason": "She brought both of them."}
    path = f"relationships/{family.here.id}/say-same/"
    cost = statements(lambda: browser.post(path, body, key="one-key-for-it"))
    assert len(cost) <= 25, said(cost)
    assert browser.post(path, body, key="one-key-for-it").status_code == 201
    assert SamePerson.objects.using("owner").count() == 1
    reads = statements(lambda: browser.get(f"relationships/{family.here.id}/"))
    assert len(reads) <= 15, said(reads)
