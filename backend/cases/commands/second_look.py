"""A plan that waits for a second person: nobody agrees to what they have not read."""

from collections.abc import Sequence
from uuid import UUID

from backend.access.actors import Actor
from backend.audit.commands import Also
from backend.cases.models import Case
from backend.cases.rules.planning import AGREEING_A_PLAN
from backend.deadlines import commands as deadlines
from backend.workflow import confirmations


def plan_is_another(actor: Actor, case_id: UUID) -> Sequence[Also]:
    """Take back the question whether the plan of a case is agreed, for the act that changes the plan to record.

    One statement where nobody was asked.
    """
    waiting = confirmations.waiting_about(case_id, edge=AGREEING_A_PLAN)
    if not waiting:
        return ()
    case = Case.objects.get(pk=case_id)
    deadlines.meet(case_id, (confirmations.CLOCK,))
    return confirmations.overtake(actor, waiting, case)
