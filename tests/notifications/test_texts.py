"""Messages carry safe fields only."""

import pytest

from backend.notifications import texts
from backend.notifications.attempts import MAX_ATTEMPTS, wait_after


@pytest.mark.parametrize("subject", ["About {child}", "{name} was referred", "{}", "{0}", "{reference.owner}"])
def test_a_text_with_a_field_that_is_not_safe_is_refused(subject: str) -> None:
    with pytest.raises(ValueError, match="may not carry"):
        texts.register_text("a_text", subject, "…")

    assert "a_text" not in texts.registered()


def test_a_code_has_one_text() -> None:
    texts.register_text("said_once", "One {reference}", "…")
    texts.register_text("said_once", "One {reference}", "…")

    with pytest.raises(ValueError, match="another text"):
        texts.register_text("said_once", "Two {reference}", "…")


def test_every_registered_text_is_in_whole_sentences_and_fits_a_subject_line() -> None:
    for text in texts.registered().values():
        filled_subject, filled_body = text.fill(dict.fromkeys(texts.SAFE_FIELDS, "x"))
        assert len(filled_subject) <= 90, text.code
        assert "\n" not in filled_subject, text.code
        assert filled_body.endswith((".", "…")), text.code


def test_a_subject_stays_one_short_line_whatever_an_agency_is_called() -> None:
    text = texts.Text("made_up_subject", "News from {agency}", "…")

    subject, _ = text.fill({"agency": "Oak\r\nBcc: all@example " + "x " * 200})

    assert len(subject) <= texts.MAX_SUBJECT
    assert "\n" not in subject
    assert "\r" not in subject


def test_waits_grow_and_end_within_a_day() -> None:
    waits = [wait_after(attempt) for attempt in range(1, MAX_ATTEMPTS)]

    assert waits == sorted(waits)
    assert waits[0].total_seconds() == 30
    assert 12 * 3600 < sum(wait.total_seconds() for wait in waits) < 24 * 3600
