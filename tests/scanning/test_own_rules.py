"""Words that no line of the product may hold but those that are explained here; each is found where it is planted."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from backend.operations.surroundings import ROOT

FOR_PYTHON: Mapping[str, str] = {
    "markup out of text": r"\bmark_safe\(|\bformat_html|\bSafeString\b",
    "a write without its token": r"@csrf_exempt",
    "code out of text": r"(?<![.\w])(?:eval|exec)\(",
    "objects out of bytes": r"\bpickle\.loads?\(|\byaml\.load\(|\bmarshal\.loads?\(",
    "a shell": r"shell=True|\bos\.system\(",
    "SQL out of text": r"\.extra\(|execute\(\s*[\"'][^\"']*[\"'] *%|\bRawSQL\(",
    "somebody who is not asked who they are": r"\[AllowAny\]",
    "a certificate that is not looked at": r"verify=False|CERT_NONE",
}
FOR_THE_WEB: Mapping[str, str] = {
    "markup out of text": r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\(|dangerouslySetInnerHTML",
    "code out of text": r"(?<![.\w])eval\(|new Function\(|javascript:",
    "something kept in the browser": r"\b(?:localStorage|sessionStorage|indexedDB|serviceWorker)\b",
    "a message of another window": r"addEventListener\(\"message\"",
}
# Where such a word stands all the same, and why it may.
EXPLAINED = {
    ("backend/access/compiled.py", "SQL out of text"): "what Django made of a queryset, with its values apart",
    ("backend/config/web_app.py", "markup out of text"): "links to files that the build named, each escaped",
    ("backend/insights/queries/stays.py", "SQL out of text"): "a text of ours, with its values apart",
    ("backend/access/views.py", "somebody who is not asked who they are"): "who is signed in; the demo's people",
    ("backend/demonstration/views.py", "somebody who is not asked who they are"): "how far the demo is filled",
    ("backend/administration/views/switching.py", "somebody who is not asked who they are"): "who acts in no role yet",
    ("backend/administration/views/inviting.py", "somebody who is not asked who they are"): "whoever holds a link",
    ("backend/referrals/status_views.py", "somebody who is not asked who they are"): "whoever holds a link, once",
}


def found(text: str, rules: Mapping[str, str]) -> Iterator[str]:
    """The rules that a text breaks."""
    return (name for name, rule in rules.items() if re.search(rule, text))


def sources() -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Each file of the product with the rules that hold for it; a migration is what was, and is run by the owner."""
    for path in sorted((ROOT / "backend").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, FOR_PYTHON
    for kind in ("*.ts", "*.tsx"):
        yield from ((path, FOR_THE_WEB) for path in sorted((ROOT / "frontend" / "src").rglob(kind)))


def test_the_product_has_none_but_those_that_are_explained() -> None:
    seen = {
        (path.relative_to(ROOT).as_posix(), name)
        for path, rules in sources()
        for name in found(path.read_text(encoding="utf-8"), rules)
    }
    assert seen == set(EXPLAINED)


@pytest.mark.parametrize(("file", "rules"), [("flawed.py.txt", FOR_PYTHON), ("flawed.tsx.txt", FOR_THE_WEB)])
def test_what_was_planted_is_found(file: str, rules: Mapping[str, str]) -> None:
    planted = (Path(__file__).parent / file).read_text(encoding="utf-8")
    # These three are in no planted line; each is tried by itself.
    more = {"SQL out of text": "RawSQL(", "somebody who is not asked who they are": "[AllowAny]"}
    more["a certificate that is not looked at"] = "get(url, verify=False)"
    for name, rule in rules.items():
        assert re.search(rule, planted) or re.search(rule, more[name]), name
