"""Compares what the lock files name with a list of known flaws, and how long each is known with the time it may be.

Asks a service that speaks as OSV does (https://google.github.io/osv.dev/api/). Where none answers nothing was compared,
and it says so. It ends with 1 then where OSV_URL gave the address: whoever gives one counts on being told.
"""

import argparse
import csv
import json
import os
import re
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parent.parent
OF_NPM = tuple(ROOT / folder / "package-lock.json" for folder in ("frontend", "bench/lighthouse"))
LOCKS = (*sorted(ROOT.glob("requirements*.lock")), *OF_NPM)
EXPLAINED = ROOT / "tests" / "scanning" / "known_flaws.csv"
SERVICE = "https://api.osv.dev"
# At the latest so many days after a flaw and its repair are known (docs/security/known-flaws.md).
DAYS = {"from_outside": 2, "severe": 14, "other": 60}
_AT_ONCE, _PATIENCE = 500, 60


@dataclass(frozen=True, order=True, slots=True)
class Component:
    """A package of a registry, in one version."""

    ecosystem: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.ecosystem})"


# Both have had known flaws for years: a list that knows none of them is no list.
PLANTED = (Component("PyPI", "jinja2", "2.4.1"), Component("npm", "lodash", "4.17.4"))
Finding = tuple[str, Component]


class NoListError(Exception):
    """No list could be reached, or what answered is none."""


def components(lock: Path) -> Iterator[Component]:
    """Yield what a lock file of uv or of npm names."""
    text = lock.read_text(encoding="utf-8")
    if lock.suffix != ".json":
        for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
            yield Component("PyPI", name, version)
        return
    for place, package in json.loads(text)["packages"].items():
        if place and "version" in package:
            yield Component("npm", package.get("name") or place.rpartition("node_modules/")[2], package["version"])


def known_flaws(service: str, wanted: Sequence[Component]) -> set[Finding]:
    """Return the flaws that the list knows of these components; raise NoListError."""
    found: set[Finding] = set()
    pages = [(one, "") for one in wanted]
    while pages:
        asked, pages = pages[:_AT_ONCE], pages[_AT_ONCE:]
        for (one, _page), answer in zip(asked, _ask(service, asked), strict=True):
            found |= {(flaw["id"], one) for flaw in answer.get("vulns", [])}
            if answer.get("next_page_token"):
                pages.append((one, answer["next_page_token"]))
    return found


def _ask(service: str, asked: Sequence[tuple[Component, str]]) -> list[dict[str, Any]]:
    queries = [
        {
            "package": {"ecosystem": one.ecosystem, "name": one.name},
            "version": one.version,
            **({"page_token": page} if page else {}),
        }
        for one, page in asked
    ]
    if not service.startswith(("https://", "http://")):
        raise NoListError(f"{service} is no address")
    body, kind = json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{service.rstrip('/')}/v1/querybatch", body, kind)  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - looked at above
            results: list[dict[str, Any]] = json.load(answer)["results"]
    except HTTPError as error:
        raise NoListError(f"{service} answered {error.code}") from error
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        raise NoListError(f"{service}: {getattr(error, 'reason', error)}") from error
    if len(results) != len(queries):
        raise NoListError(f"{service} did not answer each question")
    return results


def explained(file: Path) -> dict[Finding, date]:
    """Return until when each flaw that somebody has looked at may stay; a line without a reason ends it all."""
    known = {}
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if not row["why"] or row["severity"] not in DAYS:
                sys.exit(f"alongside: {row['id']} is in {file.name} without a reason, or with a severity of its own.")
            found = row["id"], Component(row["ecosystem"], row["name"], row["version"])
            known[found] = date.fromisoformat(row["known_since"]) + timedelta(days=DAYS[row["severity"]])
    return known


def wrong(found: set[Finding], known: dict[Finding, date], today: date) -> list[str]:
    """Return a sentence for each flaw that nobody has looked at, that is there too long, or is not there any more."""
    return [
        *(f"{flaw}: {one} has it, and nobody has looked at it." for flaw, one in sorted(found - known.keys())),
        *(
            f"{flaw}: {one} was to be brought up to date by {known[flaw, one]}."
            for flaw, one in sorted(found & known.keys())
            if known[flaw, one] < today
        ),
        *(f"{flaw}: {one} is written down and not there any more." for flaw, one in sorted(known.keys() - found)),
    ]


def compare(service: str, locks: Sequence[Path], file: Path) -> list[str]:
    """Compare, say how much was compared, and return what is wrong; raise NoListError where nothing was."""
    wanted = sorted({one for lock in locks for one in components(lock)})
    found = known_flaws(service, [*PLANTED, *wanted])
    missed = [one for one in PLANTED if one not in {where for _flaw, where in found}]
    if missed:
        raise NoListError(f"{service} knows no flaw of {', '.join(map(str, missed))}, which have some")
    found = {(flaw, one) for flaw, one in found if one in wanted}
    print(f"  known flaws: {len(wanted)} components of {len(locks)} lock files compared, {len(found)} flaws known.")
    today = datetime.now(UTC).date()  # noqa: TID251 - the product and its clock are not installed where this runs
    return wrong(found, explained(file), today)


def main() -> None:
    """Compare, and end with 1 where something has to be done, or where nothing could be compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, default=LOCKS)
    parser.add_argument("--explained", type=Path, default=EXPLAINED)
    given = parser.parse_args()
    own = os.environ.get("OSV_URL")
    try:
        todo = compare(own or SERVICE, given.locks, given.explained)
    except NoListError as error:
        said = f"alongside: known flaws: not compared: no list reachable ({error})."
        if own:
            sys.exit(said)
        print(f"{said}\nCompare them where one is, or give the address of one in OSV_URL.")
        return
    if todo:
        head = f"alongside: bring these up to date, or say in {EXPLAINED.relative_to(ROOT)} why not yet:"
        sys.exit("\n".join([head, *todo]))
    print("No component has a known flaw for longer than it may.")


if __name__ == "__main__":
    main()
