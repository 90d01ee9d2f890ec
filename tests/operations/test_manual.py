"""The manual says what is there: variables of the environment, labels in bold, links, commands; no page is long."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

from backend.operations.surroundings import ROOT
from tests.architecture.catalogue import dotted, sources

MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.rglob("*.md"))
CONFIGURE = MANUAL / "operator" / "configure.md"
LONGEST_PAGE = 150
# Who reads the environment by these names asks for what stands first.
READERS = {"env", "os.environ"}
# What the product gives its own processes, and nobody sets by hand.
SET_BY_ITSELF = {"EMBEDDED", "PREPARED_STATEMENTS", "DJANGO_SETTINGS_MODULE", "PROMETHEUS_MULTIPROC_DIR"}
# Read by the libraries that serve, and send traces.
READ_BY_LIBRARIES = {"GRANIAN_SSL_KEYFILE", "GRANIAN_SSL_PROTOCOL_MIN", "OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER"}
# A label stands alone between these, where it is written down.
_AROUND = "\"'`><{}“”"


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _asked_for(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and dotted(node.func).rpartition(".")[0] in READERS:
            yield node.args[0]
        elif isinstance(node, ast.Subscript) and dotted(node.value) in READERS:
            yield node.slice


def _read_from_the_environment() -> set[str]:
    found = set()
    for _, tree, _ in sources():
        named = _constants(tree)
        for asked in _asked_for(tree):
            name = asked.value if isinstance(asked, ast.Constant) else named.get(getattr(asked, "id", ""), "")
            if isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", name):
                found.add(name)
    return found


def _explained() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", CONFIGURE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_variable_that_is_read_is_explained() -> None:
    read = _read_from_the_environment()
    assert {"SECRET_KEY", "BACKUP_FOLDER", "GRANIAN_SSL_CERTIFICATE"} <= read
    assert read - SET_BY_ITSELF - _explained() == set()


def test_every_variable_that_is_explained_is_read() -> None:
    texts = "".join(text for _, _, text in sources())
    written = set(re.findall(r'"([A-Z][A-Z0-9_]+)"', texts))
    assert _explained() - written - READ_BY_LIBRARIES == set()


@cache
def _product() -> str:
    """Everything that the product may say, with every run of white space as one space."""
    files = [*(ROOT / "backend").rglob("*.py"), *(ROOT / "frontend" / "src").rglob("*.ts*")]
    texts = [path.read_text(encoding="utf-8") for path in files if not path.name.endswith(".d.ts")]
    vocabularies = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures").rglob("*.json"))]
    return re.sub(r"\s+", " ", " ".join([*texts, *vocabularies]))


def _is_a_label(words: str) -> bool:
    text, size = _product(), len(words)
    return any(
        text[at - 2 : at].strip()[-1:] in _AROUND and text[at + size : at + size + 2].strip()[:1] in _AROUND
        for at in (found.start() for found in re.finditer(re.escape(words), text))
        if at
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(MANUAL).as_posix())
def test_what_is_bold_is_a_label_of_the_product(page: Path) -> None:
    bold = set(re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8")))
    assert [words for words in sorted(bold) if not _is_a_label(words)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(MANUAL).as_posix())
def test_a_page_is_short_and_its_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_PAGE
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    assert [link for link in links if link and "://" not in link and not (page.parent / link).exists()] == []


def test_every_command_is_there() -> None:
    texts = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"manage\.py (\w+)", texts)) - set(get_commands()) == set()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    made = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", texts))
    assert [target for target in sorted(made) if f"\n{target}: ##" not in makefile] == []
