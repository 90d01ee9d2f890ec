"""A feed as a list of services, each with what belongs to it inside, from tables or from JSON alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.interop.files import Row, SourceFile, json_of, rows_of, text_of
from backend.interop.problems import Report, Unreadable, Weight

# The names a table or a list goes by, in versions 1 to 3 and in people's spelling, to the one we use.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "service": ("services",),
    "organization": ("organizations",),
    "location": ("locations",),
    "service_at_location": ("service_at_locations", "services_at_location", "services_at_locations"),
    "address": ("addresses", "physical_address", "physical_addresses", "postal_address", "postal_addresses"),
    "eligibility": ("eligibilitys", "eligibilities"),
    "cost_option": ("cost_options",),
    "language": ("languages",),
    "service_area": ("service_areas",),
    "schedule": ("schedules", "regular_schedule", "regular_schedules"),
    "phone": ("phones",),
    "contact": ("contacts",),
    "attribute": ("attributes", "service_taxonomy", "service_taxonomys", "service_taxonomies", "other_attributes"),
    "taxonomy": ("taxonomys", "taxonomies", "taxonomy_term", "taxonomy_terms"),
}
NAMES = {other: name for name, others in _NAMES.items() for other in (name, *others)}
# Tables whose rows belong to a service by its id.
_PARTS = ("eligibility", "cost_option", "language", "service_area", "schedule", "phone", "contact")
_PAGES = ("contents", "content", "services", "service", "results", "items", "data")


@dataclass(slots=True)
class Feed:
    """The services of a feed, and the licence its package names."""

    services: list[Row] = field(default_factory=list)
    licence: str = ""
    # Why it may not be all of the feed, if so: then nothing that it lacks is gone.
    lacks: str = ""


def read(files: Iterable[SourceFile], report: Report) -> Feed:
    """Return what the files hold together; what cannot be read is said in the report."""
    feed, tables = Feed(), defaultdict[str, list[Row]](list)
    for file in sorted(files, key=lambda one: one.name):
        try:
            _read_one(file, feed, tables, report)
        except Unreadable as error:
            report.say(file.name, str(error), Weight.STOPS)
    feed.services += _from_tables(tables, report)
    if any(problem.weight is Weight.LEAVES_OUT for problem in report.found):
        feed.lacks = "Some lines could not be read, so nothing that is missing from the feed was ended."
    if not feed.services and not report.stops:
        report.say(
            "The feed", "No service was found in it: there is no service.csv and no list of services.", Weight.STOPS
        )
    return feed


def _read_one(file: SourceFile, feed: Feed, tables: dict[str, list[Row]], report: Report) -> None:
    stem, _, ending = file.name.rpartition("/")[2].lower().rpartition(".")
    text = text_of(file, report)
    if stem == "datapackage":
        feed.licence = _licence(json_of(text))
    elif ending == "csv":
        table = NAMES.get(stem.replace("-", "_").replace("organisation", "organization"))
        if table is None:
            report.say(file.name, "We do not use this table. It was not read.")
            return
        tables[table] += rows_of(file.name, text, report)
    elif ending == "json":
        _from_json(file.name, stem, json_of(text), feed, tables)
    else:
        report.say(file.name, "It is neither CSV nor JSON. It was not read.")


def _licence(package: Any) -> str:
    licences = package.get("licenses") if isinstance(package, dict) else None
    first = licences[0] if isinstance(licences, list) and licences else {}
    return str(first.get("title") or first.get("name") or "") if isinstance(first, dict) else ""


def _from_json(name: str, stem: str, document: Any, feed: Feed, tables: dict[str, list[Row]]) -> None:
    """Take a page of the API, one service, a list of services, or tables by their names."""
    if isinstance(document, list):
        _take_list(name, NAMES.get(stem, "service"), document, feed, tables)
        return
    if not isinstance(document, dict):
        raise Unreadable("It is JSON, but neither a service nor a list of services.")
    if _number(document.get("total_pages"), document.get("totalpages")) > 1:
        feed.lacks = "This is one page of several, so nothing that is missing from it was ended."
    for key in _PAGES:
        if isinstance(document.get(key), list):
            _take_list(name, "service", document[key], feed, tables)
            break
    else:
        if "id" in document and "name" in document:
            feed.services.append(_nested(name, document))
            feed.lacks = "This is a single service, so nothing else was ended."
    for key, rows in document.items():
        if NAMES.get(key) not in (None, "service") and isinstance(rows, list):
            _take_list(name, NAMES[key], rows, feed, tables)


def _number(*values: Any) -> int:
    return max((int(value) for value in values if str(value).isdigit()), default=0)


def _take_list(name: str, table: str, rows: list[Any], feed: Feed, tables: dict[str, list[Row]]) -> None:
    """Rows that have what belongs to them inside are services already; flat ones wait for the other tables."""
    for place, row in enumerate(rows, start=1):
        where = f"{name}, {table.replace('_', ' ')} {place}"
        if not isinstance(row, dict):
            row = {}
        if table == "service" and not _is_flat(row):
            feed.services.append(_nested(where, row))
        else:
            tables[table].append(Row(where, row))


def _is_flat(row: Mapping[str, Any]) -> bool:
    return bool(row) and not any(isinstance(value, (dict, list)) for value in row.values()) and "organization_id" in row


def _nested(where: str, row: Mapping[str, Any]) -> Row:
    """Give the lists of a nested service the names that tables have."""
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = NAMES.get(key, key) if isinstance(value, (dict, list)) else key
        if isinstance(value, list):
            value = [_nested("", one).values if isinstance(one, dict) else {"name": one} for one in value]
            value = [*values.get(name, []), *value] if isinstance(values.get(name), list) else value
        elif isinstance(value, dict):
            value = _nested("", value).values
        values[name] = value
    return Row(where, values)


def _from_tables(tables: Mapping[str, list[Row]], report: Report) -> Iterator[Row]:
    organizations = _by_id(tables.get("organization", []), report)
    locations = _by_id(tables.get("location", []), report)
    terms = _by_id(tables.get("taxonomy", []), report)
    services = tables.get("service", [])
    known = {str(row.values.get("id") or "") for row in services}
    parts = {name: _grouped(name, tables.get(name, []), known, report) for name in _PARTS}
    addresses = _grouped_by("location_id", tables.get("address", []))
    places = _grouped("service_at_location", tables.get("service_at_location", []), known, report)
    tagged = _tagged(tables.get("attribute", []), terms, known, report)
    for row in services:
        service_id = str(row.values.get("id") or "")
        values = dict(row.values)
        organization = str(values.get("organization_id") or "")
        if organization and organization in organizations:
            values["organization"] = organizations[organization].values
        values |= {
            name: [part.values for part in found[service_id]] for name, found in parts.items() if service_id in found
        }
        values["service_at_location"] = list(_places(places.get(service_id, []), locations, addresses, report))
        values["attribute"] = tagged.get(service_id, [])
        yield Row(row.where, values)


def _by_id(rows: Iterable[Row], report: Report) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        key = str(row.values.get("id") or "")
        if not key:
            report.say(row.where, "It has no id. The line was left out.")
        elif key in found:
            report.say(row.where, f"The id {key} is used twice: {found[key].where} has it too. This line was left out.")
        else:
            found[key] = row
    return found


def _grouped(name: str, rows: Iterable[Row], known: set[str], report: Report) -> dict[str, list[Row]]:
    """Return the rows by the service they belong to; one that belongs to none is said."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        service = str(row.values.get("service_id") or "")
        if service in known:
            found[service].append(row)
        elif service:
            report.say(row.where, f"It belongs to the service {service}, which is not in the feed. It was left out.")
        elif not any(row.values.get(key) for key in ("organization_id", "location_id", "contact_id")):
            report.say(row.where, f"This {name.replace('_', ' ')} does not say which service it belongs to.")
    return found


