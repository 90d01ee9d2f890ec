"""Answers as the columns of a child and of an agreement."""

from collections.abc import Iterator
from typing import Any

from backend.access.marks import Mark
from backend.children.identifiers import spaced, tidy
from backend.children.match_keys import NHS, UPN, numbered
from backend.children.models import Child
from backend.children.names import plain
from backend.children.telephone import comparable
from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.form.child import EXPECTED
from backend.referrals.form.marking import mark_of
from backend.referrals.form.parts import Answers
from backend.referrals.form.sharing import BOTH, CHILD, PARENT
from backend.referrals.form.values import as_date

# The national code for the sex of a child not yet born, where it is not known (domain 4.6).
UNBORN_SEX = "U"
# What a record keeps of the people around a child, to be compared by.
_LONGEST, _MOST_PEOPLE = 200, 20
# And of further addresses and numbers, as long as the record has room.
_MOST_OTHERS, _POSTCODE, _NUMBER = 6, 10, 90
_FOUND_BY = {
    "phones": _MOST_OTHERS,
    "household": _MOST_PEOPLE,
    "other_postcodes": _MOST_OTHERS,
    "other_numbers": _MOST_OTHERS,
}
_NAMES_A_CHILD = {"nhs_number": NHS, "upn": UPN}
# Fields of Child by the name of the answer; both hold the same text or code.
CHILD_COLUMNS = {
    "child_given_name": "given_name",
    "child_family_name": "family_name",
    "child_known_as": "known_as",
    "child_ethnicity": "ethnicity",
    "child_ethnicity_said_by": "ethnicity_said_by",
    "child_language": "language",
    "child_school": "school",
    "child_nhs_number": "nhs_number",
    "child_upn": "upn",
    "child_address": "address",
    "child_ward": "ward",
}
AGREEMENT_COLUMNS = {
    "informed_why_not": "informed_why_not",
    "informed_note": "informed_note",
    "agreement": "state",
    "agreed_by": "agreed_by",
    "agreed_how": "agreed_how",
    "share_article6": "article6",
    "share_condition": "condition",
    "share_power": "power",
}


def child_values(answers: Answers) -> dict[str, Any]:
    """Return the fields of a Child; what is not known stays empty."""
    values: dict[str, Any] = {column: _text(answers, name) for name, column in CHILD_COLUMNS.items()}
    sex = _text(answers, "child_sex")
    where: dict[str, Any] = {"postcode": spaced(_text(answers, "child_postcode"))}
    if answers.get("address_protected") is True:
        # Everybody who may know the child reads its record, and others are found by it: the answer alone keeps it.
        where = {"address": "", "postcode": "", "ward": "", "school": ""}
    return values | {
        **where,
        "sex": sex or (UNBORN_SEX if answers.get("birth") == EXPECTED else ""),
        "date_of_birth": as_date(answers.get("child_date_of_birth")),
        "expected_date": as_date(answers.get("child_expected_date")),
        "phones": comparable(_numbers(answers)),
        "household": _household(answers),
        "other_postcodes": _other_postcodes(answers),
        "other_numbers": _other_numbers(answers),
    }


def amended_values(child: Child, before: Answers, after: Answers) -> dict[str, Any]:
    """Return the fields of a Child that follow from answers that changed, and are not what the record says already.

    Whoever works on the child's case may have put the record right since: what no answer changed of stays as it is,
    and of what finds the child only what the answers named is taken out.
    """
    then, now = child_values(before), child_values(after)
    facts = {name: value for name, value in now.items() if then[name] != value}
    for name in facts.keys() & _FOUND_BY.keys():
        kept = [one for one in getattr(child, name) if one not in then[name] and one not in now[name]]
        facts[name] = [*now[name], *kept][: _FOUND_BY[name]]
    return {name: value for name, value in facts.items() if getattr(child, name) != value}


def agreement_values(answers: Answers) -> dict[str, Any]:
    """Return the fields of an Agreement."""
    informed = answers["informed"]
    values: dict[str, Any] = {column: _text(answers, name) for name, column in AGREEMENT_COLUMNS.items()}
    return values | {
        "agreed_on": as_date(answers.get("agreed_on")),
        "informed_child": informed in (BOTH, CHILD),
        "informed_parent": informed in (BOTH, PARENT),
    }


def _numbers(answers: Answers) -> Iterator[str]:
    yield from _said(answers, "phones", "number")
    yield from _said(answers, "people", "phone")


def _household(answers: Answers) -> list[str]:
    """Return who is around the child, plain as names compare, each once."""
    names = dict.fromkeys(plain(name)[:_LONGEST] for name in _said(answers, "people", "name"))
    return [name for name in names if name][:_MOST_PEOPLE]


def _other_postcodes(answers: Answers) -> list[str]:
    """Return the postcodes of further addresses, each once; of one that bears a label nothing finds the child."""
    known = (
        spaced(_text(one, "postcode")) for one in _entries(answers, "other_addresses") if mark_of(one) is Mark.NONE
    )
    return [postcode for postcode in dict.fromkeys(known) if 0 < len(postcode) <= _POSTCODE][:_MOST_OTHERS]


def _other_numbers(answers: Answers) -> list[str]:
    """Return further numbers with their kind, each once."""
    told = ((_text(one, "kind"), tidy(_text(one, "value"))) for one in _entries(answers, "other_numbers"))
    known = (numbered(_NAMES_A_CHILD.get(kind, kind), value) for kind, value in told if kind and value)
    return [number for number in dict.fromkeys(known) if len(number) <= _NUMBER][:_MOST_OTHERS]


def _said(answers: Answers, list_name: str, name: str) -> Iterator[str]:
    """Yield one answer of each entry of a list."""
    for entry in _entries(answers, list_name):
        value = entry.get(name)
        if isinstance(value, str) and value != NOT_KNOWN:
            yield value


def _entries(answers: Answers, list_name: str) -> Iterator[Answers]:
    """Yield the entries of a list; a draft keeps whatever was sent for it."""
    entries = answers.get(list_name)
    yield from (entry for entry in (entries if isinstance(entries, list) else ()) if isinstance(entry, dict))


def _text(answers: Answers, name: str) -> str:
    value = answers.get(name, "")
    return "" if value == NOT_KNOWN else str(value).strip()
