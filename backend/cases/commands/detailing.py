"""The child's own details, kept right by whoever works on its case; what others wrote of it stays theirs (ADR 50)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.marks import Mark
from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases.models import Case
from backend.cases.queries import visible_to
from backend.cases.queries.detailing import LEARNS, Other, hides_whereabouts, others_with, protected_homes
from backend.cases.rules import detailing as rules
from backend.cases.rules.relationships import CLOSED
from backend.children import commands as children
from backend.children.identifiers import spaced
from backend.children.models import Address, Child
from backend.children.telephone import comparable
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.deadlines.calendar import local
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import Notice, tell_all
from backend.workflow.changing import stale

AMEND = "case.amend_child"
# What changes the record of a child, from wherever: said to whoever had read it before.
_OF_CHILD = (AMEND, "child.amend", "child.note_loss", "case.record_birth", "case.take_back_loss", "case.move_school")
# As long as a record has room for what finds it (referrals.intake.columns).
_MOST = 6
_SAME = "Nothing is different from what stands there. Change something first."
# What messages call each thing that was put right: never what it is now.
_CALLED: Mapping[str, str] = {
    **dict.fromkeys(rules.NAMES, "the name"),
    "date_of_birth": "the date of birth",
    "expected_date": "the day on which the baby is expected",
    "language": "the language",
    **dict.fromkeys(rules.SCHOOL, "the school"),
    **dict.fromkeys(rules.HOME, "where the child lives"),
    **dict.fromkeys(rules.PHONE, "how the child is reached"),
}
_AT_ONCE = frozenset((*rules.HOME, *rules.PHONE))


def amend_details(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Put right what the record of a case's child says, and tell whoever else works with the child that it changed.

    `given` is what the form asks, with the version of the child that was read. Raises a Refusal, Invalid with a
    sentence at each field.
    """
    case, child = child_in_hand(actor, case_id, Permission.CASE_AMEND_CHILD, given["version"])
    today = local(clock.now()).date()
    said = _said(child, given, today)
    safety = given["address_safety"]
    _refuse(child, said, safety, today)
    is_hidden = safety == rules.PROTECTED
    home, school = {name: said[name] for name in rules.HOME}, said.get("school", "")
    # Who says no home leaves it as it is: protected, where any record of the child says so.
    hides_school = is_hidden or (not any(home.values()) and hides_whereabouts(case.id))
    said |= dict.fromkeys((*(rules.HOME if is_hidden else ()), *(rules.SCHOOL if hides_school else ())), "")
    different = {name: value for name, value in said.items() if value != getattr(child, name)}
    apart = {**(home if is_hidden else {}), **({"school": school} if hides_school else {})}
    if not different and not any(apart.values()):
        raise Invalid(_SAME)
    _move_apart(case, home, school, is_hidden=is_hidden, hides_school=hides_school)
    kept = [*(("address",) if is_hidden else ()), *(("school",) if hides_school and school and not is_hidden else ())]
    changed = list(dict.fromkeys([*different, *kept]))
    children.put_right(child, {**different, **_found_by(child, different)})
    data = {"why": given["why"], "fields": changed, "address_safety": safety}
    event = record(actor, AMEND, child, root_id=case.id, child_id=child.id, reason=given["reason"], data={**data})
    label = ", ".join(dict.fromkeys(_CALLED[name] for name in changed))
    tell_others(event, label, urgent=not _AT_ONCE.isdisjoint(changed))


def _move_apart(case: Case, home: Mapping[str, str], school: str, *, is_hidden: bool, hides_school: bool) -> None:
    """Let what is kept apart follow what is said now: an open home ends it, and a new place stands for an old one."""
    today, apart = local(clock.now()).date(), protected_homes(case.id)
    if any(home.values()) and not is_hidden:
        end_apart(apart, today)
        return
    if is_hidden:
        end_apart(apart.exclude(kind=LEARNS), today)
        keep_apart(case, {"kind": "home", **home}, today)
    # The form does not show a school that is kept apart: left empty it stays.
    if hides_school and school:
        end_apart(apart.filter(kind=LEARNS), today)
        keep_apart(case, {"kind": LEARNS, "address": school}, today)


def child_in_hand(actor: Actor, case_id: UUID, permission: Permission, version: int) -> tuple[Case, Child]:
    """Lock the child of an open case that the actor works on, as it was read; raise a Refusal."""
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, permission, queries.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden("Only a person can say who a child is.")
    if case.state == Case.CLOSED:
        raise Conflict(CLOSED, code="wrong_state")
    child = children.in_hand(actor, case.child_id)
    if child.version != version:
        since = Event.objects.filter(child_id=child.id, verb__in=_OF_CHILD, version__gt=version, mark="")
        raise stale(since.order_by("-at", "-id")[:10], version=child.version)
    child.settle(local(clock.now()).date())
    return case, child


def _said(child: Child, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the fields of the record as they are said now; a rule stands for as long as the number does."""
    said = {name: given[name] for name in rules.asked_of(child, today)}
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    said["postcode"] = spaced(said["postcode"])
    if not said["phone"]:
        said["phone_rule"] = ""
    elif not said["phone_rule"] and said["phone"] == child.phone:
        said["phone_rule"] = child.phone_rule
    return said


def _refuse(child: Child, said: Mapping[str, Any], safety: str, today: date) -> None:
    wrong: dict[str, list[str]] = {}
    for name, sentence in rules.problems(child, said, safety, today):
        wrong.setdefault(name, []).append(sentence)
    if wrong:
        raise Invalid(*(sentence for found in wrong.values() for sentence in found), fields=wrong)


def _found_by(child: Child, different: Mapping[str, Any]) -> dict[str, Any]:
    """Return what finds the child besides: the home it had and the numbers it had stay, after those it has now."""
    found: dict[str, Any] = {}
    if "postcode" in different:
        homes = dict.fromkeys(one for one in (child.postcode, *child.other_postcodes) if one)
        found["other_postcodes"] = [one for one in homes if one != different["postcode"]][:_MOST]
    if "phone" in different:
        found["phones"] = list(dict.fromkeys([*comparable([different["phone"]]), *child.phones]))[:_MOST]
    return found


def keep_apart(case: Case, place: Mapping[str, str], from_on: date) -> None:
    """Keep apart where the child lives or learns who must not be found; nothing where nobody says where that is."""
    if any(value for name, value in place.items() if name != "kind"):
        Address.objects.create(
            root_id=case.id, child_id=case.child_id, mark=Mark.LOCATION.value, from_on=from_on, **place
        )


def end_apart(kept: QuerySet[Address], today: date) -> None:
    """End what was kept apart until today, or before it began; nothing is deleted."""
    kept.update(until_on=Greatest(F("from_on"), Value(today)))


def tell_others(event: Event, label: str, *, urgent: bool) -> None:
    """Tell who else works with the child what kind of thing changed: never what it is now, nor at which case."""
    for other in others_with(event.id):
        message = "child_details_changed" if other.reads_it else "child_details_doubted"
        notice = Notice(audience_of(other), message, {"reference": other.reference, "label": label}, other.path, urgent)
        # Of no event: whoever is told at a record of their own does not read the one that made it.
        tell_all([notice], event_id=None, root_id=other.root_id)


def audience_of(other: Other) -> Audience:
    """Return who is told at somebody's record: the person, or the managers of an agency that has named nobody."""
    return Person(other.person_id) if other.person_id else AgencyRoles(other.agency_id, (Role.MANAGER.value,))
