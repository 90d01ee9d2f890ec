"""What is taken away when a request has ended, and who is reminded of one that is late."""

from datetime import timedelta
from uuid import UUID

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.notifications.commands import Notice, tell_all
from backend.rights import queries
from backend.rights.commands.requesting import fields_of, governance, path_of
from backend.rights.models import CopiedPassage, Pack, SubjectRequest

TIDY, REMIND = "rights.tidy", "rights.remind"
_BATCH = 50
_DAILY = timedelta(days=1)


def tidy() -> int:
    """Empty what was copied for requests that are over, each in a transaction of its own; return how many."""
    with acting_as_system(job=TIDY):
        ids = queries.over(_BATCH)
    for request_id in ids:
        with acting_as_system(job=TIDY):
            _forget(request_id)
    return len(ids)


def _forget(request_id: UUID) -> None:
    """The words go; what was decided about each passage stays, with whose row it was."""
    CopiedPassage.objects.filter(root_id=request_id).update(text="", cut=[])
    Pack.objects.filter(root_id=request_id, forgotten_at=None).update(
        pdf=None, data=None, state=Pack.FAILED, forgotten_at=clock.now()
    )


def remind() -> int:
    """Say of each request whose day is over that somebody still waits, once a day; return how many."""
    with acting_as_system(job=REMIND):
        ids = list(queries.late(_DAILY).values_list("id", flat=True)[:_BATCH])
    return sum(_remind(pack_id) for pack_id in ids)


def _remind(pack_id: UUID) -> bool:
    with acting_as_system(job=REMIND):
        pack = queries.late(_DAILY).select_for_update(skip_locked=True, no_key=True).filter(pk=pack_id).first()
        if pack is None:
            return False
        pack.reminded_at = clock.now()
        pack.save(update_fields=["reminded_at"])
        one = SubjectRequest.objects.get(pk=pack.root_id)
        notices = [Notice(whom, "subject_request_late", fields_of(one), path_of(one)) for whom in governance(one)]
        tell_all(notices, event_id=None, root_id=one.id)
        return True
