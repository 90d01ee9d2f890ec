"""Shows each scanner planted flaws, then the product: `make scan` fails where one finds none, or what nobody explained.

Runs by .tools/scan/bin/python, where the scanners are; none of them asks anything of a network.
What does is tools/known_flaws.py.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLANTED = ROOT / "tests" / "scanning" / "flawed.py.txt"
EXPLAINED = ROOT / "tests" / "scanning" / "explained.csv"
BILLS = {"server.json": ROOT / "requirements.lock", "web.json": ROOT / "frontend" / "package-lock.json"}
# Written by a program, or by npm and uv with sums of their own.
NOT_TYPED = (".lock", "package-lock.json", "docs/reference/openapi.yaml", "schema.d.ts")
MADE_UP = ("tests/", "frontend/tests/", "fixtures/", "bench/")
Finding = tuple[str, str]
Scanner = Callable[[Path, Sequence[str]], Counter[Finding]]


def bandit(folder: Path, files: Sequence[str]) -> Counter[Finding]:
    """Return what bandit finds of at least medium weight: file and rule."""
    python = [file for file in files if file.endswith(".py")]
    said = _run(folder, ["bandit", "-q", "-ll", "-f", "json", *python])["results"]
    return Counter((one["filename"].removeprefix("./"), f"{one['test_id']} {one['test_name']}") for one in said)


def detect_secrets(folder: Path, files: Sequence[str]) -> Counter[Finding]:
    """Return what looks like a secret: file and kind."""
    said = _run(folder, ["detect-secrets", "scan", "--all-files", *files])["results"]
    return Counter((file, one["type"]) for file, ones in said.items() for one in ones)


# The least that each has to find in the planted file.
SCANNERS: dict[str, tuple[Scanner, set[str]]] = {
    "bandit": (
        bandit,
        {
            "B301 blacklist",
            "B307 blacklist",
            "B308 blacklist",
            "B324 hashlib",
            "B506 yaml_load",
            "B602 subprocess_popen_with_shell_equals_true",
        },
    ),
    "detect-secrets": (detect_secrets, {"GitHub Token", "Private Key", "Secret Keyword"}),
}


def _run(folder: Path, command: Sequence[str]) -> dict[str, Any]:
    tool = Path(sys.executable).parent / command[0]
    done = subprocess.run([str(tool), *command[1:]], cwd=folder, capture_output=True, text=True, check=False)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        sys.exit(f"alongside: {command[0]} did not answer.\n{done.stderr[-2000:]}")
    return answer


def _product() -> list[str]:
    """Return every file of the product that somebody typed; tests hold made-up secrets on purpose."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = (name for name in listed.splitlines() if not name.startswith(MADE_UP))
    return [name for name in names if not name.endswith(NOT_TYPED) and (ROOT / name).is_file()]


def _explained() -> dict[str, Counter[Finding]]:
    """Return what is known: by scanner, how many of each rule there may be in each file."""
    known: dict[str, Counter[Finding]] = {name: Counter() for name in SCANNERS}
    with EXPLAINED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["why"]:
                sys.exit(f"alongside: {row['file']} is in {EXPLAINED.name} without a reason.")
            known[row["scanner"]][row["file"], row["what"]] = int(row["times"])
    return known


def _planted(scan: Scanner) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "flawed.py"
        copy.write_text(PLANTED.read_text(encoding="utf-8"), encoding="utf-8")
        return {what for _file, what in scan(copy.parent, [copy.name])}


def _scan(name: str, files: Sequence[str], known: Counter[Finding]) -> list[str]:
    scan, least = SCANNERS[name]
    missed = least - _planted(scan)
    if missed:
        return [f"{name} does not find what was planted: {', '.join(sorted(missed))}"]
    seen = scan(ROOT, files)
    new = [f"{name}: {file}: {what}, {times} times" for (file, what), times in (seen - known).items()]
    gone = [f"{name}: {file}: {what} is explained and not there" for (file, what) in known - seen]
    print(f"  {name}: finds what was planted; in the product {seen.total()}, {len(new)} of them new.")
    return [*new, *gone]


def _bills() -> list[str]:
    """Say how many packages each bill of materials names; complain where it is none."""
    wrong = []
    for name, lock in BILLS.items():
        packages = _locked(lock.read_text(encoding="utf-8"), is_npm=lock.suffix == ".json")
        billed = len(json.loads((ROOT / "var" / "sbom" / name).read_text(encoding="utf-8"))["components"])
        print(f"  var/sbom/{name}: {billed} packages; the lock names {packages}.")
        if billed == 0:
            wrong.append(f"var/sbom/{name} names nothing.")
    return wrong


def _locked(text: str, *, is_npm: bool) -> int:
    return len(json.loads(text)["packages"]) - 1 if is_npm else len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))


def main() -> None:
    """Scan, and end with 1 where something has to be looked at."""
    files, known = _product(), _explained()
    wrong = [*_bills(), *(line for name in SCANNERS for line in _scan(name, files, known[name]))]
    if wrong:
        sys.exit(
            "\n".join(["alongside: look at these, mend them, or say in tests/scanning/explained.csv why not:", *wrong])
        )
    print("Nothing was found that is not explained.")


if __name__ == "__main__":
    main()
