"""What was taken out of a copy is nowhere in what leaves: not in the text, the bytes, the metadata or the data."""

import re
import zlib

import orjson
import pypdfium2
import pytest

from backend.cases.models import Case
from backend.rights.inputs import DecidePassageInput
from backend.rights.models import CopiedPassage
from backend.rights.rules import cut_problem, given_text, pieces
from tests.actors import browser_of
from tests.rights.conftest import PLAIN, THIRD
from tests.rights.made import first, pack_of, passages, released

WORDS = ("Zephyrine", "Quillfeather")
CUT = {"His aunt rang": {"decision": "redact", "reason": "about_another", "cut": [3, 4, 5]}}
OUT = {"His aunt rang": {"decision": "withhold", "reason": "serious_harm"}}
HUSHED = {"His aunt rang": {"decision": "withhold", "reason": "police"}}


def _text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def _streams(content: bytes) -> bytes:
    """The bytes of a PDF, and of each of its streams unpacked: what a tool that looks under the page finds."""
    found = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("how", [CUT, OUT, HUSHED])
def test_what_is_taken_out_is_in_no_byte_of_the_file(case: Case, how: dict[str, dict[str, object]]) -> None:
    one = released(case, except_for=how)
    browser = browser_of(first())
    pdf = browser.get(f"subject-requests/{one.id}/copy.pdf/").content
    data = browser.get(f"subject-requests/{one.id}/copy.json/").content
    text = _text(pdf)
    assert PLAIN in text.replace("\r\n", " ")
    for word in WORDS:
        assert word not in text
        for encoded in (word.encode(), word.encode("utf-16-be"), word.encode().hex().encode()):
            assert encoded not in _streams(pdf)
            assert encoded not in data
    values = pypdfium2.PdfDocument(pdf).get_metadata_dict().values()
    assert not any(word in value for word in (*WORDS, "Arent") for value in values)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_where_words_were_taken_out_it_says_so_and_the_letter_says_why(case: Case) -> None:
    one = released(case, except_for=CUT)
    data = orjson.loads(browser_of(first()).get(f"subject-requests/{one.id}/copy.json/").content)
    said = [passage["text"] for section in data["sections"] for passage in section["passages"]]
    assert "His aunt rang. [removed: information about other people] saw it." in said
    assert data["kept_back"] == ["In 1 place: information about other people."]
    assert "Information Commissioner’s Office" in data["complain"]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_that_something_was_kept_back_for_the_police_is_told_nobody(case: Case) -> None:
    """The letter is the same, byte for byte, as that of a copy in which nothing was taken out."""
    one = released(case, except_for=HUSHED)
    said = orjson.loads(browser_of(first()).get(f"subject-requests/{one.id}/copy.json/").content)
    assert said["kept_back"] == []
    assert "olice" not in str(said)
    passage = next(passage for passage in passages(one) if passage.decision == "withhold")
    assert passage.reason == "police"
    gap = DecidePassageInput(data={"version": 0, "decision": "redact", "reason": "police", "cut": [1]})
    assert not gap.is_valid()
    assert "take all of the passage out" in str(gap.errors["reason"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_record_itself_stays_as_it_was(case: Case) -> None:
    released(case, except_for=OUT)
    from backend.cases.models import Note  # noqa: PLC0415

    assert Note.objects.using("owner").filter(root_id=case.id, text=THIRD).exists()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_file_that_was_changed_in_its_row_is_not_given(case: Case) -> None:
    one = released(case)
    pack = pack_of(one)
    pack.pdf = bytes(pack.pdf or b"") + b" "
    pack.save(using="owner")
    assert browser_of(first()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 503


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ([0], "[x] two\n three"),
        ([0, 1], "[x]\n three"),
        ([1], "one [x]\n three"),
        ([0, 2], "[x] two\n [x]"),
        ([0, 1, 2], "[x]"),
    ],
)
def test_a_run_of_words_is_taken_out_as_one(cut: list[int], said: str) -> None:
    passage = CopiedPassage(text="one two\n three", decision="redact", reason="about_another", cut=cut)
    assert given_text(passage, "[x]") == said


def test_the_words_of_a_text_with_what_is_before_them_are_the_text() -> None:
    text = "One\u00a0two,  three\n\nfour."
    assert "".join(before + word for before, word in pieces(text)) == text
    assert cut_problem(text, [4])
    assert cut_problem(text, [])
    assert not cut_problem(text, [3])
