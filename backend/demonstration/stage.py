"""The stage on which a referral's story is played: who acts when, on which record, with which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from backend.access.actors import Actor, actor_of
from backend.access.binding import bind
from backend.agencies.models import Agency, Membership
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration import material
from backend.demonstration.families import Child
from backend.demonstration.material import Story
from backend.demonstration.plan import Contact, Life
from backend.demonstration.staff import Seat
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Referral
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.workflow.fields import EdgeInput
from backend.workflow.machine import Machine
from backend.workflow.views import validated

# The bits of a UUIDv7 that are not chance: milliseconds and version, and the variant.
_WHEN = (2**52 - 1) << 76 | 3 << 62


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody who can act and every agency, by the names the plan uses."""

    actors: Mapping[Seat, Actor]
    agencies: Mapping[str, Agency]


def company() -> Company:
    """Read the made-up staff and agencies."""
    memberships = Membership.objects.filter(ended_at=None).select_related("user", "agency")
    actors = {Seat(row.user.email, row.agency.slug, row.role): actor_of(row) for row in memberships}
    return Company(actors, {agency.slug: agency for agency in Agency.objects.all()})


def id_of(seed: str, contact: Contact) -> UUID:
    """Return the id of a referral: of when it was begun like any other, and for the rest the plan's, to be known by."""
    with clock.at(contact.steps[0].at):
        when = uuid7().int & _WHEN
    chance = Random(f"{seed} {contact.number} id").getrandbits(128)  # noqa: S311 - made-up people, no secret
    return UUID(int=when | chance & ~_WHEN)


@dataclass
class Scene:
    """One referral while it is played. `officer` and `holder` change when another agency takes it."""

    company: Company
    seed: str
    life: Life
    contact: Contact
    now: datetime
    holder: str = ""
    officer: Seat | None = None
    # When the next step begins: what follows from this one happens before.
    next_at: datetime | None = None
    referral: Referral | None = None
    transfers: int = 0
    asked_by: Seat | None = None

    def __post_init__(self) -> None:
        self.holder = self.contact.holder
        self.officer = self.contact.people["officer"]
        self.next_at = self.now
        self.random = Random(f"{self.seed} {self.contact.number}")  # noqa: S311 - made-up people, no secret

    @property
    def child(self) -> Child:
        """Return who it is about."""
        return self.life.child

    @property
    def verbs(self) -> tuple[str, ...]:
        """Return what happens to this referral, in order."""
        return tuple(step.verb for step in self.contact.steps)

    @property
    def story(self) -> Story:
        """Return what is told."""
        return material.stories()[self.contact.story]

    @property
    def referral_id(self) -> UUID:
        """Return the referral, once it has begun."""
        if self.referral is None:
            raise LookupError("the referral has not begun")
        return self.referral.id

    def kind(self, agency: str) -> str:
        """Return the kind of an agency."""
        return self.company.agencies[agency].kind

    def agency_id(self, part: str) -> str:
        """Return the id of the agency that has a part in this referral, as an input has it."""
        return str(self.company.agencies[self.contact.agencies[part]].id)

    def becomes(self, seat: Seat) -> Actor:
        """Let somebody act, in the running transaction, at the pinned moment."""
        actor = self.company.actors[seat]
        bind(actor.membership_id)
        return actor

    def part(self, name: str) -> Seat:
        """Return who has a part: the referrer, the officer of the moment, or somebody of the plan."""
        if name == "referrer":
            return self.contact.referrer
        if name == "officer" and self.officer is not None:
            return self.officer
        if name == "worker" and self.has_moved:
            return self.contact.people["next_worker"]
        return self.contact.people[name]

    @property
    def has_moved(self) -> bool:
        """Whether the case has gone from the agency that led it first to another."""
        return self.transfers > 1

    def words(self, sentences: Any) -> str:
        """Return one of the sentences, however deep under codes, told about this child."""
        return self.fill(material.one_of(self.random, sentences))

    def fill(self, sentence: str) -> str:
        """Return a sentence told about this child and these agencies."""
        return sentence.format_map(self._blanks) if "{" in sentence else sentence

    def coded(self, sentences: Mapping[str, Any], *, only: tuple[str, ...] = ()) -> tuple[str, str]:
        """Return a code and a sentence for it."""
        code = self.random.choice(only or tuple(sentences))
        return code, self.words(sentences[code])

    @cached_property
    def _blanks(self) -> dict[str, str]:
        target = self.contact.agencies["target"] or self.contact.holder
        name = self.company.agencies[target].name
        worker = self.contact.people.get("worker")
        return material.blanks(
            self.child.sex,
            self.child.called,
            agency=name,
            lead_agency=name,
            referrer_agency=self.company.agencies[self.contact.referrer.agency].name,
            worker=self.company.actors[worker].name if worker else "their worker",
            reference=self.referral.reference if self.referral else "",
        )

    def refer(self, part: str, name: str, **raw: Any) -> None:
        """Let somebody take an edge of the referral."""
        self.referral = self.edge(part, referral_machine, name, self.referral_id, REFERRAL_INPUTS[name], **raw)

    def _version(self, machine: Machine[Any], pk: UUID) -> int:
        """Return the version the page would show; the referral in hand is as fresh as that."""
        if self.referral is not None and self.referral.id == pk:
            return self.referral.version
        version: int = machine.model.objects.values_list("version", flat=True).get(pk=pk)
        return version

    def edge(
        self, part: str | Seat, machine: Machine[Any], name: str, pk: UUID, form: type[EdgeInput], **raw: Any
    ) -> Any:
        """Let somebody take an edge as the page would: the input through its form, the version as it stands."""
        actor = self.becomes(self.part(part) if isinstance(part, str) else part)
        version = self._version(machine, pk)
        given = validated(form, {**raw, "version": version})
        given.pop("version")
        return machine.perform(actor, name, pk, version=version, given=given, raw=raw)
