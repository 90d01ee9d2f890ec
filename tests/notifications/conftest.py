"""What these tests register ends with them: another test asks that every text is sent by somebody."""

import pytest

from backend.notifications import texts


@pytest.fixture(autouse=True)
def _texts_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_texts", dict(texts._texts))
    texts.register_text("made_up", "Something about {reference}", "{reference} needs you.")
