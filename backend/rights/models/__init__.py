"""The tables of the app: requests for a copy with what is made for them, and what somebody says is wrong."""

from backend.rights.models.rectification import Rectification
from backend.rights.models.requests import CopiedPassage, Pack, SubjectRequest

__all__ = ["CopiedPassage", "Pack", "Rectification", "SubjectRequest"]
