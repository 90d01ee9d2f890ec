"""What can be chosen where: codes of a vocabulary, own choices, agencies, and bases that both sides may use."""

from dataclasses import replace
from functools import cache

from backend.access.marks import set_by
from backend.core import vocabulary
from backend.referrals.form.parts import LABELS, Choice, Circumstances, Field
from backend.referrals.rules.levels import LEVELS
from backend.sharing.rules import fitting

# Vocabularies whose terms are open to some kinds of sender and recipient only (access.md, "Each share").
BASES = ("share_basis_article6", "share_conditions", "share_powers")


def choices_of(field: Field, circumstances: Circumstances) -> tuple[Choice, ...] | None:
    """Return what may be chosen in `field`, in order; None where nothing is chosen."""
    if field.kind == "agency":
        return circumstances.agencies
    if field.kind == "service":
        return circumstances.services
    if field.vocabulary == LABELS:
        return _labels(circumstances.sender_kind)
    if field.vocabulary in BASES:
        return _bases(field.vocabulary, circumstances.sender_kind, circumstances.recipient_kind)
    if field.vocabulary == LEVELS:
        levels, texts = _codes(LEVELS, field.without), circumstances.level_texts
        return tuple(replace(level, hint=texts.get(level.value, "")) for level in levels)
    if field.vocabulary:
        return _codes(field.vocabulary, field.without)
    return field.choices or None


@cache
def _codes(name: str, without: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(term.code, term.label, term.hint, term.group)
        for term in vocabulary.get(name)
        if term.code not in without
    )


@cache
def _labels(sender_kind: str) -> tuple[Choice, ...]:
    """Return the labels that an agency of this kind may give, each with who will read what bears it."""
    return tuple(choice for choice in _codes(LABELS, ()) if choice.value in set_by(sender_kind))


@cache
def _bases(name: str, sender_kind: str, recipient_kind: str) -> tuple[Choice, ...]:
    """Return the bases open to both: the Serious Violence Duty's section 16, say, never to health or social care."""
    terms = fitting(sender_kind, recipient_kind, name=name)
    return tuple(Choice(term.code, term.label, term.hint, term.group) for term in terms)
