"""What deploy/ says is true of the product: its variables are read, its commands are there, images have one version.

Nothing here starts a container or a unit; `make drill-cluster` runs what it has of a cluster.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from granian.cli import cli

from backend.operations.supervisor import NOT_INHERITED
from backend.operations.surroundings import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OURS = [DEPLOY / name for name in ("web.env", "worker.env", "site.env.example")]
# What Python and the shell read.
_OF_THE_MACHINE = {"PATH", "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE"}
_HARDENED = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes", "CapabilityBoundingSet": ""}


def _variables(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def _read_by_the_product() -> set[str]:
    sources = "".join(path.read_text() for path in (ROOT / "backend").rglob("*.py"))
    return set(re.findall(r'"([A-Z][A-Z0-9_]+)"', sources))


def _known() -> set[str]:
    granian = {str(option.envvar or f"GRANIAN_{str(option.name).upper()}") for option in cli.params}
    return _read_by_the_product() | granian | _OF_THE_MACHINE


def _unit(file: Path) -> list[tuple[str, str]]:
    lines = [line for line in file.read_text().splitlines() if "=" in line and not line.startswith("#")]
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def _commands() -> Iterator[str]:
    texts = [path.read_text() for path in (*UNITS, DEPLOY / "prepare.sh", DEPLOY / "compose.yaml")]
    yield from re.findall(r'manage\.py"?,? "?(\w+)', "\n".join(texts))


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_variable_is_one_that_something_reads(file: Path) -> None:
    assert set(_variables(file)) - _known() == set()


def test_every_variable_of_a_unit_and_of_the_image_is_read() -> None:
    texts = "\n".join(path.read_text() for path in (*UNITS, DEPLOY / "containers" / "Containerfile"))
    set_there = re.findall(r"(?:Environment=|ENV |\s)([A-Z][A-Z0-9_]+)=", texts)
    assert "GRANIAN_HOST" in set_there
    assert set(set_there) - _known() == set()


def test_every_command_that_is_run_is_there() -> None:
    commands = set(_commands())
    assert {"migrate", "secure_tables", "work"} <= commands
    assert commands - set(get_commands()) == set()


def test_every_image_has_one_exact_version() -> None:
    bases = re.findall(r"^FROM (\S+)", (DEPLOY / "containers" / "Containerfile").read_text(), re.MULTILINE)
    images = [*bases, *(one["image"] for one in SERVICES.values() if "build" not in one)]
    assert len(images) >= 5
    assert [image for image in images if not re.search(r":\d+\.\d+(\.\d+)?-[\w-]+$", image)] == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_do_nothing_more_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_is_given_secrets_as_files_that_are_declared(name: str) -> None:
    service = SERVICES[name]
    secrets = [one["source"] if isinstance(one, dict) else one for one in service.get("secrets", [])]
    assert set(secrets) <= set(COMPOSE["secrets"])
    said = [value for key, value in service.get("environment", {}).items() if not key.endswith("_FILE")]
    assert not [value for value in said if "://" in str(value)]


def test_who_serves_has_no_login_of_others() -> None:
    others = {name.lower() for name in NOT_INHERITED}
    assert others & set(SERVICES["web1"]["secrets"]) == set()
    web = (DEPLOY / "systemd" / "alongside-web.service").read_text()
    assert "prepare.secrets" not in web
    assert "worker.secrets" not in web


def test_only_tls_is_open_to_others() -> None:
    assert {name: one["ports"] for name, one in SERVICES.items() if "ports" in one} == {"people": ["443:8443"]}
    port = _variables(DEPLOY / "web.env")["GRANIAN_PORT"]
    environment = SERVICES["people"]["environment"]
    assert {environment["WEB1"], environment["WEB2"]} == {f"web1:{port}", f"web2:{port}"}
    assert f"localhost:{port}/" in str(SERVICES["web1"]["healthcheck"]["test"])


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_may_do_nothing_more_than_it_needs(file: Path) -> None:
    assert _HARDENED.items() <= dict(_unit(file)).items()
    assert dict(_unit(file))["User"] == "alongside"


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_systemd_understands_a_unit(file: Path, tmp_path: Path) -> None:
    analyse = shutil.which("systemd-analyze")
    if not analyse:
        pytest.skip("no systemd-analyze on this machine")
    here = file.read_text().replace("/opt/alongside", str(ROOT))
    copies = [tmp_path / one.name for one in UNITS]
    for copy in copies:
        copy.write_text(here if copy.name == file.name else (DEPLOY / "systemd" / copy.name).read_text())
    told = subprocess.run([analyse, "verify", tmp_path / file.name], capture_output=True, text=True, check=False)
    about = [line for line in told.stderr.splitlines() if file.name in line]
    assert about == []
