"""Tables that people review: committed beside their test, compared on every run, written anew only on request."""

import os
from pathlib import Path

import pytest


def compare(file: Path, text: str) -> None:
    """Fail when `file` says something else; `WRITE_GOLDEN=1 make test ARGS=<the test>` writes it after a review."""
    if os.environ.get("WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    reviewed = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    found = text.splitlines()
    if reviewed != found:
        gone = [f"- {line}" for line in reviewed if line not in found]
        new = [f"+ {line}" for line in found if line not in reviewed]
        changes = "\n".join([*gone, *new][:60])
        pytest.fail(f"{file.name} differs from what was reviewed (WRITE_GOLDEN=1 writes it anew):\n{changes}")
