"""What may be shared with whom: the basis of a share has to be open to its sender and to its recipient alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.core import vocabulary

_BASES = (
    ("article6", "share_basis_article6", "UK GDPR basis"),
    ("condition", "share_conditions", "condition"),
    ("power", "share_powers", "legal power"),
)


# The one Article 6 basis that can be taken back.
CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Basis:
    """The three answers of a share: UK GDPR Article 6 basis, Article 9 or 10 condition, and the power to share."""

    article6: str
    condition: str
    power: str


def basis_fits(sender_kind: str, recipient_kind: str, power: str, *, name: str = "share_powers") -> bool:
    """Say whether a power (or another code list of bases, `name`) is in force and open to both kinds of agency."""
    term = vocabulary.get(name).terms.get(power)
    if term is None or term.more.get("flag"):
        return False
    return sender_kind in _kinds(term, "sender_kinds") and recipient_kind in _kinds(term, "recipient_kinds")


def fitting(sender_kind: str, recipient_kind: str, *, name: str = "share_powers") -> list[vocabulary.Term]:
    """Return the terms of a code list that both kinds of agency may use, in the list's order."""
    return [term for term in vocabulary.get(name) if basis_fits(sender_kind, recipient_kind, term.code, name=name)]


def basis_problems(sender_kind: str, recipient_kind: str, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for each of the three answers that one of the two agencies cannot use."""
    for field, name, words in _BASES:
        code = getattr(basis, field)
        if not basis_fits(sender_kind, recipient_kind, code, name=name):
            label = vocabulary.get(name).label(code)
            yield field, f"“{label}” is not a {words} that both organisations can use. Choose another."


def _kinds(term: vocabulary.Term, column: str) -> list[str]:
    return term.more.get(column, "").split("|")
