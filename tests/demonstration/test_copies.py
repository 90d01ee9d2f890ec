"""The requests for a copy in the city are made by the real edges, whichever cases it has."""

import pytest

from backend.demonstration import copies
from backend.demonstration.stage import company
from backend.rights.models import CopiedPassage, Pack, SubjectRequest
from tests.administration.leading import led_by, worker
from tests.casework import note_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_one_was_answered_one_withdrawn_by_two_and_one_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [led_by(worker()), led_by(worker(1))]
    note_of(cases[0], worker(), text="His aunt rang.", mark="third_party")
    monkeypatch.setattr(copies, "_cases", lambda: cases)
    for _twice in range(2):
        copies.ask_for_copies(company())
    states = SubjectRequest.objects.using("owner").order_by("received_on").values_list("state", flat=True)
    assert list(states) == ["released", "withdrawn", "open"]
    assert {pack.has_file for pack in Pack.objects.using("owner").all()} == {True, False}
    withdrawn = SubjectRequest.objects.using("owner").get(state="withdrawn")
    assert withdrawn.withdrawn_by_id != withdrawn.withdrawal_by_id
    answered = CopiedPassage.objects.using("owner").filter(
        root_id=SubjectRequest.objects.using("owner").get(state="released").id
    )
    assert {passage.decision for passage in answered} == {"keep", "withhold"}
