"""Answers as the rows they become: statements, factors, people, numbers, and what visitors must know."""

from collections import Counter
from collections.abc import Iterator, Set
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.access.marks import Mark
from backend.children.identifiers import spaced, tidy
from backend.children.models import Address, ContactPoint, Identifier, Person, SafetyAlert
from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.form.marking import by_mark, mark_of
from backend.referrals.form.parts import Answers, is_known
from backend.referrals.form.values import as_date
from backend.referrals.models import ReferralFactor, SentAnswers, Statement

CONVERSATION = ("worried_about", "working_well")
# Answers in words that are kept as statements of a kind of their own, in the order they read.
SPOKEN = (
    "needs_to_happen",
    "tried_before",
    "child_voice",
    "voice_why_not_note",
    "parent_view",
    "agreement_why_not",
)
NOT_KNOWN_TEXT = "Not known"
CURRENT, EARLIER = "current", "earlier"
FACTORS = (("factors_current", CURRENT), ("factors_earlier", EARLIER))
UNBORN = "unborn"
NOTHING_KNOWN = "none_known"
# The answers that each kind of row follows from.
_OF_FACTORS = frozenset({"factors_current", "factors_earlier", "factor_details"})
_OF_PEOPLE = frozenset({"people"})
_OF_ADDRESSES = frozenset({"other_addresses"})
_OF_NUMBERS = frozenset({"other_numbers"})
_OF_CONTACTS = frozenset({"phones", "people"})
_OF_ALERTS = frozenset({"staff_safety", "staff_safety_call", "staff_safety_note", "staff_safety_review"})
# When nobody says when to look at a visitor's risk again (product.md: review within a year).
LOOK_AGAIN = timedelta(days=183)


def keep(root_id: UUID, answers: Answers) -> None:
    """Write the answers down as they were sent, those with a mark in rows of their own."""
    SentAnswers.objects.bulk_create(
        SentAnswers(root_id=root_id, mark=mark.value, answers=kept) for mark, kept in by_mark(answers).items()
    )


def statements_of(root_id: UUID, answers: Answers, *, by: UUID) -> list[Statement]:
    """Return what was said, in the order of the form; each label counts its own, so that no number tells of another."""
    said = [statement for kind in (*CONVERSATION, *SPOKEN) for statement in statements_of_kind(kind, answers)]
    counted: Counter[str] = Counter()
    for statement in said:
        statement.root_id, statement.position, statement.recorded_by_id = root_id, counted[statement.mark], by
        counted[statement.mark] += 1
    return said


def statements_of_kind(kind: str, answers: Answers) -> Iterator[Statement]:
    """Yield what was said of one kind: one statement for each entry of a list, one for an answer in words."""
    value = answers.get(kind)
    if value == NOT_KNOWN:
        yield Statement(kind=kind, text=NOT_KNOWN_TEXT)
    elif isinstance(value, list):
        for item in value:
            told_by = item.get("told_by", "").strip() if item["basis"] == "told" else ""
            yield Statement(
                kind=kind,
                text=item["text"].strip(),
                basis=item["basis"],
                told_by=told_by,
                currency=item["currency"],
                mark=mark_of(item).value,
            )
    elif value:
        # What the child said comes with how it was heard.
        told_by = answers["child_voice_how"] if kind == "child_voice" else ""
        yield Statement(kind=kind, text=value.strip(), told_by=told_by)


def write_rows(root_id: UUID, child_id: UUID, answers: Answers, *, today: date) -> None:
    """Write the rows around a child that follow from the answers of a referral that is sent."""
    ReferralFactor.objects.bulk_create(_factors(root_id, answers))
    Person.objects.bulk_create(_people(root_id, child_id, answers))
    ContactPoint.objects.bulk_create(_contacts(root_id, child_id, answers))
    SafetyAlert.objects.bulk_create(_alerts(root_id, child_id, answers, today=today))
    Address.objects.bulk_create(_addresses(root_id, child_id, answers))
    Identifier.objects.bulk_create(_identifiers(root_id, child_id, answers))


def rewrite_rows(root_id: UUID, child_id: UUID, answers: Answers, *, today: date, changed: Set[str]) -> None:
    """Write those rows anew that follow from answers that were `changed`; the amendments keep what they said before."""
    if changed & _OF_FACTORS:
        ReferralFactor.objects.filter(root_id=root_id).delete()
        ReferralFactor.objects.bulk_create(_factors(root_id, answers))
    if changed & _OF_PEOPLE:
        _rewrite_people(root_id, child_id, answers)
    if changed & _OF_CONTACTS:
        ContactPoint.objects.filter(root_id=root_id).delete()
        ContactPoint.objects.bulk_create(_contacts(root_id, child_id, answers))
    rewrite_lasting(root_id, child_id, answers, changed=changed)
    if changed & _OF_ALERTS:
        SafetyAlert.objects.filter(root_id=root_id).delete()
        SafetyAlert.objects.bulk_create(_alerts(root_id, child_id, answers, today=today))


