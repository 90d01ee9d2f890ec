"""A story that fits the shape of a referral, an agency that could send it, and everybody who has a part in it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from random import Random

from backend.agencies.roles import Role
from backend.demonstration import material, staff
from backend.demonstration.material import School, Story
from backend.demonstration.shapes import SECOND, Shape
from backend.demonstration.staff import FRONT_DOOR, Seat, Turns

# People of the one-click sign-in whose pages have to be full, with the shapes they sent.
SENT_BY: Mapping[str, tuple[str, ...]] = {
    "Joanna Fairweather": (
        "draft begun",
        "draft ready",
        "new today",
        "triage, due today",
        "question to the referrer",
        "offered",
        "accepted today",
        "signposted today",
        "lead asked",
        "case",
        "case",
        "signposted",
        "declined",
        "handed over",
    ),
    "Ravi Nair": (
        "draft begun",
        "new and urgent",
        "triage today",
        "stepped up",
        "case",
        "case",
        "signposted",
        "declined",
    ),
    "Grace Mensah": ("draft begun", "new today", "unallocated", "case", "signposted", "nothing known"),
    "Shanice Grant-Ellis": ("draft begun", "new, due today", "triage today", "case", "signposted today", "declined"),
}
# One in so many goes straight to a service that receives by duty, or names one that does not.
_STRAIGHT, _PREFERRED = 0.16, 0.12
# How many referrals of one worker's agency weigh as much as telling a story once more.
_SHARED = 4
_MAY_GO_STRAIGHT = (
    "new today",
    "new, due today",
    "triage today",
    "triage, due today",
    "unallocated",
    "case",
    "signposted",
    "declined",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """A story with who sends it, and the ages at which all of it fits."""

    story: Story
    agency: str
    target: str
    ages: range
    school: School | None


class Casting:
    """Chooses, each time what was chosen least."""

    def __init__(self, random: Random, gone: Collection[Seat] = ()) -> None:
        self._random = random
        self.turns = Turns(random, gone)
        self._used: Counter[str] = Counter()
        self._helps: Counter[str] = Counter()
        self._leads: dict[str, Iterator[str]] = {}

    def cast(
        self,
        shape: Shape,
        *,
        by: Seat | None,
        age: int | None = None,
        sex: str = "any",
        but: str = "",
        born: bool = False,
    ) -> Cast:
        """Return a story for a shape, sent by the person's agency if one is named, about a child of that age.

        `but` is an agency that does not send it; `born` leaves out the unborn. Raise LookupError when no story fits.
        """
        target = self._next_of(shape)
        for wanted in (target, ""):
            possible = self._possible(shape, by, wanted, age, sex)
            found = [cast for cast in possible if cast.agency != but and not (born and cast.story.unborn)]
            if found:
                chosen = min(found, key=self._weight)
                self._used[chosen.story.id] += 1
                self._helps[chosen.target] += 1
                return chosen
        raise LookupError(f"no story fits “{shape.name}” by {by} at {age}")

    def _weight(self, cast: Cast) -> float:
        """Return how little a cast is wanted: a story told often, helpers with much to do, and chance."""
        workers = len(staff.with_role(cast.target, Role.CASE_WORKER)) or 1
        return self._used[cast.story.id] + self._helps[cast.target] / workers / _SHARED + self._random.random()

    def _possible(self, shape: Shape, by: Seat | None, target: str, age: int | None, sex: str) -> Iterator[Cast]:
        for story in material.stories().values():
            if not _tells_of(story, shape) or (sex != "any" and story.sex not in ("any", sex)):
                continue
            if story.unborn and age is not None:
                continue
            for agency in self._senders(story, by, shape):
                for helper in [target] if target else _helpers(story, shape):
                    cast = _fit(story, agency, helper, age)
                    if cast is not None:
                        yield cast

    def _senders(self, story: Story, by: Seat | None, shape: Shape) -> list[str]:
        slugs = [slug for kind in story.referrer_kinds for slug in staff.of_kind(kind)]
        if by is not None:
            return [by.agency] if by.agency in slugs else []
        return [slug for slug in slugs if slug != FRONT_DOOR] if "ask_referrer" in shape.steps else slugs

    def _next_of(self, shape: Shape) -> str:
        if not shape.leads:
            return ""
        return next(self._leads.setdefault(shape.name, cycle(shape.leads)))

    def holder(self, shape: Shape, cast: Cast) -> tuple[str, str]:
        """Return (agency chosen in the form, agency that holds it after it was sent)."""
        if cast.agency == FRONT_DOOR or not cast.target:
            return "", FRONT_DOOR
        chance = self._random.random()
        by_duty = material.agencies()[cast.target]["receives_by_duty"]
        if by_duty and shape.name in _MAY_GO_STRAIGHT and chance < _STRAIGHT:
            return cast.target, cast.target
        return ("" if by_duty or chance > _PREFERRED else cast.target), FRONT_DOOR

    def parts(self, shape: Shape, cast: Cast, holder: str) -> tuple[dict[str, str], dict[str, Seat]]:
        """Return the agencies and the people of a referral by the part they have in it."""
        agencies = {"holder": holder, "target": cast.target}
        officer = self.turns.officer(holder)
        people = {"officer": officer, "second": self.turns.manager(holder, but=[officer])}
        people["other_manager"] = self.turns.manager(holder, but=[officer, people["second"]])
        if cast.target and not set(shape.steps).isdisjoint(("offer", "accept")):
            people["target_officer"] = self.turns.officer(cast.target)
            people["target_manager"] = self.turns.manager(cast.target)
        if "allocate" in shape.steps:
            people["worker"] = self.turns.worker(cast.target)
        if "move" in shape.steps:
            agencies["next"] = self._another(cast)
            people["next_manager"] = self.turns.manager(agencies["next"])
            people["next_worker"] = self.turns.worker(agencies["next"])
        return agencies, people

    def asked(self, shape: Shape, cast: Cast, holder: str, referrer: Seat) -> tuple[Seat, ...]:
        """Return who answers for the agencies that are asked."""
        if "ask_referrer" in shape.steps:
            return (referrer,)
        count = 2 if "ask_two" in shape.steps else 1 if "ask" in shape.steps else 0
        places = [slug for slug in shape.asks if slug not in (holder, cast.agency, cast.target)]
        if cast.school and cast.school.agency and cast.school.agency != cast.agency:
            places = [cast.school.agency, *places]
        chosen = list(dict.fromkeys(self._random.sample(places, len(places))))[:count]
        return tuple(self.turns.answerer(slug) for slug in chosen)

    def _another(self, cast: Cast) -> str:
        """Return an agency that could lead after the first."""
        others = [slug for slug in cast.story.lead_agencies if slug not in (cast.target, cast.agency)]
        return self._random.choice(
            others or [slug for slug in ("willow-families", "city-early-help") if slug != cast.target]
        )


def _tells_of(story: Story, shape: Shape) -> bool:
    if shape.urgent is not None and story.urgent is not shape.urgent:
        return False
    if shape.outcome == SECOND:
        return story.level == "complex"
    return not shape.outcome or shape.outcome in story.outcomes


def _helpers(story: Story, shape: Shape) -> list[str]:
    """Return the agencies that could lead or be offered it; every story has some."""
    agencies = material.agencies()
    return [slug for slug in story.lead_agencies if agencies[slug]["can_be_offered"] or shape.outcome != "redirect"]


def _fit(story: Story, agency: str, helper: str, age: int | None) -> Cast | None:
    """Return the cast if there is an age that suits story, sender's school and helper; None if not."""
    if helper == agency or (helper and helper not in story.lead_agencies):
        return None
    school = next((school for school in material.schools() if school.agency == agency), None)
    spans = [(story.youngest, story.oldest), staff.ages_of(helper)]
    if school is not None:
        spans.append((school.age_from, min(school.age_to, 17)))
    youngest, oldest = max(low for low, _ in spans), min(high for _, high in spans)
    if age is not None:
        youngest, oldest = max(youngest, age), min(oldest, age)
    return Cast(story, agency, helper, range(youngest, oldest + 1), school) if youngest <= oldest else None
