"""What bringing the directory up to date from a feed would do: new, changed, gone, the same; and what was wrong."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from backend.directory.models import Service
from backend.interop.files import SourceFile
from backend.interop.mapping import Entry, entry_of
from backend.interop.nesting import Feed, read
from backend.interop.problems import Report, Weight

# A feed that lacks more of what came from it before is broken more likely than true.
_MOST_GONE, _FEW = 0.5, 5


@dataclass(slots=True)
class Plan:
    """What would be done. `left_out` are services of the feed that something is wrong with: they stay as they are."""

    report: Report
    licence: str = ""
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Service, Entry, list[str]]] = field(default_factory=list)
    same: int = 0
    gone: list[tuple[Service, str]] = field(default_factory=list)
    left_out: int = 0
    # Why nobody may be taken away by this feed, if so.
    keeps_gone: str = ""


def make_plan(files: Sequence[SourceFile], existing: Iterable[Service]) -> Plan:
    """Return what a feed would do to the entries that came from it before; nothing is written."""
    report = Report()
    feed = read(files, report)
    plan = Plan(report, licence=feed.licence)
    if report.stops:
        return plan
    known = {service.source_id: service for service in existing}
    entries, mentioned = _entries(feed, report)
    for entry in entries:
        _sort(plan, entry, known.get(entry.source_id))
    plan.left_out = sum(1 for problem in report.found if problem.weight is Weight.LEAVES_OUT)
    _sort_gone(plan, feed, known, mentioned)
    return plan


def _entries(feed: Feed, report: Report) -> tuple[list[Entry], set[str]]:
    """Return each service once, and every id the feed names, right or wrong: what is named is not gone."""
    entries: dict[str, Entry] = {}
    mentioned: set[str] = set()
    for row in feed.services:
        mentioned.add(str(row.values.get("id") or "").strip())
        entry = entry_of(row, report)
        if entry is None:
            continue
        first = entries.setdefault(entry.source_id, entry)
        if first is not entry:
            sentence = f"Its id {entry.source_id} is used twice: {first.where} has it too. This one was left out."
            report.say(entry.where, sentence, Weight.LEAVES_OUT)
    return list(entries.values()), mentioned


def digest(entry: Entry) -> str:
    """Return the fingerprint of what a feed says of a service, so that saying the same again changes nothing."""
    said = json.dumps({**entry.values, "is_paused": entry.is_paused}, sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def _sort(plan: Plan, entry: Entry, service: Service | None) -> None:
    if entry.is_closed:
        if service is not None and service.state != Service.ENDED:
            plan.gone.append((service, "The feed says that it is closed."))
        return
    if service is None:
        plan.new.append(entry)
        return
    if service.state == Service.ENDED:
        sentence = "It ended here and is not opened again by a feed. Add it anew if it is offered again."
        plan.report.say(entry.where, sentence)
        return
    if service.source_digest == digest(entry):
        plan.same += 1
        return
    differs = [name for name, value in entry.values.items() if getattr(service, name) != value]
    if entry.is_paused is not (service.state == Service.PAUSED):
        differs.append("state")
    plan.changed.append((service, entry, differs))


def _sort_gone(plan: Plan, feed: Feed, known: dict[str, Service], mentioned: set[str]) -> None:
    open_ones = [service for service in known.values() if service.state != Service.ENDED]
    gone = [service for service in open_ones if service.source_id not in mentioned]
    if not gone:
        return
    if feed.lacks or "" in mentioned:
        plan.keeps_gone = feed.lacks or "Some services have no id, so nothing that is missing from the feed was ended."
    elif len(gone) > _FEW and len(gone) > _MOST_GONE * len(open_ones):
        plan.keeps_gone = (
            f"{len(gone)} of {len(open_ones)} services that came from this feed are missing from it. "
            "That is more likely a broken feed, so none of them was ended."
        )
    else:
        plan.gone += [(service, "The feed has it no more.") for service in gone]
