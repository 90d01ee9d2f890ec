"""What joining two records, and taking them apart, would do and to whom it shows: said before anybody decides."""

from collections.abc import Iterable
from uuid import UUID

from backend.referrals.rules.facts import Facts

_NOTHING_LOST = "Nothing is copied, moved or deleted: each record keeps what was written about it, and its history."


def of_joining(known: Facts, child_id: UUID, other_id: UUID) -> list[str]:
    """Return what would follow from joining, in sentences."""
    together = known.contacts_of(child_id) + known.contacts_of(other_id)
    sentences = [_NOTHING_LOST, f"The two count as one child: {_contacts(together)}."]
    sentences += [
        f"The open case {case.reference} is this child’s." for case in known.cases_of(other_id) if case.is_open
    ]
    return [*sentences, "A second person has to agree first. The records can be taken apart again later."]


def of_taking_apart(known: Facts, child_id: UUID) -> list[str]:
    """Return what would follow from taking apart, in sentences."""
    return [
        _NOTHING_LOST,
        f"The two are two children again, each with its own contacts; together they had {known.contacts_of(child_id)}.",
        "The other record may be offered again. Say “not the same child” then, and it is remembered.",
        "A second person has to agree first.",
    ]


def shows_to(known: Facts, children: Iterable[UUID]) -> list[str]:
    """Return the agencies at work with any of these children: who decides there sees one child, or two."""
    wanted = set(children)
    ids = [case.lead_agency_id for case in known.cases if case.child_id in wanted and case.is_open]
    ids += [one.holder_id for one in known.referrals if one.child_id in wanted]
    return sorted({known.agencies[agency_id].name for agency_id in ids if agency_id in known.agencies})


def _contacts(count: int) -> str:
    return f"{count} contact{'' if count == 1 else 's'} in the last 12 months"
