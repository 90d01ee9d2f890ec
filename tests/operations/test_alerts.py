"""The alerts that are offered name metrics that there are, and each says what to do."""

import re
from typing import Any

import pytest
import yaml

from backend.operations.surroundings import ROOT
from backend.operations.watching import dependencies, requests, work
from backend.operations.watching.standing import Standing

HOW_TO = ROOT / "docs" / "how-to"
RULES: list[dict[str, Any]] = yaml.safe_load((HOW_TO / "alerts.yaml").read_text())["groups"][0]["rules"]
# Made where they are asked for, without a table of their own.
ELSEWHERE = {
    "alongside_healthy": {"dependency"},
    "alongside_disk_free_bytes": {"folder"},
    "alongside_disk_bytes": {"folder"},
    "alongside_backup_age_seconds": set(),
}
CHECKED = {"database", "migrations", "worker", "outbox", "archive", "documents", "disk", "backup"}


def metrics() -> dict[str, set[str]]:
    """Every name that is served, with its labels."""
    found: dict[str, set[str]] = dict(ELSEWHERE)
    for module in (requests, work):
        for one in vars(module).values():
            if hasattr(one, "describe") and hasattr(one, "_labelnames"):
                (family,) = one.describe()
                labels = set(one._labelnames)
                for ending in {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(
                    family.type, ("",)
                ):
                    found[family.name + ending] = labels | ({"le"} if ending == "_bucket" else set())
    return found | {family.name: set(family._labelnames) for family in Standing().describe()}


def test_there_are_ten_and_each_is_explained() -> None:
    told = (HOW_TO / "watch-it.md").read_text()
    assert len(RULES) == 10
    for rule in RULES:
        assert f"`{rule['alert']}`" in told
        assert rule["labels"]["severity"] in {"page", "ticket"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_metrics_and_labels_that_there_are(rule: dict[str, Any]) -> None:
    known, asked = metrics(), re.findall(r"(alongside_\w+)(?:\{([^}]*)\})?", rule["expr"])
    assert asked
    for name, labels in asked:
        assert name in known
        said = re.findall(r'(\w+)[=!]~?"([^"]*)"', labels)
        assert {label for label, _value in said} <= known[name]
        for label, value in said:
            if label == "dependency":
                assert set(value.split("|")) <= CHECKED


def test_the_page_names_no_metric_that_there_is_not() -> None:
    told = set(re.findall(r"alongside_\w+", (HOW_TO / "watch-it.md").read_text()))
    assert told <= set(metrics())
    assert set(metrics()) - {name for name in metrics() if name.endswith(("_sum", "_count"))} <= told


def test_every_check_is_known_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_FOLDER", "/nowhere")
    assert {*dependencies._asked_of_the_database(None), "documents", "disk", "backup"} == CHECKED  # type: ignore[arg-type] # nobody is asked
