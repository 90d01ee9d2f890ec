"""What comes with a page: the files of its own screen, and words sent compressed."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from backend.agencies.roles import Role
from backend.config import web_app
from tests.actors import browser_of, membership

pytestmark = pytest.mark.django_db

FILES = {
    "signed_in": [["^/$", []], ["^/cases/[^/]+/?$", ["assets/case-1.js", "assets/notes-1.js"]]],
    "anybody": [["^/privacy/?$", ["assets/privacy-1.js"]]],
    "signed_out": [["", ["assets/sign_in-1.js"]]],
}


@pytest.fixture(autouse=True)
def _built(settings: Any, tmp_path: Path) -> None:
    head = "<!doctype html><html><head><title>Alongside</title></head>"
    (tmp_path / "index.html").write_text(f"{head}<body>{web_app.MARK}</body></html>", encoding="utf-8")
    (tmp_path / "files.json").write_text(json.dumps(FILES), encoding="utf-8")
    settings.FRONTEND_DIST = tmp_path


@pytest.mark.parametrize(
    ("path", "names"),
    [("/cases/one", ["case", "notes"]), ("/", []), ("/cases/one/plan", []), ("/privacy", ["privacy"])],
)
def test_a_page_says_which_files_its_screen_is_made_of(path: str, names: list[str]) -> None:
    told = browser_of(membership("front-door", Role.MANAGER)).client.get(path).content.decode()
    assert told.count("modulepreload") == len(names)
    for name in names:
        assert f'<link rel="modulepreload" crossorigin href="/assets/{name}-1.js">' in told.partition("</head>")[0]


def test_whoever_is_not_signed_in_is_sent_what_signing_in_needs() -> None:
    assert "sign_in-1.js" in Client().get("/cases/one").content.decode()
    assert "sign_in-1.js" not in Client().get("/privacy").content.decode()


@pytest.mark.parametrize("path", ["/", "/api/v1/agencies/"])
def test_words_are_compressed_for_who_takes_them_so(path: str) -> None:
    client = browser_of(membership("front-door", Role.MANAGER)).client
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain


def test_a_length_says_nothing_exact_of_what_was_compressed() -> None:
    """What is in an answer cannot be guessed by how long it is with one guess and with another (BREACH)."""
    client = browser_of(membership("front-door", Role.MANAGER)).client
    lengths = {len(client.get("/api/v1/agencies/", headers={"Accept-Encoding": "gzip"}).content) for _ in range(12)}
    assert len(lengths) > 1
