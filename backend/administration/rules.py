"""How what somebody has in hand could be spread over those who stay: a proposal, which the manager changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that somebody else gets: what it weighs, who may not have it, and the case whose worker has it too."""

    id: UUID
    weight: int
    barred: frozenset[UUID]
    goes_with: UUID | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who stays, and what they have in hand; those whose work it is come before all others."""

    id: UUID
    weight: int
    comes_first: bool


def spread(pieces: Iterable[Piece], receivers: Sequence[Receiver]) -> dict[UUID, UUID]:
    """Propose who gets each piece; there is none for a piece that nobody may have.

    The heaviest is placed first, each with whoever has least in hand by then: so the loads end as even as they can.
    What belongs to a case that is placed here goes to the same person, if they may have it.
    """
    weights = {one.id: one.weight for one in receivers}
    numbers = dict.fromkeys(weights, 0)
    places = {one.id: (not one.comes_first, place) for place, one in enumerate(receivers)}
    proposed: dict[UUID, UUID] = {}
    for piece in sorted(pieces, key=lambda one: (one.goes_with is not None, -one.weight)):
        able = [pk for pk in weights if pk not in piece.barred]
        chosen = proposed.get(piece.goes_with) if piece.goes_with else None
        if chosen not in able:
            chosen = min(able, key=lambda pk: (places[pk][0], weights[pk], numbers[pk], places[pk][1]), default=None)
        if chosen is not None:
            proposed[piece.id] = chosen
            weights[chosen] += piece.weight
            numbers[chosen] += 1
    return proposed
