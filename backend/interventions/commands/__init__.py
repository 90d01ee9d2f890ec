"""The only code that writes interventions and sessions: recommending, planning, recording, and their two machines."""

from backend.interventions.commands.edges import intervention_machine
from backend.interventions.commands.recommending import recommend
from backend.interventions.commands.session_edges import session_machine

__all__ = ["intervention_machine", "recommend", "session_machine"]
