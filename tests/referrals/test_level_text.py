"""The partnership's text stands beside each level where it is believed and where it is decided, and decides nothing."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.drafts import commands as drafts
from backend.referrals.form.sections import FORM
from backend.referrals.models import Decision, Referral
from tests.actors import browser_of
from tests.configuration.versions import published, reworded
from tests.edges import take
from tests.factories import manager, officer, open_confirmation, ready, referral_in, second_manager, submitted, teacher

pytestmark = pytest.mark.django_db


def hints(form: list[dict[str, Any]], name: str) -> dict[str, str]:
    field = next(one for one in form if one["name"] == name)
    return {choice["value"]: choice["hint"] for choice in field["choices"]}


def of_draft(path: str) -> dict[str, str]:
    sections = browser_of(teacher()).get(path).json()["sections"]
    fields = [field for section in sections for page in section["pages"] for field in page["fields"]]
    return hints(fields, "level_believed")


def decided(referral: Referral) -> list[int | None]:
    with acting(manager()):
        return list(Decision.objects.filter(root_id=referral.id).order_by("at").values_list("level_text", flat=True))


def test_the_text_in_force_stands_beside_each_level_of_the_form_of_its_amendment_and_of_the_decision() -> None:
    published(reworded("Words of our own.", "additional"))
    draft = ready()
    assert of_draft(f"referrals/{draft.id}/draft/")["additional"] == "Words of our own."
    referral = take("submit", draft.id, teacher())
    assert of_draft(f"referrals/{referral.id}/answers/")["additional"] == "Words of our own."
    take("start_triage", referral.id, officer())
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    for name in ("accept", "signpost", "decline"):
        form = next(option["input"] for option in page["options"] if option["name"] == name)
        shown = hints(form, "level_of_need")
        assert shown["additional"] == "Words of our own."
        assert all(shown.values())


def test_a_referral_keeps_the_version_that_was_shown_when_its_level_was_chosen() -> None:
    before = submitted()
    chosen_before = ready()
    published(reworded("Words of our own."))
    assert before.level_text == 1
    assert take("submit", chosen_before.id, teacher()).level_text == 1
    again = ready()
    with acting(teacher()):
        drafts.save(teacher(), again.id, {"level_believed": ("complex", 1)}, form=FORM)
    assert take("submit", again.id, teacher()).level_text == 2


def test_only_an_amendment_of_the_level_takes_the_text_that_is_shown_now() -> None:
    referral = submitted()
    published(reworded("Words of our own."))
    reason = {"reason_code": "mistake", "reason": "Typed wrongly."}
    amended = take("amend", referral.id, teacher(), answers={"child_known_as": "Bo"}, **reason)
    assert amended.level_text == 1
    amended = take("amend", referral.id, teacher(), answers={"level_believed": "complex"}, **reason)
    assert amended.level_text == 2


def test_a_decision_keeps_what_the_first_of_two_people_had_before_them() -> None:
    referral = referral_in(Referral.TRIAGE)
    asking = {"level_of_need": "complex", "reason_code": "threshold_not_met"}
    take("decline", referral.id, officer(), **asking)
    question = open_confirmation(referral.id, second_manager())
    published(reworded("Words of our own."))
    answer = browser_of(second_manager()).post(f"confirmations/{question.id}/confirm/", {"version": question.version})
    assert answer.status_code == 200, answer.content
    assert decided(referral) == [1]
    page = browser_of(manager()).get(f"referrals/{referral.id}/").json()
    assert page["decision"]["level_text"] == 1
    first = Decision.objects.get(root_id=referral.id)
    right = {"decision": str(first.id), "reason_code": "recorded_wrongly", "level_of_need": ""}
    take("correct", referral.id, manager(), **right)
    assert decided(referral) == [1, 1], "the level was not decided anew"


def test_a_decision_without_a_level_keeps_no_version() -> None:
    assert decided(referral_in(Referral.STEPPED_UP)) == [None]