def rewrite_lasting(root_id: UUID, child_id: UUID, answers: Answers, *, changed: Set[str]) -> None:
    """Write further addresses and numbers anew; what the writer does not read stays as it is."""
    if changed & _OF_ADDRESSES:
        marks = {mark_of(item).value for item in answers.get("other_addresses", ())} | {Mark.NONE.value}
        Address.objects.filter(root_id=root_id, mark__in=marks).delete()
        Address.objects.bulk_create(_addresses(root_id, child_id, answers))
    if changed & _OF_NUMBERS:
        Identifier.objects.filter(root_id=root_id).delete()
        Identifier.objects.bulk_create(_identifiers(root_id, child_id, answers))


def _addresses(root_id: UUID, child_id: UUID, answers: Answers) -> list[Address]:
    return [
        Address(
            root_id=root_id,
            child_id=child_id,
            position=position,
            kind=one["kind"],
            address=one["address"].strip(),
            postcode=spaced(_known(one, "postcode")),
            ward=_known(one, "ward"),
            mark=mark_of(one).value,
            **_lasting(one),
        )
        for position, one in enumerate(answers.get("other_addresses", ()))
    ]


def _identifiers(root_id: UUID, child_id: UUID, answers: Answers) -> list[Identifier]:
    return [
        Identifier(
            root_id=root_id,
            child_id=child_id,
            position=position,
            kind=one["kind"],
            value=tidy(one["value"]),
            **_lasting(one),
        )
        for position, one in enumerate(answers.get("other_numbers", ()))
    ]


def _lasting(one: Answers) -> dict[str, Any]:
    days = {name: as_date(one.get(name)) for name in ("from_on", "until_on")}
    return {**days, "said_by": one.get("said_by") or ""}


def _factors(root_id: UUID, answers: Answers) -> list[ReferralFactor]:
    more = {detail["code"]: detail for detail in answers.get("factor_details", ())}
    return [
        ReferralFactor(
            root_id=root_id,
            code=code,
            currency=currency,
            concerns=more.get(code, {}).get("concerns", ""),
            basis=more.get(code, {}).get("basis", ""),
        )
        for name, currency in FACTORS
        if is_known(answers.get(name))
        for code in answers[name]
    ]


def _people(root_id: UUID, child_id: UUID, answers: Answers) -> list[Person]:
    return [
        Person(
            root_id=root_id,
            child_id=child_id,
            position=position,
            name=_known(one, "name"),
            relationship=one["relationship"],
            date_of_birth=as_date(one.get("date_of_birth")),
            lives_with_child=one["lives_with_child"],
            parental_responsibility=one["parental_responsibility"],
            told=one["told"],
        )
        for position, one in enumerate(answers.get("people", ()))
    ]


def _rewrite_people(root_id: UUID, child_id: UUID, answers: Answers) -> None:
    """Write the people anew, each who stood there before under the same id: a case may speak of them by it."""
    said = _people(root_id, child_id, answers)
    before = list(Person.objects.filter(root_id=root_id).order_by("position", "id"))
    _keep_ids(said, before)
    Person.objects.filter(root_id=root_id).delete()
    Person.objects.bulk_create(said)


def _keep_ids(said: list[Person], before: list[Person]) -> None:
    """Give each person the id of who was the same before: by name and what they are to the child.

    Somebody whose name was put right is the same where nobody else of that kind came or went.
    """
    new, gone = [], list(before)
    for person in said:
        same = next((one for one in gone if _key(one) == _key(person)), None)
        if same is None:
            new.append(person)
        else:
            person.id = same.id
            gone.remove(same)
    for person in new:
        now, then = ([one for one in found if one.relationship == person.relationship] for found in (new, gone))
        if len(now) == len(then) == 1:
            person.id = then[0].id


def _key(person: Person) -> tuple[str, str]:
    return person.name.casefold(), person.relationship


def _contacts(root_id: UUID, child_id: UUID, answers: Answers) -> list[ContactPoint]:
    """Return every number with its rule; one of the family list has none until it is given among the phones too."""
    found = [(one["whose"], one["number"], _known(one, "rule")) for one in answers.get("phones", ())]
    given = {_digits(number) for _whose, number, _rule in found}
    for one in answers.get("people", ()):
        number = _known(one, "phone")
        if number and _digits(number) not in given:
            found.append((_known(one, "name") or NOT_KNOWN_TEXT, number, ""))
    return [
        ContactPoint(root_id=root_id, child_id=child_id, position=position, whose=whose, number=number, rule=rule)
        for position, (whose, number, rule) in enumerate(found)
    ]


def _alerts(root_id: UUID, child_id: UUID, answers: Answers, *, today: date) -> list[SafetyAlert]:
    codes = answers.get("staff_safety", [])
    known = [code for code in codes if code != NOTHING_KNOWN] if isinstance(codes, list) else []
    call = answers.get("staff_safety_call", "").strip()
    words = (
        f"Speak to police on {call} before visiting." if call else "",
        answers.get("staff_safety_note", "").strip(),
    )
    note = " ".join(one for one in words if one)
    if not known and not note:
        return []
    review_on = as_date(answers.get("staff_safety_review")) or today + LOOK_AGAIN
    return [SafetyAlert(root_id=root_id, child_id=child_id, codes=known, note=note, review_on=review_on)]


def _known(item: Answers, name: str) -> str:
    value = item.get(name, "")
    return "" if value == NOT_KNOWN else str(value).strip()


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())
