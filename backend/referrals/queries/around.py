"""Who is around a referral's child, and how each may be reached: as its case says it, or else the referral."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from backend.access.actors import Actor
from backend.cases.models import Relationship
from backend.cases.queries.relationships import compared, numbers_around, relationships_visible_to, unspoken_of
from backend.cases.rules.relationships import is_grown
from backend.children.models import Child, ContactPoint, Person
from backend.referrals.rules.facts import KnownPerson, Rules

OF_PERSON = ("id", "name", "relationship", "parental_responsibility")
OF_RELATIONSHIP = (*OF_PERSON, "number", "contact_rule", "said_id", "state", "is_doubted")
OF_NUMBER = ("id", "whose", "number", "rule")
OF_CHILD = (
    "child__id",
    "child__given_name",
    "child__family_name",
    "child__known_as",
    "child__phone",
    "child__phone_rule",
)
_YES = "yes"


def around_case(actor: Actor) -> QuerySet[Relationship]:
    """Return who is or was around the child in the case that a referral led to, if the actor reads that case."""
    return relationships_visible_to(actor).filter(root_id=OuterRef("case_id"), state__in=Relationship.SHOWN)


def around_child(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts about the people around the child and their numbers, from the columns above as JSON has them."""
    own = [_spoken_of(one) for one in row["around"]]
    said = [Person(**_identified(one)) for one in row["people"]]
    child = Child(**{name.removeprefix("child__"): row[name] or "" for name in OF_CHILD if row["child__id"]})
    contacts = numbers_around(own, [ContactPoint(**_identified(one)) for one in row["contacts"]], child)
    given, family, known_as = child.given_name, child.family_name, child.known_as
    return {
        "numbers": tuple(one.rule for one in contacts),
        "child_rules": _rules((given, known_as, f"{given} {family}", f"{known_as} {family}"), contacts),
        "people": tuple(_people(own, said, contacts)),
    }


def _spoken_of(row: Mapping[str, Any]) -> Relationship:
    """Return what a case says of somebody, with whether something newer is said elsewhere of how they are reached."""
    found = Relationship(**_identified({name: value for name, value in row.items() if name != "is_doubted"}))
    vars(found)["is_doubted"] = row["is_doubted"] == "true"
    return found


def _identified(row: Mapping[str, Any]) -> dict[str, Any]:
    ids = {name: UUID(row[name]) if row[name] else None for name in ("id", "said_id") if name in row}
    return {**row, **ids}


def _people(
    own: Sequence[Relationship], said: Sequence[Person], contacts: Sequence[ContactPoint]
) -> Iterable[KnownPerson]:
    """Yield each person once, under the id that stays theirs when the case takes up whom a referral named."""
    named = {one.id: one.name for one in said}
    for spoken in own:
        yield _known(
            spoken,
            spoken.said_id or spoken.id,
            named,
            rules=_rules((spoken.name,), contacts) or (((spoken.rule_now,),) if spoken.rule_now else ()),
            is_there=spoken.state == Relationship.STANDS,
        )
    for person in unspoken_of(own, said):
        yield _known(person, person.id, named, rules=_rules((person.name,), contacts), is_there=True)


def _known(
    one: Relationship | Person, person_id: UUID, named: Mapping[UUID, str], *, rules: tuple[Rules, ...], is_there: bool
) -> KnownPerson:
    is_responsible = one.parental_responsibility == _YES
    return KnownPerson(
        id=person_id,
        name=one.name,
        said_name=named.get(person_id, ""),
        relationship=one.relationship,
        is_responsible=is_responsible,
        # Brothers, sisters and cousins are no carers, unless somebody knows that they are responsible.
        can_be_told=is_there and (is_responsible or is_grown(one.relationship)),
        rules=rules,
    )


def _rules(names: Collection[str], contacts: Sequence[ContactPoint]) -> tuple[Rules, ...]:
    """Return the rules of each of somebody's own numbers; of one that is shared, everybody's rule for it."""
    wanted = {_plain(name) for name in names} - {""}
    theirs = dict.fromkeys(_number(one) for one in contacts if _plain(one.whose) in wanted)
    return tuple(tuple(dict.fromkeys(one.rule for one in contacts if _number(one) == number)) for number in theirs)


def _number(one: ContactPoint) -> str:
    return compared(one.number)[0]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
