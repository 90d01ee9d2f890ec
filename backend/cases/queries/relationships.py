"""Reads of the people around a child: as the case says them, and as referrals do where the case says nothing yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet

from backend.access.actors import Actor
from backend.access.models import Link
from backend.cases.models import Case, Relationship
from backend.cases.queries import visible_to
from backend.cases.queries.page import people_of, readable_referrals, said_numbers
from backend.cases.rules.relationships import RelationshipFacts
from backend.children.models import Child, ContactPoint, Person
from backend.children.telephone import comparable
from backend.core import clock
from backend.deadlines.calendar import local


@dataclass(frozen=True, slots=True)
class Around:
    """Who is around a child: those the case speaks of, and those whom only a referral names."""

    relationships: Sequence[Relationship]
    people: Sequence[Person]


def relationships_visible_to(actor: Actor) -> QuerySet[Relationship]:
    """Return what is said of people in the cases that the actor reads, what was taken back among it."""
    found = _weighed().select_related("agency")
    return found if actor.is_system else found.filter(root_id__in=visible_to(actor).values("id"))


def _weighed() -> QuerySet[Relationship]:
    """Return relationships, each with whether something newer is said elsewhere of how they are reached (ADR 39)."""
    doubted = Func(F("id"), function="app.is_doubted", output_field=BooleanField())
    return Relationship.objects.annotate(is_doubted=doubted)


def relationships_of(case_id: UUID) -> QuerySet[Relationship]:
    """Return who is or was around the child, as the case says it, those who still are first."""
    found = _weighed().filter(root_id=case_id, state__in=Relationship.SHOWN)
    return found.order_by("-state", "made_at", "id")


def around(actor: Actor, case: Case) -> Around:
    """Return who is around the child of a case, in two statements; the case's own word goes before a referral's."""
    own = list(relationships_of(case.id))
    return Around(own, unspoken_of(own, people_of(actor, case, besides={one.said_id for one in own})))


def unspoken_of(own: Sequence[Relationship], people: Iterable[Person]) -> list[Person]:
    """Return those whom only a referral names: of the others the case has its own word."""
    said = {one.said_id for one in own}
    named = {(one.name.casefold(), one.relationship) for one in own if one.name}
    return [one for one in people if one.id not in said and (one.name.casefold(), one.relationship) not in named]


def contacts_of(actor: Actor, case: Case, child: Child | None) -> list[ContactPoint]:
    """Return the family's numbers, in two statements; of a person or number the case speaks of, its word counts."""
    return numbers_around(list(relationships_of(case.id)), said_numbers(actor, case), child)


def numbers_around(
    own: Sequence[Relationship], said: Iterable[ContactPoint], child: Child | None
) -> list[ContactPoint]:
    """Return the numbers that the case gives, the child's own first, and those that only a referral does.

    What a referral says of the same is left out: nobody may find a number that is not safe under an older rule.
    """
    theirs = [own_number(child)] if child and child.phone else []
    names = {one.name.casefold() for one in own if one.name and one.says_how_to_reach}
    names |= names_of(child) if child and child.phone else set()
    numbers = {number for written in _written(own, theirs) for number in compared(written)}
    stated = [
        ContactPoint(id=one.id, whose=one.name or "Name not known", number=one.number, rule=one.rule_now)
        for one in own
        if one.number and one.state == Relationship.STANDS
    ]
    others = {
        (one.whose, one.number, one.rule): one
        for one in said
        if one.whose.casefold() not in names and numbers.isdisjoint(compared(one.number))
    }
    return [*theirs, *stated, *others.values()]


def _written(own: Sequence[Relationship], theirs: Sequence[ContactPoint]) -> list[str]:
    return [*(one.number for one in own), *(one.number for one in theirs)]


def own_number(child: Child) -> ContactPoint:
    """Return the child's own number with its rule, as the record of the child says it (cases.commands.detailing)."""
    return ContactPoint(id=child.id, whose=child.name, number=child.phone, rule=child.phone_rule)


def names_of(child: Child) -> set[str]:
    """Return what a referral may call the child when it says whose a number is."""
    given, family, known_as = child.given_name, child.family_name, child.known_as
    names = ("the child", "child", given, known_as, f"{given} {family}", f"{known_as} {family}")
    return {" ".join(name.split()).casefold() for name in names} - {"", family.casefold()}


def compared(number: str) -> list[str]:
    """Return a number as it compares; one that is no number, as it is written."""
    return comparable([number]) or [number.casefold()]


def said_person(actor: Actor, person_id: UUID) -> tuple[Person, Case] | None:
    """Return somebody whom a referral names and of whom the case that it led to says nothing yet, with that case."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return None
    led_to = Link.objects.filter(root_id=person.root_id).values("parent_id")
    case = visible_to(actor).filter(id__in=led_to).first()
    if case is None or not readable_referrals(actor, case).filter(root_id=person.root_id).exists():
        return None
    is_taken_up = relationships_of(case.id).filter(said_id=person.id).exists()
    return None if is_taken_up else (person, case)


def number_of(person: Person) -> dict[str, str]:
    """Return the number that a referral gives for somebody it names, with its rule; nothing where it gives none."""
    given = ContactPoint.objects.filter(root_id=person.root_id, whose__iexact=person.name).order_by("position", "id")
    found = given.first() if person.name else None
    return {"number": found.number, "contact_rule": found.rule} if found else {}


def namesake(case_id: UUID, name: str, relationship: str) -> bool:
    """Say whether the case speaks of somebody of this name, in this relationship, who is around the child now."""
    standing = relationships_of(case_id).filter(state=Relationship.STANDS)
    return bool(name) and standing.filter(name__iexact=name, relationship=relationship).exists()


def relationship_facts(target: Relationship, actor: Actor) -> RelationshipFacts:
    """Return what the rules of one relationship need, in two statements."""
    is_open = Case.objects.filter(pk=target.root_id, state__in=Case.OPEN).exists()
    past = list(target.history.filter(id=target.id).order_by("-history_date", "-history_id"))
    return RelationshipFacts(actor=actor, today=local(clock.now()).date(), is_open=is_open, past=past)
