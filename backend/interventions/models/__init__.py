"""The tables of interventions and their sessions."""

from backend.interventions.models.intervention import Intervention
from backend.interventions.models.session import Session

__all__ = ["Intervention", "Session"]
