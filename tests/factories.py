"""Makes what tests need: agencies and people by the owner, and records that reached their state by the real edges."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import factory

from backend.access.actors import Actor, actor_of
from backend.access.binding import acting
from backend.agencies.models import Agency, Membership, Partnership, Team, User
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.disagreements.models import Disagreement
from backend.drafts import commands as drafts
from backend.referrals.commands.drafting import create_draft
from backend.referrals.form.sections import FORM
from backend.referrals.models import Decision, InformationRequest, Referral
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow import confirmations
from backend.workflow.descriptors import describe
from backend.workflow.views import validated
from tests.actors import actor
from tests.edges import take
from tests.referrals.answers import complete_answers

REFERRER, FRONT_DOOR, OFFERED, ASKED, LEADING = (
    "oakfield-school",
    "front-door",
    "youth-justice",
    "school-nursing",
    "city-early-help",
)
Given = Mapping[str, Any]


class OwnersFactory(factory.django.DjangoModelFactory):
    """Rows only the owner may write; in a test they stay until it is given a fresh clone (transaction=True)."""

    class Meta:
        abstract = True
        database = "owner"


class AgencyFactory(OwnersFactory):
    """A made-up school in the partnership of the reference data."""

    class Meta:
        model = Agency

    id = factory.LazyFunction(uuid7)
    partnership = factory.LazyFunction(lambda: Partnership.objects.using("owner").get())
    slug = factory.Sequence(lambda n: f"made-up-school-{n}")
    name = factory.Sequence(lambda n: f"Made-up School {n}")
    kind = "school"


class TeamFactory(OwnersFactory):
    """A team of an agency."""

    class Meta:
        model = Team

    id = factory.LazyFunction(uuid7)
    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Team {n}")


class PersonFactory(OwnersFactory):
    """A made-up person who cannot sign in by password."""

    class Meta:
        model = User

    id = factory.LazyFunction(uuid7)
    email = factory.Sequence(lambda n: f"person.{n}@made-up.example")
    name = factory.Sequence(lambda n: f"Mx Made Up {n}")
    password = "!"


class MembershipFactory(OwnersFactory):
    """A role of a made-up person in an agency, begun long before any test's clock."""

    class Meta:
        model = Membership

    id = factory.LazyFunction(uuid7)
    user = factory.SubFactory(PersonFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.PRACTITIONER
    started_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=3 * 365))


def every_role_in(slug: str, *, team: str = "", user: User | None = None) -> dict[Role, Actor]:
    """One actor for each role in an agency of the reference data: new people, or one person with every role."""
    agency = Agency.objects.using("owner").get(slug=slug)
    one = User.objects.using("owner").get(pk=user.pk) if user else None
    found: dict[Role, Actor] = {}
    for role in (role for role in Role if role is not Role.SYSTEM):
        person = one or PersonFactory()
        known = Membership.objects.using("owner").filter(user=person, agency=agency, role=role, ended_at=None).first()
        where = Team.objects.using("owner").get(agency=agency, name=team) if team else None
        found[role] = actor_of(known or MembershipFactory(user=person, agency=agency, role=role, team=where))
    return found


def teacher() -> Actor:
    """Who makes referrals here."""
    return actor(REFERRER, Role.PRACTITIONER)


def officer(slug: str = FRONT_DOOR) -> Actor:
    """Who decides about them."""
    return actor(slug, Role.TRIAGE_OFFICER)


def manager(slug: str = FRONT_DOOR) -> Actor:
    """Who may do what an officer may, and confirms."""
    return actor(slug, Role.MANAGER)


def agency_id(slug: str) -> str:
    """The id of an agency of the reference data, as JSON has it."""
    return str(Agency.objects.values_list("id", flat=True).get(slug=slug))


def draft(who: Actor | None = None, **answers: Any) -> Referral:
    """A referral that is being written, with every answer given."""
    who = who or teacher()
    with acting(who):
        referral = create_draft(who)
        typed = {name: (value, 0) for name, value in complete_answers(**answers).items()}
        drafts.save(who, referral.id, typed, form=FORM)
    return referral


def submitted(who: Actor | None = None, **answers: Any) -> Referral:
    """A referral that was sent, about a child of its own unless the answers say otherwise."""
    who = who or teacher()
    return take("submit", ready(who, **answers).id, who)


def ready(who: Actor | None = None, **answers: Any) -> Referral:
    """One that can be sent."""
    return draft(who, **{"child_given_name": _given_name(), "child_nhs_number": None, "child_upn": None, **answers})


_GIVEN_NAMES = ("Amara", "Bodhi", "Cerys", "Dawid", "Esme", "Farah", "Gethin", "Hana", "Idris", "Jaya", "Kofi")
_made = 0


def _given_name() -> str:
    """Another name each time, so that one test's children are not taken for one another."""
    global _made
    _made += 1
    first, second = divmod(_made, len(_GIVEN_NAMES))
    return (
        f"{_GIVEN_NAMES[second]}{' ' + 'abcdefghijklmnopqrstuvwxyz'[first % 26] * (1 + first // 26) if first else ''}"
    )


Step = tuple[str, Callable[[], Actor], Callable[[], Given]]


def _nothing() -> Given:
    return {}


def questions(*slugs: str) -> Given:
    """One question to each of these agencies."""
    return {
        "questions": [
            {"agency": agency_id(slug), "question": "What do you know?", "purpose": _purpose()} for slug in slugs
        ]
    }


