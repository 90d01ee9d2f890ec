"""The shape of the source: short files, short functions, one clock, names that say what a thing is, time told once."""

import ast

import pytest

from tests.architecture.catalogue import BACKEND, calls, dotted, sources

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
# Each may only get shorter, and leaves this list when it is short enough.
LONG_FILES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}
# Tables, of which nobody reads more than a line; an enumeration cannot stand in two files.
TABLES = {"backend/access/permissions.py"}
# Words that say nothing about what is inside.
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "misc",
    "managers",
    "tools",
    "base",
}
# Django looks for an engine there, and nowhere else.
NAMED_BY_OTHERS = {"core/postgresql/base.py"}
OTHER_CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "timezone.localdate",
    "timezone.localtime",
    "Now",
}
# Where the machine's or the database's clock is meant, each with its reason.
MAY_USE_OTHER_CLOCKS = {
    ("backend/core/clock.py", "datetime.now"): "it is the clock",
    ("backend/core/clock.py", "Now"): "what begins does so by the database's word",
    ("backend/audit/models.py", "Now"): "recorded_at is the database's word, not ours",
    ("backend/moments/models.py", "Now"): "written_at says in which transaction, to the database's own clock",
    (
        "backend/notifications/heartbeat.py",
        "Now",
    ): "a sign of life is real time",
}


def test_files_are_short() -> None:
    lengths = {path: text.count("\n") for path, _, text in sources() if path not in TABLES}
    long = {path: length for path, length in lengths.items() if length > LONGEST_FILE}
    _assert_only_shrinks(long, LONG_FILES)


def test_functions_are_short() -> None:
    long = {}
    for path, tree, _ in sources():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{path}:{node.name}"] = length
    _assert_only_shrinks(long, LONG_FUNCTIONS)


def _assert_only_shrinks(long: dict[str, int], allowed: dict[str, int]) -> None:
    grown = {name: length for name, length in long.items() if length > allowed.get(name, 0)}
    assert grown == {}, "split it: the list of exceptions only shrinks"


def test_every_file_opens_with_one_sentence_that_says_what_it_is_for() -> None:
    silent = [path for path, tree, text in sources() if text.strip() and not ast.get_docstring(tree)]
    assert silent == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    empty = [
        path.relative_to(BACKEND).as_posix()
        for path in BACKEND.rglob("*")
        if path.suffix in ("", ".py") and path.stem in EMPTY_NAMES and "__pycache__" not in path.parts
    ]
    assert set(empty) == NAMED_BY_OTHERS


def test_only_the_clock_reads_the_time() -> None:
    found = {
        (path, name)
        for path, tree, _ in sources()
        for call in calls(tree)
        for name in [_last_two(dotted(call.func))]
        if name in OTHER_CLOCKS and not path.startswith("backend/operations/")
    }
    assert found == set(MAY_USE_OTHER_CLOCKS)


def _last_two(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def test_no_column_takes_its_time_from_the_machine() -> None:
    wrong = [
        f"{path}:{keyword.arg}"
        for path, tree, _ in sources()
        for call in calls(tree)
        for keyword in call.keywords
        if keyword.arg in ("auto_now", "auto_now_add")
    ]
    assert wrong == []


def test_no_app_sends_signals_of_its_own() -> None:
    """Upper rungs register in ready(); a signal of ours would be a call nobody can follow."""
    made = [
        path
        for path, tree, _ in sources()
        for call in calls(tree)
        if dotted(call.func).rpartition(".")[2] == "Signal" and not path.startswith("backend/operations/")
    ]
    assert made == []


@pytest.mark.parametrize("banned", ["refresh_from_db", "full_clean("])
def test_no_code_calls_what_the_state_machine_library_cannot_bear(banned: str) -> None:
    """pitfalls.md: refresh_from_db turns protection of the state off for the whole process; full_clean assigns it."""
    assert [path for path, _, text in sources() if banned in text] == []


def test_states_files_know_no_table_no_request_and_no_other_record() -> None:
    """FSM methods only set fields on self: what could do input or output is not even imported."""
    standard = ("typing", "collections.abc", "datetime", "uuid")
    allowed = (*standard, "django.db", "django_fsm", "backend.access.actors", "backend.core")
    for path, tree, _ in sources():
        if not (path.endswith("/states.py") or "/states/" in path):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.startswith(allowed), f"{path} imports {node.module}"
                assert "connection" not in {name.name for name in node.names}, path
        written = {call.func.attr for call in calls(tree) if isinstance(call.func, ast.Attribute)}
        assert written.isdisjoint({"save", "create", "update", "delete", "filter", "refresh_from_db"}), path


def test_no_state_leaves_every_state() -> None:
    """`source="*"` leaves ended states too: list the sources."""
    found = [
        path
        for path, tree, _ in sources()
        for call in calls(tree)
        if dotted(call.func) == "transition"
        for keyword in call.keywords
        if keyword.arg == "source" and isinstance(keyword.value, ast.Constant) and keyword.value.value in ("*", "+")
    ]
    assert found == []
