"""Each check of `make check` is shown a planted flaw: one that finds nothing proves nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backend.operations.surroundings import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "tools/locks/uv.txt", "tools/locks/node.txt"]
NPM = [f"{folder}/{name}" for folder in ("frontend", "bench/lighthouse") for name in ("package-lock.json", ".npmrc")]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in LOCKS + NPM:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def hosts_named(folder: Path) -> bool:
    command = ["sh", str(ROOT / "tools" / "lock_hosts.sh"), str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_lock_files_name_no_host(copy: Path) -> None:
    assert not hosts_named(copy)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("requirements.lock", "--index-url https://packages.invalid/simple\n"),
        ("requirements-dev.lock", "thing @ https://packages.invalid/thing.whl\n"),
        ("tools/locks/uv.txt", "--find-links /somewhere\n"),
        ("frontend/package-lock.json", '      "resolved": "https://packages.invalid/a.tgz",\n'),
        ("frontend/.npmrc", "registry=https://packages.invalid/\n"),
        ("bench/lighthouse/package-lock.json", '      "resolved": "https://packages.invalid/a.tgz",\n'),
    ],
)
def test_a_host_in_a_lock_file_is_found(copy: Path, name: str, line: str) -> None:
    with (copy / name).open("a") as file:
        file.write(line)
    assert hosts_named(copy)


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("TID251", '"""M."""\n\nfrom django.utils import timezone\n\nMOMENT = timezone.now()\n'),
        ("TID251", '"""M."""\n\nfrom datetime import UTC, datetime\n\nMOMENT = datetime.now(UTC)\n'),
        ("PLC0415", '"""M."""\n\n\ndef late() -> None:\n    """Do."""\n    import json\n\n    json.loads("1")\n'),
        ("T201", '"""M."""\n\nprint("said")\n'),
        (
            "C901",
            '"""M."""\n\n\ndef long(x: int) -> int:\n    """Do."""\n'
            + "".join(f"    if x == {n}:\n        x += {n}\n" for n in range(11))
            + "    return x\n",
        ),
        ("D100", "X = 1\n"),
        ("ANN001", '"""M."""\n\n\ndef untyped(x) -> None:\n    """Do."""\n'),
    ],
)
def test_ruff_finds(code: str, source: str) -> None:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--output-format",
        "concise",
        "--stdin-filename",
        "backend/x/queries.py",
        "-",
    ]
    found = subprocess.run(command, input=source, capture_output=True, text=True, check=False, cwd=ROOT)
    assert code in found.stdout