def _questions() -> Given:
    return questions(ASKED)


def _purpose() -> str:
    nested = next(field for field in describe(REFERRAL_INPUTS["request_information"]) if field["fields"])
    purpose = next(field for field in nested["fields"] if field["name"] == "purpose")
    return str(purpose["choices"][0]["value"])


def _to_offered() -> Given:
    return {"to_agency": agency_id(OFFERED)}


def _lead_here() -> Given:
    return {"lead_agency": agency_id(FRONT_DOOR)}


# From `triage` on, who takes which edge; the steps before are the same for all.
_PATHS: Mapping[str, tuple[Step, ...]] = {
    Referral.TRIAGE: (),
    Referral.INFORMATION_REQUESTED: (("request_information", officer, _questions),),
    Referral.REDIRECTED: (("redirect", officer, _to_offered),),
    Referral.STEPPED_UP: (("step_up", officer, _nothing),),
    Referral.ACCEPTED: (("accept", officer, _lead_here),),
    Referral.SIGNPOSTED: (("signpost", officer, _nothing),),
    Referral.DECLINED: (("decline", officer, lambda: {"reason_code": "threshold_not_met"}),),
    Referral.HANDED_OVER: (
        ("step_up", officer, _nothing),
        ("confirm_handover", officer, lambda: {"received_at": clock.now().isoformat(), "follow_up_sent": True}),
    ),
}


def referral_in(state: str, *, by: Actor | None = None, **answers: Any) -> Referral:
    """A referral in `state`, brought there by the real edges at the present time of the clock.

    `by` makes it (a teacher unless said otherwise); `answers` change what is written in the form.
    """
    by = by or teacher()
    if state == Referral.DRAFT:
        return draft(by, **answers)
    if state == Referral.WITHDRAWN:
        return take("withdraw", draft(by, **answers).id, by)
    if state == Referral.LINKED:
        return _linked(by, **answers)
    referral = submitted(by, **answers)
    if state == Referral.SUBMITTED:
        return referral
    if state == Referral.ENTERED_IN_ERROR:
        return with_two(take, "mark_entered_in_error", referral.id, manager(), confirmed_by=second_manager())
    if state == Referral.CLOSED:
        today = {"died_on": clock.now().date().isoformat()}
        return with_two(take, "record_death", referral.id, manager(), confirmed_by=second_manager(), **today)
    referral = take("start_triage", referral.id, officer())
    for edge, who, given in _PATHS[state]:
        referral = take(edge, referral.id, who(), **given())
    return referral


def second_manager(slug: str = FRONT_DOOR) -> Actor:
    """Another manager of the same agency, who confirms."""
    return actor(slug, Role.MANAGER, nth=1)


def with_two(
    first: Callable[..., Any], edge: str, record_id: UUID, who: Actor, *, confirmed_by: Actor, **given: Any
) -> Any:
    """Take an edge that needs a second person: one asks, the other agrees; return the record."""
    asked = first(edge, record_id, who, **given)
    waiting = open_confirmation(asked.id, confirmed_by)
    with acting(confirmed_by):
        inputs = validated(REFERRAL_INPUTS[edge], {**waiting.given, "version": asked.version})
        inputs.pop("version")
        return confirmations.confirm(confirmed_by, waiting.id, given=inputs)


def open_confirmation(target_id: UUID, who: Actor) -> Any:
    """The question to a second person that waits about a record."""
    with acting(who):
        return confirmations.Confirmation.objects.get(target_id=target_id, state="asked")


def _linked(by: Actor, **answers: Any) -> Referral:
    """Linking needs open work about the same child: another agency's referral, matched by number."""
    number = str(answers.pop("child_nhs_number", "9990000018"))
    colleague = actor("larch-hill-academy", Role.PRACTITIONER)
    same = {"child_given_name": _given_name(), "child_nhs_number": number, **answers}
    first = submitted(colleague, **same, child_upn=None)
    return _link(submitted(by, **same, child_upn=None), to=first.id)


def _link(referral: Referral, *, to: UUID) -> Referral:
    take("start_triage", referral.id, officer())
    return take("link", referral.id, officer(), link_to=str(to))


def linked_to(other: Referral, *, to: UUID | None = None, **answers: Any) -> Referral:
    """Another agency's referral about the same child, which the front door links to one that it holds."""
    colleague = actor("larch-hill-academy", Role.PRACTITIONER)
    same = {"child_given_name": other.about.given_name, **answers}
    return _link(submitted(colleague, **same, child_nhs_number=None, child_upn=None), to=to or other.id)


def question_of(referral: Referral, who: Actor | None = None) -> InformationRequest:
    """The question asked about a referral."""
    with acting(who or officer()):
        return InformationRequest.objects.filter(root_id=referral.id).order_by("-id")[0]


def disagreed(referral: Referral, who: Actor | None = None, **given: Any) -> Disagreement:
    """A disagreement that `who`, the referrer unless said otherwise, has raised about the last decision."""
    who = who or teacher()
    with acting(officer()):
        last = Decision.objects.filter(root_id=referral.id).order_by("at", "id").reverse()[0]
    given.setdefault("decision", str(last.id))
    take("disagree", referral.id, who, **given)
    with acting(who):
        return Disagreement.objects.filter(about_id=referral.id).order_by("-id")[0]
