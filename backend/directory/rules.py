"""What must be true of an entry in the directory, and what a referral's facts say about how well a service fits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.directory.models import Service

Given = Mapping[str, Any]
# What was said longer ago than this is shown as old: nobody should promise a family a place on it.
CAPACITY_HOLDS_FOR = timedelta(days=28)
SPACE, NOT_SAID, NO_EVIDENCE = "space", "not_said", "not_said"


def ages_are_in_order(service: Service | None, facts: None, given: Given | None) -> Iterator[str]:
    """The youngest is not older than the oldest."""
    if given and given["min_age"] is not None and given["max_age"] is not None and given["min_age"] > given["max_age"]:
        yield "The youngest age is above the oldest. Change one of them."


def area_is_named(service: Service | None, facts: None, given: Given | None) -> Iterator[str]:
    """The whole city, or at least one ward."""
    if given and not given["is_citywide"] and not given["wards"]:
        yield "Choose the wards it works in, or say that it works in the whole city."


def evidence_has_a_source(service: Service | None, facts: None, given: Given | None) -> Iterator[str]:
    """A rating is somebody's: who said it, and when it was read."""
    if not given or given["evidence"] == NO_EVIDENCE:
        return
    if not given["evidence_source"] or given["evidence_on"] is None:
        yield "Say where the evidence is published and when you read it, or choose “Not said”."
    elif given["evidence_on"] > local(clock.now()).date():
        yield "The date you read the evidence cannot be in the future."


def only_an_agency_receives(service: Service | None, facts: None, given: Given | None) -> Iterator[str]:
    """An organisation without an account here cannot open a referral."""
    if given and given["receives_directly"] and given["organisation"]:
        yield "Only an agency with an account here can receive referrals directly."


def spaces_mean_space(service: Service | None, facts: None, given: Given | None) -> Iterator[str]:
    """Free places and a state that denies them would contradict each other."""
    if given and given["spaces"] and given["capacity"] != SPACE:
        yield "You gave a number of free places. Choose “Has space”, or leave the number empty."


ENTRY_RULES = (ages_are_in_order, area_is_named, evidence_has_a_source, only_an_agency_receives)


def capacity_is_old(said_at: datetime | None) -> bool:
    """Say whether what was said about room and wait is too old to rely on."""
    return said_at is None or said_at + CAPACITY_HOLDS_FOR < clock.now()


@cache
def needs_of_factor() -> Mapping[str, tuple[str, ...]]:
    """Return the needs that each coded factor of a referral points to, as vocabulary `service_needs` says."""
    found: dict[str, tuple[str, ...]] = {}
    for term in vocabulary.get("service_needs"):
        for factor in filter(None, term.more["factors"].split("|")):
            found[factor] = (*found.get(factor, ()), term.code)
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known about who needs help: enough to weigh services, nothing that says who it is."""

    age: int | None
    ward: str
    factors: tuple[str, ...]
    language: str

    @property
    def needs(self) -> dict[str, list[str]]:
        """Return the needs its factors point to, each with those factors."""
        found: dict[str, list[str]] = {}
        for factor in self.factors:
            for need in needs_of_factor().get(factor, ()):
                found.setdefault(need, []).append(factor)
        return found


def why_it_matches(service: Service, wanted: Wanted) -> list[str]:
    """Return in sentences what speaks for a service, in the words of the referral's own factors."""
    said = list(_by_age(service, wanted))
    if wanted.ward and not service.is_citywide and wanted.ward in service.wards:
        said.append(f"Works in {vocabulary.get('wards').label(wanted.ward)}")
    needs, factors = vocabulary.get("service_needs"), vocabulary.get("factors")
    for need, because in wanted.needs.items():
        if need in service.needs:
            words = ", ".join(factors.label(code).lower() for code in because)
            said.append(f"Helps with {needs.label(need).lower()} (the referral says: {words})")
    if wanted.language and wanted.language != "english" and wanted.language in service.languages:
        said.append(f"Speaks {vocabulary.get('languages').label(wanted.language)}")
    return said


def _by_age(service: Service, wanted: Wanted) -> Iterable[str]:
    if wanted.age is not None and (service.min_age is not None or service.max_age is not None):
        yield f"For {ages_in_words(service.min_age, service.max_age)}"


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    """Return an age range as people say it."""
    if youngest is None and oldest is None:
        return "all ages"
    if oldest is None:
        return f"ages {youngest} and over"
    return f"ages {youngest or 0} to {oldest}"
