"""Who writes: only `audit.record()` saves a tracked record, and each place that writes anything else is named here."""

import ast
from collections.abc import Iterator

from backend.access.policy import Permission
from backend.access.row_security import SCOPES, our_models
from backend.core.models import Versioned
from backend.workflow import confirmations
from tests.architecture.catalogue import BACKEND, beginning, calls, dotted, sources, tracked_models

ORM_WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "raw",
}
THE_ONE_WRITER = "backend/audit/commands.py"
# Every other file that writes rows, and of which untracked tables: what is not here must go through record().
WRITES_OF: dict[str, str] = {
    "backend/access/factors.py": "second factors that were lost, and the sessions with them",
    "backend/access/security.py": "sessions",
    "backend/administration/commands/conflicts.py": "declared conflicts of interest",
    "backend/administration/commands/inviting.py": "links for a password, and the password",
    "backend/administration/commands/sending_links.py": "links for a password",
    "backend/administration/commands/saving.py": "lists kept under a name",
    "backend/agencies/models.py": "people, by the owner",
    "backend/agencies/reference.py": "reference data, by the owner",
    "backend/audit/checkpoints.py": "signed roots of the access log",
    "backend/cases/commands/alerting.py": "what visitors must know, beside the event of its case",
    "backend/cases/commands/detailing.py": "protected addresses, beside the event of the child's details",
    "backend/children/models.py": "the keys of a child, in step with what they are made of",
    "backend/configuration/reference.py": "what the product came with, by the owner",
    "backend/deadlines/commands.py": "clocks",
    "backend/deadlines/jobs.py": "clocks",
    "backend/deadlines/winding.py": "clocks",
    "backend/demonstration/papers.py": "pictures, in memory",
    "backend/documents/inspecting/images.py": "pictures, in memory",
    "backend/documents/previewing.py": "pictures, to standard output",
    "backend/documents/storing.py": "files of the document store, no rows",
    "backend/drafts/commands.py": "drafts",
    "backend/drafts/jobs.py": "drafts",
    "backend/exports/commands/asking.py": "exports, which say nothing of a child",
    "backend/exports/commands/keeping.py": "exports",
    "backend/exports/commands/making.py": "exports",
    "backend/exports/commands/repeating.py": "repeats of exports",
    "backend/rights/commands/deciding.py": "what is given of a copied passage",
    "backend/rights/commands/keeping.py": "copies that were given, and are not kept",
    "backend/rights/commands/requesting.py": "how far the copy of a request is",
    "backend/rights/commands/working.py": "how far the copy of a request is, and its passages",
    "backend/reports/commands.py": "reports, each written once and never changed",
    "backend/notifications/commands.py": "outbox, messages",
    "backend/notifications/delivery.py": "outbox, messages, emails",
    "backend/notifications/email.py": "emails",
    "backend/notifications/heartbeat.py": "heartbeats",
    "backend/notifications/retention.py": "outbox rows and emails sent long ago",
    "backend/demonstration/aftermath.py": "messages, as if the demo city's people had read them",
    "backend/demonstration/emergencies.py": "access rows of days before there was anybody, by the owner",
    "backend/demonstration/curious.py": "the same, of what is unusual",
    "backend/demonstration/city.py": "its own note of the city",
    "backend/demonstration/growing.py": "its own note of the city",
    "backend/demonstration/emptying.py": "its own note of the city, by the owner",
    "backend/demonstration/walking.py": "clocks, as if the worker had looked at them",
    "backend/operations/incident.py": "who is let in, sessions, and messages of an incident, by the owner",
    "backend/oversight/commands.py": "what was opened in emergencies, made by a function and judged by triggers",
    "backend/oversight/reviewing.py": "what others say of it, judged by triggers",
    "backend/oversight/watching.py": "what was read that is unusual, and the worker's notes for it",
    "backend/referrals/commands/feedback.py": "status links",
    "backend/referrals/commands/moving.py": "offers",
    "backend/referrals/commands/sending_links.py": "status links",
    "backend/retention/commands/computing.py": "days on which records become due",
    "backend/workflow/idempotency.py": "old keys",
}
CALLS_A_COMMAND = {"drafts.save", "commands.save"}
# Plain `state` columns that are no machine's: deliveries and offers.
SETS_A_PLAIN_STATE = {
    "backend/notifications/attempts.py": "deliveries",
    "backend/notifications/commands.py": "deliveries",
    "backend/referrals/commands/moving.py": "offers",
    "backend/rights/commands/working.py": "copies that are made",
}


