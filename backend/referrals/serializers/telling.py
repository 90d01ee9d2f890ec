"""Who was told the outcome and who was not, and whom the form offers, each with how they are reached safely."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from backend.children.contacting import rule_in_words
from backend.core import vocabulary
from backend.referrals.form.sharing import AT_HOME
from backend.referrals.models import Told
from backend.referrals.rules.facts import Facts, KnownPerson, Rules
from backend.referrals.serializers import parts as shown

RECORDED = "record_told"
WHO = "who"
_RESPONSIBLE, _OTHERS = "With parental responsibility", "Others around the child"
_NO_NAME = "Name not known"


def people_to_tell(known: Facts) -> list[dict[str, Any]]:
    """Return who of those around the child can be named, who is responsible first, with the rules of their numbers."""
    found = sorted((one for one in known.people if one.can_be_told), key=lambda one: not one.is_responsible)
    return [
        {
            "value": str(one.id),
            "label": _words(one.name or _NO_NAME, one),
            "hint": _safely(one.rules),
            "group": _RESPONSIBLE if one.is_responsible else _OTHERS,
        }
        for one in found
    ]


def reached_safely(choices: Iterable[Mapping[str, Any]], known: Facts) -> list[dict[str, Any]]:
    """Return the choices of whom it is about, with how whoever referred and the child are reached safely."""
    caller = known.caller
    rules: dict[str, Sequence[Rules]] = {
        Told.REFERRER: ((caller.rule,),) if caller and caller.feedback in AT_HOME and caller.rule else (),
        Told.CHILD: known.child_rules,
    }
    return [
        {**one, "hint": _safely(rules[one["value"]]) or one["hint"]} if rules.get(one["value"]) else dict(one)
        for one in choices
    ]


def told_rows(found: Sequence[Told], known: Facts | None) -> list[dict[str, Any]]:
    """Return what was recorded, each of a person by their name as far as its reader may read it."""
    people = _people(found, known)
    return [shown.told(one, _named(one, people)) for one in found]


def telling_rows(found: Sequence[Told], known: Facts | None, *, unborn: bool) -> list[dict[str, Any]]:
    """Return for each who should hear the outcome the last that was recorded, and that nothing was where it is so."""
    people = {one.id: one for one in known.people} if known else {}
    last = {_key(one): one for one in found} | {_key(one): one for one in found if one.told_at}
    rows: list[tuple[str, UUID | None]] = [(Told.REFERRER, None)]
    rows += [] if unborn else [(Told.CHILD, None)]
    rows += [(Told.PARENT, person_id) for person_id in _parents(last, people.values())]
    return [_line(who, person_id, last.get((who, person_id)), people) for who, person_id in rows]


def _parents(last: Iterable[tuple[str, UUID | None]], people: Iterable[KnownPerson]) -> Iterator[UUID | None]:
    """Yield whom a line is about: who is responsible for the child, whoever was named, and a parent without a name.

    Where a parent was told and nobody was named, nobody knows which of them it was: that line stands for all.
    """
    recorded = [person_id for who, person_id in last if who == Told.PARENT]
    named = [person_id for person_id in recorded if person_id]
    responsible = [one.id for one in people if one.is_responsible and one.can_be_told]
    if None in recorded and not named:
        yield None
        return
    yield from dict.fromkeys((*responsible, *named))
    if None in recorded or not (responsible or named):
        yield None


def _line(who: str, person_id: UUID | None, last: Told | None, people: Mapping[UUID, KnownPerson]) -> dict[str, Any]:
    label = shown.word("told_who", who)
    person = people.get(person_id) if person_id else None
    name = _named(last, people) if last else _words(person.name or _NO_NAME, person) if person else ""
    return {
        "who": who,
        "person": person_id if person and person.can_be_told else None,
        "label": f"{label}: {name}" if name else label,
        "told": shown.told(last, name) if last else None,
    }


def _key(one: Told) -> tuple[str, UUID | None]:
    return one.who, one.person_id


def _people(found: Sequence[Told], known: Facts | None) -> dict[UUID, KnownPerson]:
    """Ask who is around the child only where somebody was named."""
    if known is None or not any(one.person_id for one in found):
        return {}
    return {one.id: one for one in known.people}


def _named(one: Told, people: Mapping[UUID, KnownPerson]) -> str:
    """Return who was told, as the case or the referral calls them now, or else as the referral did then."""
    person = people.get(one.person_id) if one.person_id else None
    if person is None:
        return one.person_name
    return _words(person.name or one.person_name or _NO_NAME, person)


def _words(name: str, person: KnownPerson) -> str:
    relationship = vocabulary.get("relationships").label(person.relationship)
    said = [name, *([relationship.lower()] if relationship else [])]
    return ", ".join([*said, *(["parental responsibility"] if person.is_responsible else [])])


def _safely(rules: Sequence[Rules]) -> str:
    """Return how somebody may be reached, in the words of the rules of their numbers; nothing where there is none."""
    said = dict.fromkeys(chain.from_iterable(rules))
    return "; ".join(rule_in_words(rule) or "Nobody has said how this is safe" for rule in said)
