"""Reads of what a letter begins with: the templates in force, who it may go to, and how the family may be reached."""

from collections.abc import Iterator
from typing import Any

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.cases.models import Case, Relationship
from backend.cases.queries.relationships import around, contacts_of
from backend.children.contacting import rule_in_words
from backend.children.models import Child, Person
from backend.configuration.queries import entries_in_force
from backend.configuration.rules import today
from backend.core import clock, vocabulary
from backend.deadlines.calendar import day_in_words
from backend.letters.rules import AGENCY, CHILD, FAMILY, OTHER, TEMPLATES, Recipient

_LIVES_THERE = "yes"


def templates(case: Case) -> list[dict[str, Any]]:
    """Return the templates that the partnership of a case works by today."""
    return entries_in_force(case.partnership_id, TEMPLATES, today())


def recipients(actor: Actor, case: Case, child: Child | None) -> list[Recipient]:
    """Return who a letter of a case may go to: the family, the other agencies here, and somebody else by name."""
    return [*_family(actor, case, child), *_agencies(case), Recipient(OTHER, "", "", AGENCY)]


def contact_rules(actor: Actor, case: Case, child: Child | None) -> list[tuple[str, str, str]]:
    """Return (whose, what the rule is called, its code) for each rule by which the family may be reached."""
    return [(one.whose, rule_in_words(one.rule), one.rule) for one in contacts_of(actor, case, child) if one.rule]


def values(actor: Actor, case: Case, child: Child | None, recipient: Recipient) -> dict[str, str]:
    """Return what the fields of a template are filled with; empty where it is not known."""
    lead = case.lead_practitioner
    return {
        "recipient_name": recipient.name,
        "child_name": child.name if child else "",
        "child_first_name": (child.known_as or child.given_name) if child else "",
        "worker_name": lead.name if lead else "",
        "writer_name": actor.name,
        "agency_name": case.lead_agency.name,
        "agency_phone": case.lead_agency.phone,
        "next_date": f"{case.next_action_on:%-d %B %Y}" if case.next_action_on else "",
        "reference": case.reference,
        "today": day_in_words(clock.now()),
    }


def _family(actor: Actor, case: Case, child: Child | None) -> Iterator[Recipient]:
    if child is None:
        return
    # What the child's record says everybody on the case may know: of a protected address it holds nothing.
    home = tuple(line for line in (*child.address.splitlines(), child.postcode) if line)
    yield Recipient(CHILD, child.name, "The child", FAMILY, address=home)
    relationships = vocabulary.get("relationships")
    found = around(actor, case)
    standing = [one for one in found.relationships if one.state == Relationship.STANDS]
    people: list[Relationship | Person] = [*standing, *found.people]
    for person in people:
        if person.name:
            where = home if person.lives_with_child == _LIVES_THERE else ()
            hint = relationships.label(person.relationship)
            yield Recipient(f"person:{person.id}", person.name, hint, FAMILY, address=where)


def _agencies(case: Case) -> Iterator[Recipient]:
    others = Agency.objects.filter(partnership_id=case.partnership_id, ended_at=None).exclude(pk=case.lead_agency_id)
    for one in others.order_by("name", "id"):
        yield Recipient(f"{AGENCY}:{one.id}", one.name, "", AGENCY, agency_id=one.id, agency_kind=one.kind)
