"""The invariants of the design as SQL over the whole database, by the owner: what no fault may ever leave behind.

Each returns the rows that break it. Three of them also need what was asked of the product, and what it answered.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django_fsm import GET_STATE, RETURN_VALUE, FSMField

from backend.access.row_security import our_models
from backend.core.models import Versioned
from backend.workflow.confirmations import machines
from tests.faults.owner import read

Read = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that somebody asked for: a write under its key, or a read, and whether they were told that it is done.

    `verb` is what the event and the access row call it.
    """

    person: str
    root: str
    verb: str
    key: str = ""
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Invariant:
    """One sentence that is true at every moment, and the statement that finds where it is not."""

    name: str
    sentence: str
    statement: str


def violations(asked: Iterable[Asked] = (), seen: Read = read) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that break an invariant, by its name; best is nothing. `seen` reads them, as the owner unless said."""
    said = json.dumps([asdict(one) for one in asked], default=str)
    found = {one.name: seen(one.statement, asked=said) for one in invariants()}
    return {name: rows for name, rows in found.items() if rows}


@cache
def invariants() -> tuple[Invariant, ...]:
    """All nine, as quality.md numbers them."""
    return (
        Invariant("I1", "Every open referral has exactly one holder, every open case one lead.", _IN_HANDS),
        Invariant("I2", "An acknowledged write is never lost.", f"{_ASKED} {_LOST}"),
        Invariant("I3", "One Idempotency-Key has one effect.", f"{_ASKED} {_TWICE}"),
        Invariant("I4", "Every change has one history row, one event and its outbox rows.", _unpaired()),
        Invariant("I5", "Every outbox row is delivered, and its effect is there once.", _UNDELIVERED),
        Invariant("I6", "The states of a record are a walk in the declared graph.", _strayed()),
        Invariant("I7", "Versions strictly increase, and a record is what its last version says.", _misnumbered()),
        Invariant("I8", "Nothing is read or done without an access row.", f"{_ASKED} {_UNSEEN}"),
        Invariant("I9", "Named people of a seal and conflicts never weaken but by an act.", _WEAKENED),
    )


_IN_HANDS = """
    SELECT 'referral', r.id, array_agg(i.agency_id) FROM referrals_referral r
      LEFT JOIN access_involvement i ON i.root_id = r.id AND i.relation = 'HOLDER' AND i.ends_at IS NULL
     WHERE r.submitted_at IS NOT NULL AND r.ended_at IS NULL
     GROUP BY r.id HAVING count(i.id) <> 1 OR min(i.agency_id::text) IS DISTINCT FROM r.holder_id::text
    UNION ALL
    SELECT 'case', c.id, array_agg(i.agency_id) FROM cases_case c
      LEFT JOIN access_involvement i ON i.root_id = c.id AND i.relation = 'LEAD' AND i.ends_at IS NULL
     WHERE c.state <> 'closed'
     GROUP BY c.id HAVING count(i.id) <> 1 OR min(i.agency_id::text) IS DISTINCT FROM c.lead_agency_id::text"""

_ASKED = """WITH asked AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(%(asked)s::jsonb)
             AS one (person uuid, root uuid, verb text, key text, answered boolean))"""

# A write that was answered twice under one key is one write.
_LOST = """
    SELECT a.person, a.root, a.verb FROM asked a WHERE a.answered AND a.key <> '' GROUP BY 1, 2, 3
    HAVING count(DISTINCT a.key) >
      (SELECT count(*) FROM audit_event e WHERE (e.root_id, e.verb, e.actor_user_id) = (a.root, a.verb, a.person))"""

# As many effects as keys that the database knows: an effect without its key could be had again, a key without its
# effect would keep the sender from it.
_TWICE = """
    SELECT a.person, a.root, a.verb FROM asked a
      LEFT JOIN workflow_idempotencykey k ON (k.user_id, k.key) = (a.person, a.key)
     WHERE a.key <> '' GROUP BY 1, 2, 3
    HAVING count(DISTINCT k.id) <>
      (SELECT count(*) FROM audit_event e WHERE (e.root_id, e.verb, e.actor_user_id) = (a.root, a.verb, a.person))"""

_UNSEEN = """
    SELECT a.person, a.root, a.verb FROM asked a WHERE a.answered GROUP BY 1, 2, 3
    HAVING count(*) > (
      SELECT count(*) FROM audit_accesslog l
       WHERE l.user_id = a.person AND l.label = a.verb AND l.status < 400 AND a.root = ANY (l.root_ids))"""

# What was undone or hidden before it went out is told to nobody; everything else reaches somebody.
_UNDELIVERED = """
    SELECT 'waits', o.id FROM notifications_outbox o WHERE o.state = 'pending' AND o.next_try_at <= now()
    UNION ALL SELECT 'given up', o.id FROM notifications_outbox o WHERE o.state = 'dead'
    UNION ALL
    SELECT 'told nobody', o.id FROM notifications_outbox o
     WHERE o.state = 'sent' AND NOT EXISTS (SELECT 1 FROM notifications_message m WHERE m.outbox_id = o.id)
       AND NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.corrects_id = o.event_id AND e.verb LIKE '%%.undo')
    UNION ALL
    SELECT 'told before it was sent', o.id FROM notifications_outbox o
     WHERE o.state <> 'sent' AND EXISTS (SELECT 1 FROM notifications_message m WHERE m.outbox_id = o.id)
    UNION ALL
    SELECT 'told twice', outbox_id FROM notifications_message GROUP BY outbox_id, user_id HAVING count(*) > 1
    UNION ALL
    SELECT 'an email that was lost', m.id FROM notifications_message m
     WHERE m.email_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notifications_email e WHERE e.id = m.email_id)"""

_WEAKENED = """
    SELECT 'a declared conflict bars nobody', d.id, c.id
      FROM administration_declaration d, unnest(d.child_ids) AS c (id)
     WHERE d.state = 'in_force' AND NOT EXISTS (
       SELECT 1 FROM access_conflict x WHERE (x.user_id, x.child_id) = (d.person_id, c.id) AND x.ended_at IS NULL)
    UNION ALL
    SELECT 'a child who died is not sealed', d.id, d.child_id FROM children_death d
     WHERE d.taken_back_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM access_named n WHERE n.child_id IN (SELECT app.child_records(d.child_id)) AND n.ended_at IS NULL)
    UNION ALL
    SELECT 'a sealed child is not sealed', e.id, e.child_id FROM audit_event e
     WHERE e.verb IN ('seal.put', 'referral_seal.put') AND NOT EXISTS (
             SELECT 1 FROM access_named n
              WHERE n.child_id IN (SELECT app.child_records(e.child_id)) AND n.ended_at IS NULL)
       AND NOT EXISTS (
             SELECT 1 FROM audit_event l WHERE l.verb IN ('seal.lift', 'referral_seal.lift', 'disposal.complete')
                AND l.id > e.id AND (l.root_id = e.root_id OR l.child_id IN (SELECT app.child_records(e.child_id))))
    UNION ALL
    SELECT 'somebody was taken off a seal by no act', n.id, n.child_id FROM access_named n
     WHERE n.ended_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM audit_event e WHERE e.child_id IN (SELECT app.child_records(n.child_id))
          AND split_part(e.verb, '.', 2) IN ('take_off', 'lift', 'take_back_death'))"""


def _tracked() -> list[type[Any]]:
    return [model for model in our_models() if issubclass(model, Versioned)]


def _history_of(model: type[Any]) -> str:
    return str(model.history.model._meta.db_table)


def _unpaired() -> str:
    histories = " UNION ALL ".join(f"SELECT event_id FROM {_history_of(model)}" for model in _tracked())
    telling = [f"referral.{name}" for name, edge in machines["referral"].edges.items() if edge.tells]
    told = ", ".join(f"'{verb}'" for verb in telling)
    return f"""
    WITH kept AS MATERIALIZED (SELECT event_id, count(*) AS rows FROM ({histories}) h GROUP BY 1)
    SELECT 'event', e.verb, e.id FROM audit_event e LEFT JOIN kept k ON k.event_id = e.id
     WHERE k.rows IS DISTINCT FROM 1
    UNION ALL
    SELECT 'history', '', k.event_id FROM kept k LEFT JOIN audit_event e ON e.id = k.event_id WHERE e.id IS NULL
    UNION ALL
    SELECT 'outbox of nothing', o.message, o.id FROM notifications_outbox o
     WHERE o.event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.id = o.event_id)
    UNION ALL
    SELECT 'untold', e.verb, e.id FROM audit_event e
     WHERE e.verb IN ({told}) AND NOT EXISTS (SELECT 1 FROM notifications_outbox o WHERE o.event_id = e.id)"""


def _strayed() -> str:
    return " UNION ALL ".join(
        f"""SELECT '{_history_of(model)}', id::text, before, state FROM (
              SELECT id, state, lag(state) OVER (PARTITION BY id ORDER BY version) AS before
                FROM {_history_of(model)}) s
            WHERE before <> state AND (before, state) NOT IN ({_listed(_graph(model))})"""
        for model in _tracked()
        if _state_of(model) is not None
    )


def _state_of(model: type[Any]) -> FSMField | None:
    return next((field for field in model._meta.fields if isinstance(field, FSMField)), None)


def _graph(model: type[Any]) -> set[tuple[str, str]]:
    """Every pair of states that an edge of the model leads from and to."""
    field = _state_of(model)
    assert field is not None
    return {(edge.source, target) for edge in field.get_all_transitions(model) for target in _targets(edge.target)}


def _targets(target: Any) -> Iterator[str]:
    if isinstance(target, RETURN_VALUE | GET_STATE):
        yield from target.allowed_states
    else:
        yield target


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"('{source}', '{target}')" for source, target in sorted(pairs)) or "('', '')"


def _misnumbered() -> str:
    return " UNION ALL ".join(part for model in _tracked() for part in _numbers(model, _history_of(model)))


def _numbers(model: type[Any], history: str) -> Iterator[str]:
    yield f"""SELECT '{history}', id::text, version FROM (
        SELECT id, version, lag(version, 1, 0) OVER (PARTITION BY id ORDER BY version, history_id) AS before
          FROM {history}) s WHERE version <> before + 1"""
    state = "OR live.state IS DISTINCT FROM last.state" if _state_of(model) is not None else ""
    kept: Mapping[str, str] = {"table": model._meta.db_table, "history": history, "state": state}
    yield """SELECT '{table}', live.id::text, live.version FROM {table} live LEFT JOIN LATERAL (
        SELECT * FROM {history} h WHERE h.id = live.id ORDER BY h.version DESC LIMIT 1) last ON true
      WHERE live.version > 0 AND (live.version IS DISTINCT FROM last.version {state})""".format(**kept)
