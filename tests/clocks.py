"""How the clocks of a record stand, for every test that asks."""

from uuid import UUID

from backend.deadlines.models import Deadline


def clocks(root_id: UUID, *, using: str = "default") -> dict[str, str]:
    """The state of the clock of each kind: the one that runs, or else the one that began last.

    A kind that was met and began again has several rows, and two that began in one millisecond have no order between
    their ids: at most one of a kind runs, so that one is the answer.
    """
    rows = Deadline.objects.using(using).filter(root_id=root_id)
    ordered = sorted(rows, key=lambda one: (one.is_running, one.started_at, one.id))
    return {one.kind: one.state for one in ordered}