def _grouped_by(column: str, rows: Iterable[Row]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[str(row.values.get(column) or "")].append(row.values)
    return found


def _places(
    rows: Iterable[Row], locations: Mapping[str, Row], addresses: Mapping[str, list[Mapping[str, Any]]], report: Report
) -> Iterator[dict[str, Any]]:
    for row in rows:
        key = str(row.values.get("location_id") or "")
        if key not in locations:
            report.say(row.where, f"Its location {key or '(empty)'} is not in the feed.")
            continue
        yield {"location": {**locations[key].values, "address": addresses.get(key, [])}}


def _tagged(
    rows: Iterable[Row], terms: Mapping[str, Row], known: set[str], report: Report
) -> dict[str, list[dict[str, Any]]]:
    """Version 1 tags a service in service_taxonomy, version 3 by attributes that link to it."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        service = str(row.values.get("service_id") or row.values.get("link_id") or "")
        term = str(row.values.get("taxonomy_term_id") or row.values.get("taxonomy_id") or "")
        if service not in known:
            continue  # attributes belong to locations and organisations too
        if term and term not in terms:
            report.say(row.where, f"Its taxonomy term {term} is not in the feed.")
            continue
        found[service].append({**row.values, "taxonomy": terms[term].values if term else {}})
    return found
