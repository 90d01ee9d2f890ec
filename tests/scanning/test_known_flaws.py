"""What the lock files name is compared with a list of known flaws; where none is reachable nobody hears all is well.

The list is a stand-in on this machine that answers as OSV does. Source: docs/security/known-flaws.md; ASVS 15.2.1.
"""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from backend.operations.surroundings import ROOT

TOOL = ROOT / "tools" / "known_flaws.py"
PAGE = ROOT / "docs" / "security" / "known-flaws.md"
WELL = "No component has a known flaw for longer than it may."
OLD = {("PyPI", "jinja2", "2.4.1"): ["GHSA-old"], ("npm", "lodash", "4.17.4"): ["GHSA-older"]}
Named = tuple[str, str, str]


@dataclass
class Service:
    """The list: what it knows of which component, what it was asked, and how much of it fits on one page."""

    known: dict[Named, list[str]] = field(default_factory=lambda: dict(OLD))
    asked: set[Named] = field(default_factory=set)
    page: int = 10
    status: int = 200
    address: str = ""

    def answer(self, query: dict[str, Any]) -> dict[str, Any]:
        """The flaws of one component, and where the next page begins if there is one."""
        package = query["package"]
        one = (package["ecosystem"], package["name"], query["version"])
        self.asked.add(one)
        flaws, at = self.known.get(one, []), int(query.get("page_token", "0"))
        more = {"next_page_token": str(at + self.page)} if at + self.page < len(flaws) else {}
        return {"vulns": [{"id": flaw} for flaw in flaws[at : at + self.page]], **more}


class _Handler(BaseHTTPRequestHandler):
    service: Service

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        data = json.dumps({"results": [self.service.answer(one) for one in queries]}).encode()
        self.send_response(self.service.status if self.path == "/v1/querybatch" else 404)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def _served() -> Iterator[Service]:
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": service}))
    service.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    with _served() as found:
        yield found


@pytest.fixture
def locks(tmp_path: Path) -> list[Path]:
    """A lock file of each kind, with one package that is meant."""
    python, web = tmp_path / "requirements.lock", tmp_path / "package-lock.json"
    python.write_text("django==5.2.99 \\\n    --hash=sha256:00\nattrs==26.1.0 ; sys_platform == 'win32' \\\n")
    packages = {"": {"name": "ours"}, "node_modules/preact": {"version": "10.1.0"}}
    packages["node_modules/vite/node_modules/@scope/inner"] = {"version": "2.0.0"}
    web.write_text(json.dumps({"packages": packages}))
    return [python, web]


def _compared(address: str, *given: Path | str) -> tuple[int, str]:
    """What `make scan` does with it: how it ends, and all that it says."""
    return _run({"OSV_URL": address, "no_proxy": "*"}, *given)


def _run(surroundings: Mapping[str, str], *given: Path | str) -> tuple[int, str]:
    surroundings = {**os.environ, **surroundings}
    command = [sys.executable, str(TOOL), *map(str, given)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _explained(folder: Path, *rows: dict[str, str]) -> list[str]:
    file = folder / "known_flaws.csv"
    head = ["id", "ecosystem", "name", "version", "severity", "known_since", "why"]
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, head)
        writer.writeheader()
        writer.writerows(rows)
    return ["--explained", str(file)]


def _flaw(severity: str, days: int, **more: str) -> dict[str, str]:
    since = datetime.now(UTC).date() - timedelta(days=days)
    one = {"id": "GHSA-new", "ecosystem": "PyPI", "name": "django", "version": "5.2.99"}
    return {**one, "severity": severity, "known_since": since.isoformat(), "why": "Waits for its repair", **more}


def test_a_component_with_a_known_flaw_is_named(service: Service, locks: list[Path]) -> None:
    service.known["npm", "@scope/inner", "2.0.0"] = ["GHSA-planted"]
    code, said = _compared(service.address, *locks)
    assert code == 1
    assert "GHSA-planted: @scope/inner 2.0.0 (npm) has it, and nobody has looked at it." in said
    assert WELL not in said


def test_where_none_has_one_it_says_how_many_were_compared(service: Service, locks: list[Path], tmp_path: Path) -> None:
    code, said = _compared(service.address, *locks, *_explained(tmp_path))
    assert (code, WELL in said) == (0, True), said
    assert "4 components of 2 lock files compared, 0 flaws known." in said


