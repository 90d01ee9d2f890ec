"""Cases and transfers through the API: lists, one record, its edges, and what is not there for others."""

from typing import Any

import pytest

from backend.cases.models import Case
from tests.actors import browser_of, membership_of
from tests.cases.conftest import PROPOSAL, World


def option(body: dict[str, Any], name: str) -> dict[str, Any]:
    return next(option for option in body["options"] if option["name"] == name)


def field(option: dict[str, Any], name: str) -> dict[str, Any]:
    return next(field for field in option["input"] if field["name"] == name)


def test_a_manager_reads_a_case_and_finds_whom_to_allocate_it_to(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    answer = browser_of(world.manager).get(f"cases/{in_hand.id}/")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["reference"], body["state_label"]) == (in_hand.reference, "Waiting for a lead practitioner")
    assert body["child"]["name"] == "Amina Example"
    assert [clock["kind"] for clock in body["clocks"]] == ["allocate"]
    assert [one["name"] for one in body["options"]] == [
        "write_note",
        "allocate",
        "confirm_transfer_out",
        "end_transfer_out",
        "step_up",
        "record_follow_up",
        "handover_refused",
        "change_priority",
        "propose_transfer",
        "transfer_out",
        "close",
        "record_death",
        "declare_conflict",
    ]
    assert option(body, "allocate")["obstacles"] == []
    people = field(option(body, "allocate"), "lead_practitioner_id")["choices"]
    team = membership_of(world.worker).team
    assert team is not None
    assert {"value": str(world.worker.user_id), "label": world.worker.name, "group": team.name}.items() <= next(
        person for person in people if person["label"] == world.worker.name
    ).items()
    assert all("open case" in person["hint"] for person in people)
    agencies = field(option(body, "propose_transfer"), "to_agency_id")["choices"]
    assert str(world.manager.agency_id) not in {agency["value"] for agency in agencies}


def test_allocating_answers_with_the_case_as_get_gives_it(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    browser = browser_of(world.manager)
    body = {
        "version": 1,
        "lead_practitioner_id": world.worker.user_id,
        "reason_code": "knows_child",
        "next_action": "First visit",
        "next_action_on": "2100-01-01",
    }
    answer = browser.post(f"cases/{in_hand.id}/allocate/", body)
    assert answer.status_code == 200, answer.content
    assert answer.json() == browser.get(f"cases/{in_hand.id}/").json()
    assert answer.json()["lead_practitioner"] == world.worker.name
    mine = browser_of(world.worker).get("cases/?view=mine").json()["results"]
    assert [(row["reference"], row["child_name"], row["rag"]) for row in mine] == [
        (in_hand.reference, "Amina Example", "green")
    ]


def test_a_half_filled_form_is_refused_field_by_field(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    answer = browser_of(world.manager).post(f"cases/{in_hand.id}/allocate/", {"version": 1, "next_action_on": "soon"})
    assert answer.status_code == 400
    fields = answer.json()["fields"]
    assert set(fields) == {"lead_practitioner_id", "reason_code", "next_action", "next_action_on"}
    assert all(sentence.endswith(".") for sentences in fields.values() for sentence in sentences)


def test_a_transfer_walks_from_one_agency_to_the_other(world: World) -> None:
    case = world.allocated()
    proposed = browser_of(world.worker).post(
        f"cases/{case.id}/propose-transfer/",
        {"version": 2, **PROPOSAL, "to_agency_id": world.youth_justice_manager.agency_id},
    )
    assert proposed.status_code == 200, proposed.content
    transfer = proposed.json()["transfer"]
    assert option(proposed.json(), "propose_transfer")["obstacles"] != []
    receiver = browser_of(world.youth_justice_manager)
    waiting = receiver.get("transfers/?view=for-me").json()["results"]
    assert [row["id"] for row in waiting] == [transfer["id"]]
    read = receiver.get(f"transfers/{transfer['id']}/").json()
    assert read["handover"][0]["label"] == "What matters now"
    assert [one["name"] for one in read["options"]] == ["accept", "decline"]
    assert read["child"]["name"] == "Amina Example"
    assert {"label": "Next", "value": "First visit"} in read["about"]
    assert read["case_id"] is None
    for page in ("", "notes/", "timeline/", "assessments/", "interventions/", "plan/"):
        assert receiver.get(f"cases/{case.id}/{page}").status_code == 404, page
    assert len(option(read, "accept")["tells"]) == 2
    accepted = receiver.post(f"transfers/{transfer['id']}/accept/", {"version": read["version"]})
    assert accepted.status_code == 200, accepted.content
    assert accepted.json() == receiver.get(f"transfers/{transfer['id']}/").json()
    assert receiver.get(f"cases/{case.id}/").json()["state"] == Case.UNALLOCATED
    assert [row["id"] for row in receiver.get("cases/?view=lead").json()["results"]] == [str(case.id)]


def test_who_declined_reads_the_outcome_but_no_longer_the_handover(world: World) -> None:
    transfer = world.proposed()
    receiver = browser_of(world.youth_justice_manager)
    declined = receiver.post(
        f"transfers/{transfer.id}/decline/", {"version": 1, "reason_code": "no_capacity", "reason": "In spring."}
    )
    assert declined.status_code == 200, declined.content
    body = receiver.get(f"transfers/{transfer.id}/").json()
    assert declined.json() == body
    assert (body["state"], body["handover"], body["options"]) == ("declined", [], [])
    assert receiver.get(f"cases/{transfer.case_id}/").status_code == 404


@pytest.mark.parametrize("who", ["teacher", "stranger", "officer", "other_worker"])
def test_what_is_not_theirs_is_not_there(world: World, who: str) -> None:
    transfer = world.proposed()
    browser = browser_of(getattr(world, who))
    missing = browser.get("cases/0198c0de-0000-7000-8000-000000000000/")
    for path in (f"cases/{transfer.case_id}/", f"transfers/{transfer.id}/"):
        answer = browser.get(path)
        assert (answer.status_code, answer.content) == (404, missing.content)
    for edge in (f"cases/{transfer.case_id}/allocate/", f"transfers/{transfer.id}/withdraw/"):
        body = {"version": 1, "reason_code": "no_longer_needed"}
        assert browser.post(edge, body).status_code in (400, 404)
    assert browser.get("cases/?view=lead").json()["results"] == []


def test_an_unknown_view_is_a_sentence(world: World) -> None:
    answer = browser_of(world.manager).get("cases/?view=everything")
    assert (answer.status_code, answer.json()["fields"]) == (400, {"view": ["Choose one of these views: lead, mine."]})


@pytest.mark.parametrize("path", ["cases/?view=lead", "transfers/?view=for-me"])
def test_a_list_takes_the_same_number_of_statements_whatever_its_length(
    world: World, path: str, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(world.youth_justice_manager if "transfers" in path else world.manager)
    world.proposed()
    with django_assert_max_num_queries(40) as one:
        assert len(browser.get(path).json()["results"]) == 1
    for _ in range(3):
        world.proposed()
    with django_assert_max_num_queries(len(one)):
        assert len(browser.get(path).json()["results"]) == 4
