"""The stop page: 999 and the right numbers, until somebody has been called."""

from uuid import UUID

import pytest

from backend.core.errors import Conflict
from backend.referrals.intake.receiving import Receiver, Receivers
from backend.referrals.intake.stopping import stop


def agency(number: int, **more) -> Receiver:
    values = {
        "id": UUID(int=number), "name": f"Agency {number}", "kind": "voluntary", "phone": f"0121 496 000{number}",
        "out_of_hours_name": "", "out_of_hours_phone": "", "takes_at_once": False,
    }  # fmt: skip
    return Receiver(**{**values, **more})


DOOR = agency(
    1, name="Front door", kind="front_door", out_of_hours_name="Duty team", out_of_hours_phone="0121 496 0199"
)
CHOSEN = agency(2, takes_at_once=True, kind="early_help", out_of_hours_phone="0121 496 0099")
OTHER = agency(3)
AGENCIES = Receivers({one.id: one for one in (DOOR, CHOSEN, OTHER)}, DOOR)


def numbers(answers):
    page = stop(answers, AGENCIES)
    return page and {phone["number"]: phone["label"] for phone in page["phones"]}


@pytest.mark.parametrize(
    "answers",
    [{}, {"danger_now": False}, {"danger_now": "yes"}, {"danger_now": True, "danger_called": "999, Sgt A. Example"}],
)
def test_no_stop_without_danger_or_after_the_call(answers):
    assert numbers(answers) is None


def test_danger_without_a_call_stops_with_999_and_the_front_door_day_and_night():
    shown = numbers({"danger_now": True, "danger_called": "  "})
    assert list(shown) == ["999", "0121 496 0001", "0121 496 0199"]
    assert shown["0121 496 0199"] == "Duty team (evenings, nights, weekends)"


def test_the_numbers_of_the_chosen_agency_stand_there_too():
    shown = numbers({"danger_now": True, "receiving_agency": str(CHOSEN.id)})
    assert list(shown)[3:] == ["0121 496 0002", "0121 496 0099"]
    assert numbers({"danger_now": True, "receiving_agency": "nonsense"}).keys() == shown.keys() - {
        "0121 496 0002", "0121 496 0099"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "holder"),
    [
        (None, DOOR),
        ("", DOOR),
        (str(OTHER.id), DOOR),
        (str(CHOSEN.id), CHOSEN),
        (["x"], DOOR),
        (str(UUID(int=9)), DOOR),
    ],
)
def test_the_front_door_holds_it_unless_the_chosen_agency_takes_it_at_once(chosen, holder):
    assert AGENCIES.holder(chosen) == holder
    assert AGENCIES.kind_of_holder(chosen) == holder.kind


def test_a_partnership_without_a_front_door_says_so_instead_of_losing_the_referral():
    nowhere = Receivers({OTHER.id: OTHER}, None)
    assert nowhere.kind_of_holder(str(OTHER.id)) == ""
    with pytest.raises(Conflict, match="no front door"):
        nowhere.holder(str(OTHER.id))


def test_the_front_door_is_offered_first_then_those_that_take_it_at_once_and_never_oneself():
    offered = AGENCIES.choices(OTHER.id)
    assert [choice.label for choice in offered] == ["Front door", "Agency 2"]
    assert {choice.group for choice in offered} == {"Receives this straight away"}
    assert [choice.label for choice in AGENCIES.choices(None)] == ["Front door", "Agency 2", "Agency 3"]