def _is_queryset_update(call: ast.Call) -> bool:
    """`.update(column=…)`: dictionaries and sets take positional values."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "update" and bool(call.keywords) and not call.args


def _writes() -> Iterator[tuple[str, ast.Call]]:
    for path, tree, _ in sources():
        for call in calls(tree):
            if not isinstance(call.func, ast.Attribute) or ast.unparse(call.func) in CALLS_A_COMMAND:
                continue
            if call.func.attr in ORM_WRITES or _is_queryset_update(call):
                yield path, call


def _tracked_names() -> set[str]:
    return {model.__name__ for model in tracked_models()}


def test_only_record_saves_a_tracked_record() -> None:
    """A write by name of the model: `Referral.objects.create(…)`, `Case.objects.filter(…).update(…)`."""
    wrong = [
        f"{path}:{call.lineno} {ast.unparse(call.func)}"
        for path, call in _writes()
        if beginning(call.func) in _tracked_names() and path != THE_ONE_WRITER
    ]
    assert wrong == []


def test_every_file_that_writes_rows_is_named_with_what_it_writes() -> None:
    """A variable may hold anything: files that save, create, update or delete at all are few and listed."""
    found: dict[str, list[str]] = {}
    for path, call in _writes():
        if path != THE_ONE_WRITER and not _is_part_row(path, call):
            found.setdefault(path, []).append(f"{call.lineno} {ast.unparse(call.func)}")
    assert {path: places for path, places in found.items() if path not in WRITES_OF} == {}
    assert sorted(set(WRITES_OF) - set(found)) == [], "it writes nothing any more: take it off the list"


def _is_part_row(path: str, call: ast.Call) -> bool:
    """Rows without versions that belong to a root (statements, offers, decisions) are written by name, in commands."""
    name = beginning(call.func)
    in_commands = "commands" in path or path.startswith(("backend/referrals/", "backend/sharing/", "backend/cases/"))
    return in_commands and name in _untracked_names() and name not in _tracked_names()


def _untracked_names() -> set[str]:
    return {model.__name__ for model in our_models() if not issubclass(model, Versioned)}


def test_no_code_assigns_a_state() -> None:
    """Only an FSM method moves a state; it is set by the library, never by name."""
    wrong = []
    for path, tree, _ in sources():
        if path in SETS_A_PLAIN_STATE:
            continue
        for node in ast.walk(tree):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AugAssign)
                else []
            )
            wrong += [f"{path}:{node.lineno}" for target in targets if _sets_state(target)]
            if isinstance(node, ast.Call) and dotted(node.func) == "setattr" and "state" in ast.unparse(node):
                wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _sets_state(target: ast.expr) -> bool:
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return any(isinstance(part, ast.Attribute) and part.attr == "state" for part in parts)


def test_no_tracked_record_is_made_in_a_state() -> None:
    wrong = [
        f"{path}:{call.lineno}"
        for path, tree, _ in sources()
        for call in calls(tree)
        if beginning(call.func) in _tracked_names()
        and dotted(call.func).rpartition(".")[2] not in ("filter", "exclude", "get")
        if any(keyword.arg == "state" for keyword in call.keywords)
        if not _is_query(call)
    ]
    assert wrong == []


def _is_query(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("filter", "exclude", "get", "only", "order_by")


def test_sql_in_python_never_writes_a_tracked_table() -> None:
    tables = {model._meta.db_table for model in tracked_models()}
    wrong = []
    for path, tree, _ in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.upper().split()
                writes = {"UPDATE", "INSERT", "DELETE"} & set(words[:1])
                if writes and any(table in node.value for table in tables):
                    wrong.append(f"{path}:{node.lineno}")
    assert wrong == []


def test_every_edge_of_every_machine_has_a_permission_of_its_own_name() -> None:
    for noun, machine in confirmations.machines.items():
        for name, edge in machine.edges.items():
            assert edge.permission.value == f"{noun}.{name}", f"{noun}.{name} asks for {edge.permission}"


def test_every_permission_that_names_an_edge_has_one() -> None:
    """A permission nobody asks for is a promise nobody keeps."""
    asked = {edge.permission for machine in confirmations.machines.values() for edge in machine.edges.values()}
    spelled = {
        Permission[dotted(node).rpartition(".")[2]]
        for path, tree, _ in sources()
        if path
        not in (
            "backend/access/policy.py",
            "backend/access/panels.py",
            "backend/access/voices.py",
            "backend/access/rights.py",
            "backend/access/retention.py",
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and dotted(node).startswith("Permission.")
        and node.attr in Permission.__members__
    }
    # Some are asked in the database alone, by the column of the generated access_scope that stands for them.
    statements = "".join(path.read_text(encoding="utf-8") for path in BACKEND.rglob("sql/*.sql"))
    projected = {name for column, names in SCOPES.items() if f"s.{column}" in statements for name in names}
    assert set(Permission) - asked - spelled - projected == set()


def test_verbs_are_a_noun_a_dot_and_an_imperative() -> None:
    nouns = {"referral", "information_request", "case", "transfer", "child", "confirmation", "agreement", "disclosure"}
    nouns |= {"task", "moment", "service", "note", "disagreement", "assessment", "case_choice"}
    nouns |= {"goal", "action", "plan", "meeting", "score"}
    nouns |= {"document"}
    nouns |= {"death"}
    nouns |= {"team_member"}
    nouns |= {"lead_request"}
    nouns |= {"relationship", "concern", "same_person"}
    nouns |= {"intervention", "session"}
    nouns |= {"panel", "panel_item"}
    nouns |= {"hold", "disposal"}
    nouns |= {"saying", "subject_request", "rectification"}
    for path, tree, _ in sources():
        for call in calls(tree):
            if dotted(call.func).rpartition(".")[2] != "record" or len(call.args) < 2:
                continue
            verb = call.args[1]
            if isinstance(verb, ast.Constant):
                noun, _, act = str(verb.value).partition(".")
                assert noun in nouns, f"{path}:{call.lineno} {verb.value}"
                assert act, f"{path}:{call.lineno} {verb.value}"
