"""Lists in the style of Annex A, which an inspection of children's services asks for: one workbook, a sheet for each.

In the style of, and no more: the lists of an inspectorate are those of a local authority's social care, and a
partnership's early help has other records. What is here are the columns that both know, with the codes of the national
collections; nobody is told that it is what an inspectorate prescribes.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.cases import queries as cases
from backend.cases.models import Assessment, Case, Transfer
from backend.cases.queries.assessing import assessments_visible_to
from backend.cases.queries.closed import Wanted, closed
from backend.children.models import Child
from backend.core import clock, vocabulary
from backend.core.spreadsheets.cells import ENGLISH, Cell
from backend.deadlines.calendar import at_local, local
from backend.exports.lists.listing import Asked, Book, Listing, NothingAsked, Row, children_of
from backend.referrals.models import Referral
from backend.referrals.queries import lists

_MONTHS = 6
_WHO = ("Child’s reference here", "Date of birth", "Expected date of birth", "Sex", "Ethnicity")
# What the national collections write where nothing was said.
_SEX, _ETHNICITY = "U", "NOBT"


def _since() -> datetime:
    """Return the first instant of the day six months ago, in England."""
    today = local(clock.now()).date()
    months = today.year * 12 + today.month - 1 - _MONTHS
    first = date(months // 12, months % 12 + 1, 1)
    # The 31st of a month without one is its last day.
    last = (date((months + 1) // 12, (months + 1) % 12 + 1, 1) - first).days
    return at_local(first.replace(day=min(today.day, last)), time.min)


def _national(name: str, code: str, otherwise: str = "") -> str:
    term = vocabulary.get(name).terms.get(code)
    return str(term.more.get("national") or otherwise) if term else otherwise


def _day(moment: datetime | None) -> Cell:
    return local(moment).date() if moment else None


def _who(child: Child | None) -> Row:
    """Return the cells of _WHO: no name, as a child-level list of an inspection has none."""
    if child is None:
        return ("", None, None, _SEX, _ETHNICITY)
    ethnicity = _national("ethnicities", child.ethnicity, _ETHNICITY)
    sex = _national("sexes", child.sex, _SEX)
    return (str(child.canonical_id or child.id), child.date_of_birth, child.expected_date, sex, ethnicity)


def _with_child(make: Callable[[Any], Row]) -> Callable[[Asked, Sequence[Any]], Sequence[Row]]:
    """Return what writes a row for each record: who the child is, then what the sheet says of it."""

    def cells(_asked: Asked, found: Sequence[Any]) -> Sequence[Row]:
        children = children_of(found)
        return [(*_who(children.get(one.child_id)), *make(one)) for one in found]

    return cells


def _contacts(actor: Actor, _asked: Asked) -> QuerySet[Referral]:
    return lists.held(actor).filter(submitted_at__gte=_since())


def _referrals(actor: Actor, _asked: Asked) -> QuerySet[Referral]:
    return _contacts(actor, _asked).filter(state__in=(Referral.ACCEPTED, Referral.LINKED))


def _assessments(actor: Actor, _asked: Asked) -> QuerySet[Assessment]:
    found = assessments_visible_to(actor).filter(agency_id=actor.agency_id, started_at__gte=_since())
    return found.exclude(state=Assessment.SET_ASIDE).order_by("-started_at", "-id")


def _open(actor: Actor, _asked: Asked) -> QuerySet[Case]:
    return cases.led(actor).select_related("team")


def _closed(actor: Actor, _asked: Asked) -> QuerySet[Case]:
    return closed(actor, Wanted(since=local(_since()).date()))


def _transfers(actor: Actor, _asked: Asked) -> QuerySet[Transfer]:
    found = cases.transfers_visible_to(actor).filter(proposed_at__gte=_since())
    return found.order_by("-proposed_at", "-id")


def _contact(one: Referral) -> Row:
    source = _national("sources", one.source)
    return (one.reference, _day(one.submitted_at), source, one.referrer_agency.name, Referral.LABELS[one.state])


def _referral(one: Referral) -> Row:
    level = vocabulary.get("levels_of_need").label(one.level_decided)
    return (one.reference, _day(one.submitted_at), _national("sources", one.source), _day(one.ended_at), level)


def _assessment(one: Assessment) -> Row:
    return (one.case_reference, one.number, _day(one.started_at), _day(one.ended_at), one.agency.name)


def _case(one: Case) -> Row:
    need = vocabulary.get("primary_needs").label(one.primary_need)
    worker = one.lead_practitioner.name if one.lead_practitioner else "Not allocated"
    team = one.team.name if one.team else ""
    return (one.reference, _day(one.opened_at), need, Case.LABELS[one.state], worker, team, _day(one.next_due_at))


def _ended(one: Case) -> Row:
    reason = vocabulary.get("closing_reasons").label(one.closing_reason)
    return (one.reference, _day(one.opened_at), _day(one.closed_at), reason)


def _transfer(one: Transfer) -> Row:
    state, answered = Transfer.LABELS[one.state], _day(one.answered_at)
    return (one.case_reference, _day(one.proposed_at), one.from_agency.name, one.to_agency.name, state, answered)


def _sheet(code: str, label: str, find: Any, make: Callable[[Any], Row], *columns: str) -> Listing:
    return Listing(
        code=code,
        label=label,
        permission=Permission.EXPORT_FOR_INSPECTION,
        columns=(*_WHO, *columns),
        asked=NothingAsked,
        find=find,
        cells=_with_child(make),
    )


INSPECTION = Book(
    code="inspection",
    label="Lists for an inspection, in the style of Annex A",
    permission=Permission.EXPORT_FOR_INSPECTION,
    asked=NothingAsked,
    days=ENGLISH,
    parts=(
        _sheet(
            "contacts",
            "1 Contacts, 6 months",
            _contacts,
            _contact,
            *("Reference", "Date of contact", "Source", "Agency", "Outcome"),
        ),
        _sheet(
            "assessments",
            "2 Early help assessments",
            _assessments,
            _assessment,
            *("Case", "Number", "Start", "Completion", "Organisation completing"),
        ),
        _sheet(
            "referrals_accepted",
            "3 Referrals accepted, 6 months",
            _referrals,
            _referral,
            *("Reference", "Date of referral", "Source", "Date of decision", "Level of need"),
        ),
        _sheet(
            "open",
            "4 Open cases",
            _open,
            _case,
            *("Case", "Opened", "Primary need", "State", "Lead practitioner", "Team", "Due next"),
        ),
        _sheet("ended", "5 Closed cases, 6 months", _closed, _ended, *("Case", "Opened", "Closed", "Why it closed")),
        _sheet(
            "transfers",
            "6 Transfers, 6 months",
            _transfers,
            _transfer,
            *("Case", "Proposed", "From", "To", "State", "Answered"),
        ),
    ),
)
