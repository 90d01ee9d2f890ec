"""Labels (access.md): how far something that was said may travel, who reads it, and whose agency may say so.

Called marks here, because every field of a form has a label already. Not listed = no. The SQL functions
`app.reads_marked` and `app.writes_marked` decide the same from the projection of this table (access_markscope).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from backend.access.actors import Actor
from backend.access.grants import GLASS, Grant
from backend.access.grants import anyone as _anyone
from backend.access.grants import manager as _manager
from backend.access.grants import triage as _triage
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.core import vocabulary


class Mark(StrEnum):
    """How far something may travel; what bears none travels with the record."""

    NONE = ""
    POLICE = "police"
    HEALTH = "health"
    LOCATION = "location"
    THIRD_PARTY = "third_party"
    NOT_FOR_FAMILY = "not_for_family"


# Its very existence is hidden: nobody who may not read it may be able to tell that it is there.
HIDDEN = frozenset({Mark.POLICE})
# Read only when it is asked for by itself, after a fresh sign-in (policy.NEEDS_FRESH_SIGN_IN); no page has it.
ASKED_FOR = frozenset({Mark.LOCATION})


def _kinds(**wanted: str) -> frozenset[str]:
    """Return the kinds of agency whose row in the vocabulary has these values."""
    terms = vocabulary.get("agency_kinds").terms
    return frozenset(
        code for code, term in terms.items() if all(term.more[name] == value for name, value in wanted.items())
    )


FRONT_DOOR = frozenset({"front_door"})
POLICE = frozenset({"police"})
HEALTH = _kinds(sector="health")
CHILDRENS_SERVICES = _kinds(sector="social_care")
# Duty holders of the Serious Violence Duty; a voluntary organisation, a school or a landlord is none.
STATUTORY = _kinds(duty="specified")
EVERY_KIND: frozenset[str] = frozenset()
# Of no kind: what it may set, every agency may.
NO_KIND = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads what bears a mark: these grants, in an agency of these kinds (none named: of any)."""

    grants: tuple[Grant, ...]
    kinds: frozenset[str] = EVERY_KIND

    def covers(self, actor: Actor, relations: Collection[Relation]) -> bool:
        """Say whether somebody with these relations to the record reads it."""
        of_kind = not self.kinds or actor.agency_kind in self.kinds
        return of_kind and any(grant.covers(actor.role, relations) for grant in self.grants)


_ORIGIN = _anyone(Relation.CREATOR) + _manager(Relation.REFERRER)
_DECIDING = _triage(Relation.HOLDER, Relation.OFFERED)
_NAMED = _anyone(Relation.WORKER)
_LEADING = _manager(Relation.LEAD)
# Who may ask for a protected address (policy.TABLE says the same).
PROTECTED = _ORIGIN + _DECIDING + _NAMED + _LEADING
# Whoever reads the text by a relation of their own; not the holder of what it was linked to, who has it as a share.
_WITH_THE_TEXT = Reading(_ORIGIN + _DECIDING + _NAMED + _LEADING + _anyone(Relation.UNIT) + GLASS)

READS: Mapping[Mark, tuple[Reading, ...]] = {
    # Also in an emergency never by an agency that is no duty holder.
    Mark.POLICE: (Reading(_ORIGIN), Reading(_DECIDING, FRONT_DOOR), Reading(_NAMED + GLASS, STATUTORY)),
    Mark.HEALTH: (
        Reading(_ORIGIN + _NAMED),
        Reading(_DECIDING + _LEADING + GLASS, HEALTH | CHILDRENS_SERVICES),
    ),
    Mark.LOCATION: (Reading(PROTECTED),),
    Mark.THIRD_PARTY: (_WITH_THE_TEXT,),
    Mark.NOT_FOR_FAMILY: (_WITH_THE_TEXT,),
}
# Which agencies may say so of what they send themselves.
SETS: Mapping[Mark, frozenset[str]] = {
    Mark.POLICE: POLICE,
    Mark.HEALTH: HEALTH,
    Mark.LOCATION: EVERY_KIND,
    Mark.THIRD_PARTY: EVERY_KIND,
    Mark.NOT_FOR_FAMILY: EVERY_KIND,
}


def marks_read(actor: Actor, relations: Collection[Relation]) -> frozenset[Mark]:
    """Return the marks whose words the actor reads at a record to which they have these relations."""
    if actor.is_system:
        return frozenset(Mark)
    read = (mark for mark, readings in READS.items() if any(one.covers(actor, relations) for one in readings))
    return frozenset({Mark.NONE, *read})


def marks_shown(actor: Actor, relations: Collection[Relation]) -> frozenset[Mark]:
    """Return the marks whose words come with the record; of those it reads, an actor asks for the others."""
    return marks_read(actor, relations) - ASKED_FOR


def reading_relations(actor: Actor, mark: Mark) -> frozenset[Relation]:
    """Return the relations by which the actor, in their role and agency, reads what bears a mark."""
    return relations_reading(actor.role, actor.agency_kind, mark)


def relations_reading(role: Role, kind: str, mark: Mark) -> frozenset[Relation]:
    """Return the relations by which somebody in this role of an agency of this kind reads what bears a mark."""
    readings = (one for one in READS[mark] if not one.kinds or kind in one.kinds)
    grants = (grant for reading in readings for grant in reading.grants if role in grant.roles)
    return frozenset(relation for grant in grants for relation in grant.relations)


def set_by(kind: str) -> tuple[Mark, ...]:
    """Return the marks that an agency of this kind may put on what it sends."""
    return tuple(mark for mark, kinds in SETS.items() if not kinds or kind in kinds)


def marks_given(actor: Actor, relations: Collection[Relation]) -> frozenset[Mark]:
    """Return the marks that an actor may give what they write at a case: of their agency's own, those they read."""
    return frozenset(set_by(actor.agency_kind)) & marks_shown(actor, relations) - {Mark.NONE}


def may_change(actor: Actor, mark: str, agency_id: UUID, *, to: str | None = None) -> bool:
    """Say whether what an agency wrote and labelled is the actor's agency's to label otherwise, from `mark` to `to`.

    Its own within the labels that it may set; what others wrote only within those that every agency may set.
    """
    of_kind = set_by(actor.agency_kind) if agency_id == actor.agency_id else set_by(NO_KIND)
    return {Mark(mark), Mark(to or mark)} <= {Mark.NONE, *of_kind}


def scope_rows() -> Iterable[tuple[str, str, str, tuple[str, ...], bool]]:
    """Yield (mark, role, relation, kinds, of the origin) for each line of the projection."""
    for mark, readings in READS.items():
        for reading in readings:
            for grant in reading.grants:
                for role in sorted(grant.roles):
                    for relation in sorted(grant.relations):
                        yield mark.value, role.value, relation.value, tuple(sorted(reading.kinds)), False
        for grant in _ORIGIN:
            for role in sorted(grant.roles):
                for relation in sorted(grant.relations):
                    yield mark.value, role.value, relation.value, tuple(sorted(SETS[mark])), True
