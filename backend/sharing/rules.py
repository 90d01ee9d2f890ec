"""What may be shared with whom: the basis of a share has to be open to its sender and to its recipient alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from backend.core import clock, vocabulary
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.kinds import KINDS
from backend.sharing.models import Disclosure

_BASES = (
    ("article6", "share_basis_article6", "UK GDPR basis"),
    ("condition", "share_conditions", "condition"),
    ("power", "share_powers", "legal power"),
)


# The one Article 6 basis that can be taken back.
CONSENT = "consent"
# The clock of a share that ends by itself, on the share’s own id.
CLOCK = "sharing_ends"
# How long a consent lasts where nobody has chosen a day, in words.
LASTS = f"{KINDS[CLOCK].amount} {KINDS[CLOCK].unit}"


@dataclass(frozen=True, slots=True)
class Basis:
    """The three answers of a share: UK GDPR Article 6 basis, Article 9 or 10 condition, and the power to share.

    `ends_on` is the last day of it, where the sharer chose one.
    """

    article6: str
    condition: str
    power: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sharer:
    """In whose name something may be shared on: of the agency responsible for the record, or of the one that shared."""

    agency_id: UUID
    kind: str
    is_responsible: bool


def basis_of(given: Mapping[str, Any]) -> Basis:
    """Return the answers of a share as a form gave them, empty where they were not asked."""
    article6, condition, power = (given.get(name) or "" for name, _list, _words in _BASES)
    return Basis(article6, condition, power, given.get("ends_on"))


def first_day_open() -> date:
    """Return the earliest last day of a share that has not ended yet: a share ends when the offices close."""
    today = local(clock.now()).date()
    return today if clock.now() < at_local(today, END_OF_DAY) else today + timedelta(days=1)


def has_run_out(expires_on: date | None) -> bool:
    """Say whether the last day of a share is over."""
    return expires_on is not None and expires_on < first_day_open()


def is_in_force(term: vocabulary.Term) -> bool:
    """Say whether a basis can be used yet: some wait for their commencement, until whoever runs this says so."""
    flag = term.more.get("flag", "")
    return not flag or flag in settings.POWERS_IN_FORCE


def basis_fits(sender_kind: str, recipient_kind: str, power: str, *, name: str = "share_powers") -> bool:
    """Say whether a power (or another code list of bases, `name`) is in force and open to both kinds of agency."""
    term = vocabulary.get(name).terms.get(power)
    if term is None or not is_in_force(term):
        return False
    return sender_kind in _kinds(term, "sender_kinds") and recipient_kind in _kinds(term, "recipient_kinds")


def fitting(sender_kind: str, recipient_kind: str, *, name: str = "share_powers") -> list[vocabulary.Term]:
    """Return the terms of a code list that both kinds of agency may use, in the list's order."""
    return [term for term in vocabulary.get(name) if basis_fits(sender_kind, recipient_kind, term.code, name=name)]


def fits_share(sharer: Sharer, share: Disclosure, code: str, *, name: str) -> bool:
    """Say whether a share may go on upon a basis; of a recipient who is no agency here no kind is known."""
    return share.to_agency is None or basis_fits(sharer.kind, share.to_agency.kind, code, name=name)


def basis_problems(sender_kind: str, recipient_kind: str, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for each of the three answers that one of the two agencies cannot use, and a past end."""
    for field, name, words in _BASES:
        code = getattr(basis, field)
        if not basis_fits(sender_kind, recipient_kind, code, name=name):
            label = vocabulary.get(name).label(code)
            yield field, f"“{label}” is not a {words} that both organisations can use. Choose another."
    yield from end_problems(basis)


def end_problems(basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for a last day that is over, or is today."""
    if basis.ends_on is not None and basis.ends_on <= local(clock.now()).date():
        yield "ends_on", "Choose a day after today until which they may use it, or leave it empty."


def _kinds(term: vocabulary.Term, column: str) -> list[str]:
    return term.more.get(column, "").split("|")
