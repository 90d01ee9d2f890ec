"""Filling a template for somebody, and writing the letter: drawn, kept as a document, and a share where it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.cases.queries import visible_to
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.deadlines.calendar import day_in_words
from backend.documents.commands import Record, add_document
from backend.drafts import commands as drafts
from backend.letters import queries
from backend.letters.drawing import Letter, drawn
from backend.letters.rules import (
    AGENCY,
    FORM,
    OTHER,
    POST,
    THROUGH,
    Recipient,
    address_problems,
    filled,
    obstacles,
)
from backend.sharing.commands import disclosure, disclosure_outside, write_shares
from backend.sharing.rules import basis_of, basis_problems, end_problems
from backend.workflow.changing import Change, changing

_PURPOSE = "To tell them in a letter what they need to know"
_CHOOSE = "Choose one of the options."
_PERSON = "Only a person can write a letter."


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled for somebody, and what stands in the way of each way of sending it."""

    title: str
    text: str
    warnings: list[str]


def may_write(actor: Actor, case: Case) -> bool:
    """Say whether the actor may write letters on a case that they see."""
    return policy.allows(actor, Permission.CASE_WRITE_LETTER, access.relations_to(actor, case.id))


def lettered_case(actor: Actor, case_id: UUID) -> Case:
    """Return the visible case that the actor may write letters on. Raises NotFound or Forbidden."""
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.CASE_WRITE_LETTER, access.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden(_PERSON)
    return case


def fill(actor: Actor, case: Case, given: Mapping[str, str]) -> Filled:
    """Return a template filled for somebody of a visible case.

    Raises Forbidden for who may write no letter on it, and Invalid for a template or a person that is not theirs.
    """
    policy.require(actor, Permission.CASE_WRITE_LETTER, access.relations_to(actor, case.id))
    child = _child(case)
    template, recipient = _chosen(actor, case, child, given)
    text = filled(template["text"], queries.values(actor, case, child, recipient))
    rules = queries.contact_rules(actor, case, child)
    warnings = obstacles(recipient, POST, rules, has_died=_has_died(child), at=clock.now())
    return Filled(template["name"], text, list(dict.fromkeys(warnings)))


def write_letter(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, document_id: UUID) -> None:
    """Keep a letter on a case as a document; where it goes to another organisation, the ledger says so.

    What was typed of it is deleted.
    Raises NotFound, Forbidden, Conflict `stale`, or Invalid with the sentence at its field.
    """
    if actor.is_system:
        raise Forbidden(_PERSON)
    with changing(
        actor,
        visible_to(actor),
        case_id,
        permission=Permission.CASE_WRITE_LETTER,
        verb="case.write_letter",
        version=given["version"],
    ) as change:
        case, child = change.target, _child(change.target)
        _template, recipient = _chosen(actor, case, child, given)
        _refuse(actor, case, child, recipient, given)
        content = drawn(_letter(case, recipient, given))
        about = Record(case.id, case.child_id, case.reference, f"/cases/{case.id}/documents")
        file = {"kind": "letter", "title": given["title"], "name": "letter.pdf", "content": content}
        add_document(actor, about, file, document_id=document_id)
        _share(change, recipient, given)
        drafts.discard_own(actor, case.id, FORM)
        change.data = {"template": given["template"], "way": given["way"], "document_id": str(document_id)}
        if given["way"] == THROUGH:
            change.reason = f"Through {given['through']}"


def _child(case: Case) -> Child | None:
    return Child.objects.filter(pk=case.child_id).first()


def _has_died(child: Child | None) -> bool:
    return child is not None and child.died_on is not None


def _chosen(
    actor: Actor, case: Case, child: Child | None, given: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Recipient]:
    template = next((one for one in queries.templates(case) if one["code"] == given["template"]), None)
    if template is None:
        raise Invalid(_CHOOSE, fields={"template": [_CHOOSE]})
    recipient = next((one for one in queries.recipients(actor, case, child) if one.value == given["recipient"]), None)
    if recipient is None:
        raise Invalid(_CHOOSE, fields={"recipient": [_CHOOSE]})
    if template["reader"] != recipient.reader:
        whom = "another organisation" if template["reader"] == AGENCY else "the family"
        sentence = f"“{template['name']}” is written for {whom}. Choose another letter, or somebody else."
        raise Invalid(sentence, fields={"recipient": [sentence]})
    name = str(given.get("other_name") or "")
    return template, replace(recipient, name=name) if recipient.value == OTHER else recipient


def _refuse(actor: Actor, case: Case, child: Child | None, recipient: Recipient, given: Mapping[str, Any]) -> None:
    """Raise Invalid where it may not reach them like this, or may not be shared with them."""
    rules = queries.contact_rules(actor, case, child)
    way = obstacles(recipient, given["way"], rules, has_died=_has_died(child), at=clock.now())
    problems = [("way", sentence) for sentence in dict.fromkeys(way)]
    known = (child.address, child.postcode) if child else ()
    words = f"{given['title']}\n{given['text']}"
    problems += [("names_address", sentence) for sentence in address_problems(words, known, given["names_address"])]
    if recipient.agency_id is not None:
        problems += basis_problems(case.lead_agency.kind, recipient.agency_kind, basis_of(given))
    elif recipient.reader == AGENCY:
        problems += end_problems(basis_of(given))
    if problems:
        fields: dict[str, list[str]] = {}
        for field, sentence in problems:
            fields.setdefault(field, []).append(sentence)
        raise Invalid(*(sentence for _field, sentence in problems), fields=fields)


def _letter(case: Case, recipient: Recipient, given: Mapping[str, Any]) -> Letter:
    """Return what stands on the page; where it is not posted, no address does."""
    return Letter(
        title=given["title"],
        agency=case.lead_agency.name,
        sender=[line for line in (case.lead_agency.phone, f"Reference {case.reference}") if line],
        address=[recipient.name, *(recipient.address if given["way"] == POST else ())],
        date=day_in_words(clock.now()),
        text=given["text"],
    )


def _share(change: Change[Case], recipient: Recipient, given: Mapping[str, Any]) -> None:
    """A letter to another organisation is a share like any other; with the family what is theirs is not."""
    case = change.target
    if recipient.reader != AGENCY:
        return
    share: dict[str, Any] = {
        "root_id": case.id,
        "child_id": case.child_id,
        "what": f"A letter: {given['title']}"[:200],
        "from_agency_id": case.lead_agency_id,
        "purpose": _PURPOSE,
        "basis": basis_of(given),
    }
    if recipient.agency_id is not None:
        write_shares(disclosure(change.actor, **share, to_agency_id=recipient.agency_id, opens_id=case.id))
    else:
        write_shares(disclosure_outside(change.actor, **share, to_outside=recipient.name))
