"""The lines of the permission table about what people said, which is tied to no record (docs/adr/0060)."""

from collections.abc import Mapping

from backend.access.grants import Grant, anyone, manager
from backend.access.permissions import Permission
from backend.access.relations import Relation

VOICES: Mapping[Permission, tuple[Grant, ...]] = {
    # Those of one's own agency (voices/queries.py).
    Permission.SAYING_SEE: anyone(),
    Permission.SAYING_RECORD: anyone(),
    Permission.SAYING_CORRECT: anyone(Relation.CREATOR),
    # Never by who wrote it down (voices/rules.py).
    Permission.SAYING_RELEASE: manager(Relation.KEEPER),
    Permission.SAYING_KEEP_BACK: manager(Relation.KEEPER),
    Permission.SAYING_TAKE_BACK: anyone(Relation.CREATOR) + manager(Relation.KEEPER),
    Permission.SAYING_BRING_BACK: manager(Relation.KEEPER),
}
