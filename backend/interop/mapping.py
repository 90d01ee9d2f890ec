"""One service of a feed as an entry of our directory, and all that was wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend.interop import terms, values
from backend.interop.files import Row
from backend.interop.nesting import NAMES
from backend.interop.problems import Report, Weight

_OLDEST_CHILD = 25
_LONGEST = {"name": 200, "organization": 200, "summary": 300, "text": 20_000, "id": 100, "phone": 40, "note": 300}
_DATES = ("last_modified", "assured_date", "last_assured", "assurer_date")
_SINGLE = ("status", "description", "url", "email", "minimum_age", "maximum_age", "fees", "application_process")
_LISTS = (
    *("eligibility", "cost_option", "language", "service_area", "schedule", "phone", "contact", "attribute"),
    "service_at_location",
)
Nested = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A service as the feed has it. `values` are columns of our Service; what is closed is only there to be ended."""

    where: str
    source_id: str
    name: str
    values: Mapping[str, Any]
    is_paused: bool
    is_closed: bool


class _LeftOut(Exception):
    """This service cannot be taken in; the sentence says why."""


def entry_of(row: Row, report: Report) -> Entry | None:
    """Return the entry, or None after the report says why it was left out."""

    def say(sentence: str) -> None:
        report.say(where, sentence)

    service = row.values
    name = values.line(service.get("name"))
    where = f"{row.where}{f' “{name[:60]}”' if name else ''}"
    try:
        return _entry(where, service, name, say)
    except _LeftOut as error:
        report.say(where, f"{error} The service was left out.", Weight.LEAVES_OUT)
        return None


def _entry(where: str, service: Nested, name: str, say: values.Say) -> Entry:
    source_id = values.line(service.get("id"))
    if not source_id:
        raise _LeftOut("It has no id.")
    if len(source_id) > _LONGEST["id"]:
        raise _LeftOut("Its id is too long.")
    if not name:
        raise _LeftOut("It has no name.")
    _kinds(service, say)
    status = _status(service, say)
    youngest, oldest = _ages(service, say)
    if youngest is not None and youngest > _OLDEST_CHILD:
        raise _LeftOut(f"It is for adults only, from {youngest} years.")
    _dates(service, say)
    tags = list(_tags(service))
    found = {
        "name": values.cut(name, _LONGEST["name"], "name", say),
        "organisation": values.cut(_organization(service), _LONGEST["organization"], "organisation’s name", say),
        "kind": terms.kind(tags),
        "needs": terms.needs(tags),
        "min_age": youngest,
        "max_age": oldest,
        **_texts(service, name, say),
        **_area(service, say),
        "languages": _languages(service, say),
        **_cost(service, say),
        **_contact(service, say),
        "hours_text": _hours(service, say)[: _LONGEST["note"]],
        "address": _address(service)[: _LONGEST["note"]],
    }
    return Entry(where, source_id, name, found, is_paused=status == "paused", is_closed=status == "closed")


def _kinds(service: Nested, say: values.Say) -> None:
    """Say what is not written as the standard writes it, and so cannot be read."""
    for name in _SINGLE:
        if isinstance(service.get(name), (dict, list)):
            say(f"Its {name.replace('_', ' ')} is not a single value. It was left out.")
    for key, value in service.items():
        if NAMES.get(key) in _LISTS and value and not isinstance(value, (dict, list)):
            say(f"What it says under {key.replace('_', ' ')} is not a list. It was left out.")


def _status(service: Nested, say: values.Say) -> str:
    text = values.line(service.get("status"))
    if not text:
        say("It has no status. It was taken as active.")
        return "open"
    status = terms.status(text)
    if status is None:
        raise _LeftOut(f"Its status “{text[:40]}” is not one of active, inactive, defunct, temporarily closed.")
    return status


def _organization(service: Nested) -> str:
    organization = service.get("organization")
    if isinstance(organization, list):
        organization = organization[0] if organization else None
    name = values.line(organization.get("name")) if isinstance(organization, dict) else ""
    if name:
        return name
    key = values.line(service.get("organization_id"))
    if isinstance(organization, dict):
        raise _LeftOut("Its organisation has no name.")
    if key:
        raise _LeftOut(f"Its organisation {key[:60]} is not in the feed.")
    raise _LeftOut("It does not say which organisation offers it.")


def _each(service: Nested, name: str) -> list[Nested]:
    """Return the objects of a list that belongs to a service; anything else there is ignored."""
    found = service.get(name)
    if isinstance(found, dict):
        found = [found]
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _ages(service: Nested, say: values.Say) -> tuple[int | None, int | None]:
    rules = [service, *_each(service, "eligibility")]
    youngest = [values.age(rule.get("minimum_age"), "youngest age", say) for rule in rules if rule.get("minimum_age")]
    oldest = [values.age(rule.get("maximum_age"), "oldest age", say) for rule in rules if rule.get("maximum_age")]
    low = min((age for age in youngest if age is not None), default=None)
    high = None if None in oldest else max((age for age in oldest if age is not None), default=None)
    if low is not None and high is not None and low > high:
        say(f"The youngest age {low} is above the oldest {high}. Both were left out.")
        return None, None
    return low or None, high


