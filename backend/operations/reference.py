"""Writes docs/reference from the code: the API's schema, every machine as a diagram, the permission table, the form."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from backend.access import policy
from backend.access.policy import NEEDS_FRESH_SIGN_IN, Permission
from backend.referrals.form.effort import SHORTEST, Effort, effort
from backend.referrals.form.parts import Circumstances, Field
from backend.referrals.form.sections import SECTIONS
from backend.workflow.confirmations import machines
from backend.workflow.machine import Machine

_HEAD = "<!-- Generated from the code by `make schema`; `make check` fails when it differs. -->\n"


def write(folder: Path) -> list[Path]:
    """Write every generated document into `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = {"openapi.yaml": openapi(), "states.md": states(), "permissions.md": permissions()}
    documents["referral-form.md"] = referral_form()
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


_FRESH = "; **fresh sign-in**"


def permissions() -> str:
    """Return the permission table in words."""
    rows = [_HEAD, "# Who may do what", "", "Not listed means no.", "", "| permission | who |", "|---|---|"]
    rows += [
        f"| `{permission.value}` | {_who(permission)}{_FRESH if permission in NEEDS_FRESH_SIGN_IN else ''} |"
        for permission in Permission
    ]
    return "\n".join(rows) + "\n"


def referral_form() -> str:
    """Return what the referral form asks, question by question, and what the shortest honest referral takes."""
    sender = Circumstances("school", "front_door", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), ())
    shortest = effort(SHORTEST, sender)
    rows = [_HEAD, "# The referral form", "", *_shortest(shortest)]
    for section in SECTIONS:
        rows += ["", f"## {section.title}", "", f"*{section.group}*", ""]
        rows += ["| question | kind | needed | also |", "|---|---|---|---|"]
        rows += [_question(field) for field in section.fields]
    return "\n".join(rows) + "\n"


def _shortest(taken: Effort) -> Iterator[str]:
    yield "## The shortest honest referral"
    yield ""
    yield "Counted from the form itself (`backend/referrals/form/effort.py`): a teacher who knows the child’s name,"
    yield "birthday, postcode and school, saw what worries them, and says “not known” where nobody could ask."
    yield ""
    yield "| tasks | pages | questions seen | answers given | clicks | keys | minutes |"
    yield "|---|---|---|---|---|---|---|"
    counted = (taken.tasks, taken.pages, taken.questions, taken.answers, taken.clicks, taken.keys)
    yield f"| {' | '.join(map(str, counted))} | {taken.minutes:.1f} |"
    yield ""
    yield "Minutes: keystroke-level model (0.28 s a key, 1.3 s a click, 1.35 s to decide), 4 s to read each question."
    yield "The bar is ten minutes for a prepared practitioner, who writes more than one sentence."


def _question(field: Field) -> str:
    also = [
        "“not known” is an answer" if field.not_known else "",
        f"codes: `{field.vocabulary}`" if field.vocabulary else "",
        f"only if `{field.show_if.field}` asks for it" if field.show_if else "",
        "the family’s: copied for brothers and sisters" if field.shared else "",
        f"marked `{field.mark.value}`{f' if `{field.mark_if}`' if field.mark_if else ''}" if field.mark else "",
        f"each: {', '.join(part.label for part in field.fields)}" if field.fields else "",
    ]
    needed = "yes" if field.required else "no"
    return f"| {field.label} | {field.kind.replace('_', ' ')} | {needed} | {'; '.join(one for one in also if one)} |"


def _who(permission: Permission) -> str:
    return "; ".join(f"{roles} @ {place}" if place else roles for roles, place in policy.describe(permission))