def test_each_package_of_each_lock_file_of_the_product_is_asked_about(service: Service) -> None:
    _compared(service.address)
    for lock in ROOT.glob("requirements*.lock"):
        named = set(re.findall(r"^([\w.-]+)==([^ ]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
        assert named, lock
        assert {("PyPI", *one) for one in named} <= service.asked
    of_npm = [ROOT / folder / "package-lock.json" for folder in ("frontend", "bench/lighthouse")]
    packages = [json.loads(lock.read_text(encoding="utf-8"))["packages"].items() for lock in of_npm]
    named_of_npm = {one for one in service.asked if one[0] == "npm"} - OLD.keys()
    assert {name for _npm, name, _version in named_of_npm} == {
        one.get("name", place.rpartition("node_modules/")[2]) for of_lock in packages for place, one in of_lock if place
    }


def test_what_stands_on_a_second_page_is_found(service: Service, locks: list[Path]) -> None:
    service.known["PyPI", "django", "5.2.99"] = [f"GHSA-{number}" for number in range(25)]
    assert "GHSA-24: django 5.2.99" in _compared(service.address, *locks)[1]


@pytest.mark.parametrize(
    ("severity", "days", "code"),
    [
        ("from_outside", 2, 0),
        ("from_outside", 3, 1),
        ("severe", 14, 0),
        ("severe", 15, 1),
        ("other", 60, 0),
        ("other", 61, 1),
    ],
)
def test_one_that_is_known_may_stay_for_the_time_of_its_severity(
    service: Service, locks: list[Path], tmp_path: Path, severity: str, days: int, code: int
) -> None:
    service.known["PyPI", "django", "5.2.99"] = ["GHSA-new"]
    ended, said = _compared(service.address, *locks, *_explained(tmp_path, _flaw(severity, days)))
    assert (ended, "was to be brought up to date by" in said) == (code, bool(code)), said
    row = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{severity}`"))
    assert int(row.split("|")[3]) == days - code, "the page says another time"


def test_what_is_written_down_and_gone_is_said_too(service: Service, locks: list[Path], tmp_path: Path) -> None:
    code, said = _compared(service.address, *locks, *_explained(tmp_path, _flaw("other", 1)))
    assert (code, "GHSA-new: django 5.2.99 (PyPI) is written down and not there any more." in said) == (1, True)


@pytest.mark.parametrize("more", [{"why": ""}, {"severity": "none"}])
def test_nothing_is_explained_without_a_reason_and_a_severity(
    service: Service, locks: list[Path], tmp_path: Path, more: dict[str, str]
) -> None:
    code, said = _compared(service.address, *locks, *_explained(tmp_path, _flaw("other", 1) | more))
    assert (code, "without a reason, or with a severity of its own" in said) == (1, True)


def test_where_no_list_is_reachable_it_says_so_and_fails(locks: list[Path]) -> None:
    with _served() as gone:
        address = gone.address
    code, said = _compared(address, *locks)
    assert (code, "not compared: no list reachable" in said, WELL in said) == (1, True, False)


@pytest.mark.parametrize("status", [404, 429, 503])
def test_what_answers_with_a_fault_is_no_list(service: Service, locks: list[Path], status: int) -> None:
    service.status = status
    code, said = _compared(service.address, *locks)
    assert (code, f"answered {status}" in said, WELL in said) == (1, True, False)


def test_a_list_that_does_not_know_what_everybody_knows_is_none(service: Service, locks: list[Path]) -> None:
    del service.known["npm", "lodash", "4.17.4"]
    code, said = _compared(service.address, *locks)
    assert (code, "knows no flaw of lodash 4.17.4 (npm)" in said, WELL in said) == (1, True, False)


def test_without_a_way_out_it_says_so_and_not_that_all_is_well(locks: list[Path]) -> None:
    with _served() as gone:
        nowhere = gone.address
    code, said = _run({"OSV_URL": "", "https_proxy": nowhere, "no_proxy": ""}, *locks)
    assert (code, "not compared: no list reachable" in said, WELL in said) == (0, True, False)
