"""How the officers of the city say who was told what was decided, and follow an urgent call up in writing."""

from datetime import timedelta

from backend.children.models import Person
from backend.core import clock
from backend.deadlines.calendar import add_working_days, local
from backend.demonstration.around import NAMELESS
from backend.demonstration.stage import Scene
from backend.referrals.models import Told

# Of older decisions every fourth says that child and parent were told: each is an edge, and the city has a minute.
_RECENT, _OLDER_ONES = timedelta(days=14), 4
_MINUTES_BEFORE = timedelta(minutes=12)


def tell(scene: Scene) -> None:
    """Record that the referrer was told and, of the last weeks and some older ones, the child and a parent too."""
    began = clock.now()
    everybody = (Told.REFERRER, Told.CHILD, Told.PARENT)
    is_recent = scene.now - began < _RECENT or scene.contact.number % _OLDER_ONES == 0
    for place, who in enumerate(everybody if is_recent else everybody[:1]):
        with clock.at(began + place * timedelta(seconds=25)):
            scene.refer("officer", "record_told", who=who, **_telling(scene, who))
    if scene.contact.urgent and scene.referral is not None and scene.referral.state != "handed_over":
        sent_to = "The duty worker who took the call, by secure email"
        scene.refer("officer", "record_follow_up", sent_to=sent_to, sent_at=clock.now().isoformat())


def _telling(scene: Scene, who: str) -> dict[str, object]:
    why_not = _why_not(scene, who)
    if why_not:
        again = add_working_days(local(clock.now()).date(), scene.random.randint(2, 6))
        return {"was_told": False, "why_not": why_not, "look_again_on": again.isoformat()}
    # A family's numbers have rules; face to face nobody else listens.
    method = "secure_message" if who == Told.REFERRER else scene.random.choice(("video", "in_person"))
    told_at = clock.now() - _MINUTES_BEFORE
    person = _carer(scene) if who == Told.PARENT else None
    return {"was_told": True, "method": method, "told_at": told_at.isoformat(), "person": person}


def _carer(scene: Scene) -> str | None:
    """Return who has parental responsibility, where the referral names somebody."""
    found = Person.objects.filter(root_id=scene.referral_id, parental_responsibility="yes").order_by("position").first()
    return str(found.id) if found else None


def _why_not(scene: Scene, who: str) -> str:
    informed = scene.story.told["informed"]
    if who == Told.REFERRER and scene.story.told["source_code"] in NAMELESS:
        return "anonymous"
    if who == Told.CHILD and scene.child.born_on is None:
        return "unborn"
    if who == Told.CHILD and informed["child"] == "not_applicable":
        return "too_young"
    if who == Told.PARENT and informed["parent"] == "no":
        return "not_safe_yet"
    return ""
