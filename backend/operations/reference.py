"""Writes docs/reference from the code: the API's schema, every machine as a diagram, and the permission table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from backend.access import policy
from backend.access.policy import Permission
from backend.workflow.confirmations import machines
from backend.workflow.machine import Machine

_HEAD = "<!-- Generated from the code by `make schema`; `make check` fails when it differs. -->\n"


def write(folder: Path) -> list[Path]:
    """Write every generated document into `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = {"openapi.yaml": openapi(), "states.md": states(), "permissions.md": permissions()}
    written = []
    for name, text in documents.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def openapi() -> str:
    """Return the OpenAPI schema as YAML."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call] # the library has no types
    rendered: bytes = OpenApiYamlRenderer().render(schema, renderer_context={})  # type: ignore[no-untyped-call] # nor this
    return rendered.decode()


def states() -> str:
    """Return every machine: a diagram, and each edge with who may take it and what it does to the clocks."""
    parts = [_HEAD, "# States and edges", ""]
    for noun in sorted(machines):
        parts += _machine(noun, machines[noun])
    return "\n".join(parts) + "\n"


def _machine(noun: str, machine: Machine[Any]) -> Iterator[str]:
    yield f"## {noun.replace('_', ' ').capitalize()}"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state, label in machine.labels.items():
        yield f"    {state}: {label}"
    for name in machine.edges:
        for source in sorted(machine.sources(name)):
            for target in sorted(machine.targets(name)):
                yield f"    {source} --> {target}: {name}"
    yield "```"
    yield ""
    yield "| edge | from | to | who | starts | meets | second person |"
    yield "|---|---|---|---|---|---|---|"
    for name, edge in machine.edges.items():
        cells = [
            f"`{name}`",
            ", ".join(sorted(machine.sources(name))),
            ", ".join(sorted(machine.targets(name))) or "same",
            _who(edge.permission),
            ", ".join(edge.clocks.starts),
            ", ".join(edge.clocks.meets),
            "where needed" if edge.second_person else "",
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""


def permissions() -> str:
    """Return the permission table in words."""
    rows = [_HEAD, "# Who may do what", "", "Not listed means no.", "", "| permission | who |", "|---|---|"]
    rows += [f"| `{permission.value}` | {_who(permission)} |" for permission in Permission]
    return "\n".join(rows) + "\n"


def _who(permission: Permission) -> str:
    return "; ".join(f"{roles} @ {place}" if place else roles for roles, place in policy.describe(permission))
