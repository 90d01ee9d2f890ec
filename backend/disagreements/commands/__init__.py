"""The only code that writes disagreements: raising one, and the machine of its edges."""

from backend.disagreements.commands.edges import disagreement_machine
from backend.disagreements.commands.raising import Challenged, raise_disagreement

__all__ = ["Challenged", "disagreement_machine", "raise_disagreement"]
