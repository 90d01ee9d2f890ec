"""Copies a filled city over and over, by COPY: the same distributions, as many referrals as one likes.

A row of a record is taken as the text that PostgreSQL gives of it. Every key of a record in it, also inside JSON, a
path or a history, becomes another key, the same one everywhere in one copy; every reference that is read aloud becomes
one that nobody has. Whatever is not a record (people, agencies, services, rules) stands once, as in the city. A copy is
of everything, or only of what is past: the same people have no more open work, however long they have worked. Children
have other names in each copy (naming.py), and dates are the same. A copy of a child adds to the figures of an agency
what the child adds, on the same days: its shares are copied like any row.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import psycopg
from psycopg import sql

from backend.core.ids import ALPHABET, check_character
from bench.city.naming import Names, bears_names
from bench.city.past import past

# Tables that hold no record, or nothing that a page of lists and figures reads. A link for who has no account is a
# secret that is unique; what was sent to people is a third of all rows.
_ONCE = (
    "access_conflict",
    "access_markscope",
    "access_passage",
    "access_scope",
    "access_session",
    "account_",
    "administration_",
    "agencies_",
    "audit_accesslog",
    "audit_checkpoint",
    "audit_leaf",
    "auth_",
    "configuration_",
    "demonstration_",
    "directory_",
    "django_",
    "drafts_",
    "exports_",
    # Sums, and what is still to be counted; the shares they are sums of belong to children.
    "insights_c",
    "insights_published",
    "notifications_",
    # Who read what, as the worker took it from the log, which is not copied either: one question of a person at once.
    "oversight_readingday",
    "oversight_unusual",
    "oversight_watch",
    "procrastinate_",
    "referrals_statuslink",
    "reports_",
    "workflow_idempotencykey",
    "worklists_",
)
_KEY = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_REFERENCE = f"[A-Z]-[{ALPHABET}]{{3}}-[{ALPHABET}]{{5}}"
# Where a document lies: under a name that nothing else has.
_STORED = "[0-9a-f]{2}/[0-9a-f]{32}"
_NAMES = re.compile(f"({_KEY}|{_STORED}|\\b{_REFERENCE}\\b)")
_BODIES = len(ALPHABET) ** 7
# Odd, so that no two copies get the same mask.
_SPREAD = 0x9E3779B97F4B
_COLUMNS = """SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND is_identity = 'NO'
    ORDER BY ordinal_position"""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table as text, cut where something differs from copy to copy."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Source:
    """A filled city, ready to be copied."""

    def __init__(self, url: str) -> None:
        """Read all of it: some tens of thousands of rows."""
        with psycopg.connect(url) as server:
            names = [name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            self.tables = [_read(server, name) for name in sorted(names) if not name.startswith(_ONCE)]
            self._keys = {key for table in self.tables for key in _keys_of(server, table)}
            found = {piece for table in self.tables for row in table.rows for piece in row[1::2] if piece[1] == "-"}
            self._places = {reference: place for place, reference in enumerate(sorted(found))}
            self._free_from = _widest_gap(sorted(_value(one) for one in found))
            self.past = past(server, (self._names_in(row) for table in self.tables for row in table.rows))
            referrals = [key for (key,) in server.execute("SELECT id::text FROM referrals_referral")]
        self._names = Names(_children(self.tables))
        self.referrals = len(referrals)
        self.past_referrals = sum(key in self.past for key in referrals)

    def only_past(self, table: Table) -> Table:
        """Return the rows of a table that are about nothing that is open."""
        return replace(table, rows=[row for row in table.rows if self.past.issuperset(self._names_in(row))])

    def copied(self, table: Table, copies: range) -> Iterator[str]:
        """Yield the rows of a table once for each copy, as COPY reads them; the copy of number 0 is the original."""
        # Text that stays and names that change in turn, so that a copy is one assignment and one join.
        text, names = _apart(table, self._is_ours)
        known = list(dict.fromkeys(names))
        places = {name: place for place, name in enumerate(known)}
        order = [places[name] for name in names]
        renames = bears_names(table.name)
        for number in copies:
            others = [self._other(name, number) for name in known] if number else known
            text[1::2] = [others[place] for place in order]
            copy = "".join(text)
            yield "".join(self._names.renamed(table.columns, copy, number)) if renames and number else copy

    def _names_in(self, row: Sequence[str]) -> Sequence[str]:
        return [piece for piece in row[1::2] if self._is_ours(piece)]

    def _is_ours(self, piece: str) -> bool:
        return piece in self._keys or piece in self._places or piece[2] == "/"

    def _other(self, name: str, number: int) -> str:
        if name in self._places:
            return _reference(name[0], self._free_from + number * len(self._places) + self._places[name])
        # The time in a key stays: keys sort as things happened.
        head, tail = name[:-12], name[-12:]
        return f"{head}{int(tail, 16) ^ (number * _SPREAD & 0xFFFFFFFFFFFF):012x}"


def _apart(table: Table, is_ours: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Return the text of a table with a gap for each name that is another in each copy, and what was in the gaps."""
    text: list[str] = []
    names: list[str] = []
    between: list[str] = []
    for row in table.rows:
        for place, piece in enumerate(row):
            if place % 2 and is_ours(piece):
                text += ["".join(between), ""]
                names.append(piece)
                between = []
            else:
                between.append(piece)
    return [*text, "".join(between)], names


def _read(server: psycopg.Connection, name: str) -> Table:
    columns = [column for (column,) in server.execute(_COLUMNS, [name])]
    asked = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with server.cursor() as cursor, cursor.copy(asked) as copy:
        text = b"".join(bytes(block) for block in copy).decode()
    return Table(name, columns, [_NAMES.split(line) for line in text.splitlines(keepends=True)])


def _children(tables: Sequence[Table]) -> Iterator[dict[str, str]]:
    """Yield the children of a city, each by the names of its columns."""
    for table in (one for one in tables if one.name == "children_child"):
        for row in table.rows:
            yield dict(zip(table.columns, "".join(row).rstrip("\n").split("\t"), strict=True))


def _keys_of(server: psycopg.Connection, table: Table) -> Iterator[str]:
    for column in ("id", "history_id"):
        if column in table.columns:
            asked = sql.SQL("SELECT {}::text FROM {}").format(sql.Identifier(column), sql.Identifier(table.name))
            yield from (key for (key,) in server.execute(asked))


def _value(reference: str) -> int:
    found = 0
    for character in reference[2:].replace("-", "")[:-1]:
        found = found * len(ALPHABET) + ALPHABET.index(character)
    return found


def _reference(prefix: str, value: int) -> str:
    body = ""
    for _each in range(7):
        value, place = divmod(value, len(ALPHABET))
        body = ALPHABET[place] + body
    return f"{prefix}-{body[:3]}-{body[3:]}{check_character(body)}"


def _widest_gap(values: Sequence[int]) -> int:
    """Return the number after which none is taken for the longest."""
    pairs = zip([-1, *values], [*values, _BODIES], strict=True)
    return max(pairs, key=lambda pair: pair[1] - pair[0])[0] + 1
