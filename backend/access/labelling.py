"""The lines of the permission table about who may read what was written, said again later (access.md, Labels).

Whoever works on the case and whoever answers for them; of what agency it is, and which labels that agency may give or
take off, the rules of each record say.
"""

from collections.abc import Mapping

from backend.access.grants import Grant, worker
from backend.access.permissions import Permission

LABELLING: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.NOTE_RELABEL: worker(),
    Permission.DOCUMENT_RELABEL: worker(),
}