def _dates(service: Nested, say: values.Say) -> None:
    for name in _DATES:
        text = values.line(service.get(name))
        if text and not values.is_a_date(text):
            say(f"The date “{text[:30]}” in {name} is not a real date, like 2026-03-27. It was left out.")


def _texts(service: Nested, name: str, say: values.Say) -> dict[str, Any]:
    description = values.plain(service.get("description"))
    if not description:
        say("It has no description.")
    first = description.partition("\n")[0] or name
    summary = first if len(first) <= _LONGEST["summary"] else _first_sentences(first)
    rules = [values.plain(rule.get("eligibility")) for rule in _each(service, "eligibility")]
    said = [values.plain(service.get("eligibility_description")), *rules, values.plain(service.get("alert"))]
    most = _LONGEST["text"]
    return {
        "summary": summary,
        "description": values.cut(description, most, "description", say) if description != summary else "",
        "eligibility": values.cut("\n".join(filter(None, dict.fromkeys(said))), most, "eligibility", say),
        "how_to_refer": values.cut(values.plain(service.get("application_process")), most, "way to apply", say),
    }


def _first_sentences(text: str) -> str:
    """Return as many whole sentences as fit into a summary."""
    start = text[: _LONGEST["summary"]]
    end = max(start.rfind(mark) for mark in (". ", "! ", "? "))
    return start[: end + 1] if end > 0 else f"{start[:-1].rstrip()}…"


def _area(service: Nested, say: values.Say) -> dict[str, Any]:
    """No area means no limit; one that is no place of ours is said and left out."""
    wards: list[str] = []
    names = [
        values.line(area.get("name") or area.get("service_area") or area.get("extent"))
        for area in _each(service, "service_area")
    ]
    for name in filter(None, names):
        if terms.is_whole_city(name):
            return {"is_citywide": True, "wards": []}
        code = terms.ward(name)
        if code is None:
            say(f"The area “{name[:60]}” is not a ward of the city. It was left out.")
        elif code not in wards:
            wards.append(code)
    return {"is_citywide": not wards, "wards": wards}


def _languages(service: Nested, say: values.Say) -> list[str]:
    found = []
    for one in _each(service, "language"):
        text = values.line(one.get("name") or one.get("code") or one.get("language"))
        code = terms.language(text) or terms.language(values.line(one.get("code")))
        if code is None and text:
            say(f"The language “{text[:40]}” is not on our list. It was left out.")
        if code and code not in found:
            found.append(code)
    return found


def _cost(service: Nested, say: values.Say) -> dict[str, str]:
    options = _each(service, "cost_option")
    amounts = [money for one in options if (money := values.amount(one.get("amount"), say)) is not None]
    notes = [values.line(one.get("amount_description") or one.get("option")) for one in options]
    fees = values.line(service.get("fees") or service.get("fees_description"))
    note = "; ".join(filter(None, dict.fromkeys([fees, *notes])))
    if any(amounts):
        cost = "charged"
    elif amounts or fees.lower() in ("free", "none", "no charge", "0", "£0"):
        cost = "free"
    else:
        cost = "not_said"
    return {"cost": cost, "cost_note": values.cut(note, _LONGEST["note"], "note on cost", say)}


def _contact(service: Nested, say: values.Say) -> dict[str, str]:
    organization = service.get("organization")
    contacts = _each(service, "contact")
    numbers = [phone.get("number") for one in (service, *contacts) for phone in _each(one, "phone")]
    emails = [service.get("email"), *(one.get("email") for one in contacts)]
    if isinstance(organization, dict):
        emails.append(organization.get("email"))
    address = service.get("url") or (organization.get("website") if isinstance(organization, dict) else "")
    return {
        "phone": next((text for number in numbers if (text := values.line(number))), "")[: _LONGEST["phone"]],
        "email": values.email(next(filter(None, emails), ""), say),
        "website": values.website(address, say),
    }


def _hours(service: Nested, say: values.Say) -> str:
    said = []
    for one in _each(service, "schedule"):
        times = "–".join(filter(None, (values.hour(one.get(name), say) for name in ("opens_at", "closes_at"))))
        day = values.line(one.get("byday") or one.get("weekday"))
        said.append(values.line(one.get("description")) or " ".join(filter(None, (day, times))))
    return "; ".join(dict.fromkeys(filter(None, said)))


def _address(service: Nested) -> str:
    for place in _each(service, "service_at_location"):
        location = place.get("location") or place
        if not isinstance(location, dict):
            location = {"name": location}
        for one in _each(location, "address"):
            parts = (one.get("address_1"), one.get("address_2"), one.get("city"), one.get("postal_code"))
            if any(parts):
                return ", ".join(filter(None, map(values.line, parts)))
        if values.line(location.get("name")):
            return values.line(location.get("name"))
    return ""


def _tags(service: Nested) -> Iterator[str]:
    """Yield the names of what a service is tagged with, in either version's way of saying it."""
    for one in _each(service, "attribute"):
        for holder in (one.get("taxonomy"), one.get("taxonomy_term"), one):
            if isinstance(holder, list):
                holder = holder[0] if holder else None
            if isinstance(holder, dict):
                text = values.line(holder.get("name") or holder.get("label") or holder.get("value"))
                if text:
                    yield text
                    break
