"""The matrix as a file people review: lines that say the same for several roles and relations are one."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

import pytest

from tests.access.cells import OVERLAYS, ROLES, Cell
from tests.routes import routes

REVIEWED = Path(__file__).with_name("matrix.csv")
LEFT_OUT = Path(__file__).with_name("not_in_the_matrix.csv")
_COLUMNS = ("route", "method", "overlay", "relations", "roles", "status", "code")
_SHOWN = 60

Answers = dict[Cell, str]


def left_out() -> dict[str, str]:
    """The routes that the matrix does not ask, each with the reason."""
    with LEFT_OUT.open(encoding="utf-8") as file:
        return {row["route"]: row["why"] for row in csv.DictReader(file)}


def reviewed() -> Answers:
    """What was reviewed, cell by cell."""
    if not REVIEWED.exists():
        return {}
    with REVIEWED.open(encoding="utf-8") as file:
        return {cell: f"{row['status']},{row['code']}" for row in csv.DictReader(file) for cell in _cells(row)}


def _cells(row: Mapping[str, str]) -> Iterator[Cell]:
    for relation in row["relations"].split(" "):
        for role in row["roles"].split(" "):
            yield Cell(row["route"], row["method"], row["overlay"], relation, role)


def compare(found: Answers) -> None:
    """Fail where an answer is another than the reviewed one; WRITE_GOLDEN=1 writes it anew, to be looked at."""
    known = reviewed()
    if os.environ.get("WRITE_GOLDEN"):
        known |= found
        names = {route.name for route in routes()} - left_out().keys()
        _write({cell: answer for cell, answer in known.items() if cell.route in names})
    changed = [
        f"{' '.join(cell)}: reviewed {known.get(cell, 'nothing')}, answered {answer}"
        for cell, answer in found.items()
        if known.get(cell) != answer
    ]
    if changed:
        pytest.fail(f"{len(changed)} cells differ from matrix.csv, for example:\n" + "\n".join(changed[:_SHOWN]))


def _write(answers: Answers) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_lines(answers))
    REVIEWED.write_text(text.getvalue(), encoding="utf-8")


def _lines(answers: Answers) -> Iterator[tuple[str, ...]]:
    """One line for each answer of a group of relations that are answered alike in every role."""
    order = {route.name: place for place, route in enumerate(routes())}
    asked: dict[tuple[str, str, str], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for cell, answer in answers.items():
        asked[cell.route, cell.method, cell.overlay][cell.relation][cell.role] = answer
    for head in sorted(asked, key=lambda head: (order[head[0]], head[1], OVERLAYS.index(head[2]))):
        for relations, by_role in _alike(asked[head]):
            for answer, roles in _by_answer(by_role).items():
                yield (*head, " ".join(relations), " ".join(roles), *answer.split(","))


def _alike(by_relation: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[list[str], Mapping[str, str]]]:
    found: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for relation in sorted(by_relation):
        found[tuple(sorted(by_relation[relation].items()))].append(relation)
    return [(relations, dict(answers)) for answers, relations in found.items()]


def _by_answer(by_role: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for role in ROLES:
        if role.value in by_role:
            found[by_role[role.value]].append(role.value)
    return found
