"""What is taken and what is not: each hostile file is refused in a sentence."""

import io

import pytest
from PIL import Image

from backend.documents.inspecting import inspect
from backend.documents.inspecting.refusing import Refused
from tests.documents.hostile import HOSTILE
from tests.documents.making import pdf, picture, relation, word

FEWEST = 60


def test_there_are_at_least_sixty() -> None:
    assert len(HOSTILE) >= FEWEST


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(what: str) -> None:
    name, made = HOSTILE[what]
    content = made()
    with pytest.raises(Refused, match=r"^[A-Z].*\.$"):
        inspect(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Letter.PDF", pdf()),
        ("scan.jpg", picture("JPEG")),
        ("scan.JPEG", picture("JPEG")),
        ("drawing.png", picture("PNG")),
        ("notes.docx", word()),
        ("linked.docx", word({"word/_rels/document.xml.rels": relation("hyperlink", "https://www.nhs.uk")})),
        ("notes.txt", "Zoë said: “I’d like to go back.”\r\n".encode()),
        ("notes.txt", "Windows Notepad".encode("utf-16")),
        # Markup in a text is words: it is never served as a page.
        ("quoted.txt", b"<script>alert(1)</script>"),
    ],
)
def test_an_honest_file_is_taken(name: str, content: bytes) -> None:
    assert inspect(name, content).content


def test_a_picture_is_drawn_anew_without_what_stands_behind_it() -> None:
    exif = Image.Exif()
    exif[0x010F] = "the maker of the camera"
    behind = picture("JPEG", exif=exif.tobytes(), comment=b"52.48 N 1.89 W") + word()
    kept = inspect("photo.jpg", behind).content
    assert b"PK\x05\x06" not in kept
    assert b"52.48" not in kept
    assert b"the maker" not in kept
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = inspect("photo.jpg", picture("JPEG", exif=exif.tobytes())).content
    assert Image.open(io.BytesIO(kept)).size == (30, 40)
