"""What the worker does for a request: copying the record, drawing the file; nothing is readable before it is whole.

A worker that is killed leaves a row that says “running” and gives no more signs: the next one begins anew, what is
copied already is copied once, and whoever finishes must be the one who began last.
"""

from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import F

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.documents.storing import digest
from backend.rights import queries
from backend.rights.copying import PROPOSED, Found, Records, heading, passages, records_of
from backend.rights.drawing import drawn, packed
from backend.rights.models import CopiedPassage, Pack, SubjectRequest

WORK = "rights.work"
PART = 200
_BATCH = 10
_TRIES = 3
log = structlog.get_logger(__name__)


class TakenAway(Exception):
    """The request has ended or was sent back meanwhile, or another worker has begun it anew."""


def work_all() -> int:
    """Do what waits, each in transactions of its own; return how many were begun."""
    with acting_as_system(job=WORK):
        ids = list(queries.to_do().values_list("id", flat=True)[:_BATCH])
    return sum(_work(pack_id) for pack_id in ids)


def _work(pack_id: UUID) -> bool:
    pack = _begin(pack_id)
    if pack is None:
        return False
    try:
        if pack.task == Pack.COLLECT:
            _collect(pack)
        else:
            _draw(pack)
    except (OperationalError, InterfaceError):
        # The database is away: nobody gives a sign at it, so it is begun again.
        raise
    except TakenAway:
        pass
    except Exception as error:
        # One request must not keep the others waiting; it is tried again when it has been silent for a while.
        log.error("a request for a copy was not worked on", pack=str(pack_id), error=type(error).__name__)
    return True


def _begin(pack_id: UUID) -> Pack | None:
    with acting_as_system(job=WORK):
        pack = queries.to_do().select_for_update(skip_locked=True, no_key=True).filter(pk=pack_id).first()
        if pack is None:
            return None
        pack.attempts += 1
        pack.state = Pack.RUNNING if pack.attempts <= _TRIES else Pack.FAILED
        pack.beat_at = clock.now()
        pack.save(update_fields=["attempts", "state", "beat_at"])
        return pack if pack.state == Pack.RUNNING else None


def _beat(pack: Pack, **values: object) -> None:
    """Say how far it is, in the transaction of what was done; raise TakenAway when it is nobody's any more."""
    mine = Pack.objects.filter(pk=pack.pk, state=Pack.RUNNING, turn=pack.turn, attempts=pack.attempts)
    if not mine.update(beat_at=clock.now(), **values):
        raise TakenAway


def _request(pack: Pack) -> SubjectRequest:
    one = SubjectRequest.objects.select_related("agency").get(pk=pack.root_id)
    if one.state != (one.OPEN if pack.task == Pack.COLLECT else one.CHECKING):
        raise TakenAway
    return one


def _collect(pack: Pack) -> None:
    with acting_as_system(job=WORK):
        records = records_of(_request(pack).child_id)
        found = passages(records)
        _beat(pack, total=len(found), done=0)
    for at in range(0, len(found), PART):
        with acting_as_system(job=WORK):
            rows = [_row(pack, place, one, records) for place, one in enumerate(found[at : at + PART], start=at)]
            CopiedPassage.objects.bulk_create(rows, ignore_conflicts=True)
            _beat(pack, done=at + len(rows))
    with acting_as_system(job=WORK):
        _request(pack)
        _beat(pack, state=Pack.DONE, collected_at=clock.now(), root_ids=sorted(records.roots))


def _row(pack: Pack, place: int, one: Found, records: Records) -> CopiedPassage:
    return CopiedPassage(
        root_id=pack.root_id,
        position=place,
        record_id=one.record_id,
        kind=one.kind,
        source_id=one.source_id,
        part=one.part,
        heading=heading(one, records),
        at=one.at,
        mark=one.mark,
        text=one.text,
        proposed=PROPOSED.get(one.mark, ""),
    )


def _draw(pack: Pack) -> None:
    with acting_as_system(job=WORK):
        one = _request(pack)
        rows = list(queries.passages_of(one.id))
        _beat(pack, total=len(rows), done=0)
    pdf, data = drawn(one, rows), packed(one, rows)
    with acting_as_system(job=WORK):
        _request(pack)
        _beat(
            pack,
            state=Pack.DONE,
            done=F("total"),
            drawn_at=clock.now(),
            pdf=pdf,
            pdf_sha256=digest(pdf),
            pdf_size=len(pdf),
            data=data,
            data_sha256=digest(data),
            data_size=len(data),
        )
