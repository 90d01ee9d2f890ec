"""Who is there in a walk, and who goes: people who leave, agencies that end, and people too close to the family."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from unittest import mock
from uuid import UUID

from django.db import connection, transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import rule

from backend.access.actors import Actor, actor_of
from backend.access.binding import acting
from backend.administration.commands import ending
from backend.administration.commands.conflicts import declare_about
from backend.administration.commands.leaving import end_membership
from backend.administration.queries import agencies
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock, ids
from backend.core.errors import Refusal
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from tests.actors import actor
from tests.insights.keeping import refreshed, wrong_months, wrong_numbers
from tests.promises.counted_ids import counted
from tests.promises.promises import WALKS, Promises

SCHOOL = "oakfield-school"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
# Whose managers look at a disagreement that was taken further.
SECOND_STAGE = "childrens-social-care"
HOLDERS = ("front-door", "youth-justice", "city-early-help")
PEOPLE = (
    ("oakfield-school", Role.PRACTITIONER, 0),
    *((slug, role, 0) for slug in HOLDERS for role in (Role.TRIAGE_OFFICER, Role.MANAGER)),
    ("front-door", Role.MANAGER, 1),
    ("city-early-help", Role.MANAGER, 1),
    (SECOND_STAGE, Role.MANAGER, 0),
    ("city-early-help", Role.CASE_WORKER, 0),
)
# Agencies that may end while the walk goes on; the referrer's own has to read what became of it.
ENDING = HOLDERS[1:]
# Five in six times nothing comes of it: where everybody has left by the tenth step, nothing else is walked.
SELDOM = st.integers(0, 5).map(bool)
LINK = {"kind": "family", "note": "She is my niece."}


class Departures(Promises):
    """The people of a walk, the hour, and everything by which they go."""

    # Who else is there in a walk that knows more, and which other agencies may end in it.
    besides: ClassVar[tuple[tuple[str, Role, int], ...]] = ()
    also_ending: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.taken[WALKS] += 1
        self.identifiers = mock.patch.object(ids, "_uuid7", counted())
        self.identifiers.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = MONDAY
        self.versions: dict[UUID, int] = {}
        self.people = [actor(slug, role, nth=nth) for slug, role, nth in (*PEOPLE, *self.besides)]
        self.school = [self.people[0], actor(SCHOOL, Role.MANAGER)]
        self.referral_id: UUID | None = None

    def teardown(self) -> None:
        try:
            if not connection.needs_rollback:
                self.what_is_kept_of_figures_is_what_the_records_say()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            self.identifiers.stop()

    def what_is_kept_of_figures_is_what_the_records_say(self) -> None:
        """Looked at once the walk is over: on the next day, and when a year is over since cases closed."""
        with self._from_above():
            counted_for = Deadline.objects.values_list("owner_agency_id", flat=True).distinct()
            rows = Membership.objects.filter(agency_id__in=list(counted_for), role=Role.MANAGER, ended_at=None)
            found = rows.filter(user__is_active=True).select_related("user", "agency").order_by("agency_id", "id")
            managers = [actor_of(row) for row in found.distinct("agency_id")]
        for days in (1, 370):
            with clock.at(self.now + timedelta(days=days)):
                refreshed()
                assert wrong_numbers(managers, ["year"]) == wrong_months(managers) == []

    @contextmanager
    def _as(self, who: Actor) -> Iterator[None]:
        """Look at this walk's own time: relations begin and end by it."""
        with clock.at(self.now), acting(who):
            yield

    @contextmanager
    def _trying(self, who: Actor, what: str) -> Iterator[None]:
        """Inside, `who` does something that may be refused, in words, and then nothing of it has happened."""
        note(f"{self.now:%a %H:%M} {who.agency_name} {who.role}: {what}")
        try:
            with clock.at(self.now), acting(who):
                yield
            self.taken[what] += 1
        except Refusal as refusal:
            is_a_sentence(refusal)

    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        """Ended by a manager of their agency, or by themself; the front door minds an agency that nobody manages."""
        if data.draw(SELDOM, label="seldom"):
            return
        who = data.draw(st.sampled_from(self.people), label="who leaves")
        bosses = [one for one in self.people if one.agency_id == who.agency_id and one.role is Role.MANAGER]
        boss = data.draw(st.sampled_from(bosses or [self.school[1]]), label="ended by")
        with self._trying(boss, f"{who.role} leaves"):
            end_membership(boss, who.membership_id, front_door_minds=True)
        self._look_who_is_there()

    @rule(data=st.data(), at_once=st.booleans())
    def an_agency_ends(self, data: st.DataObject, at_once: bool) -> None:
        """After a hand-over to another agency or to the front door; or at once, when two people agree."""
        if data.draw(SELDOM, label="seldom"):
            return
        agency = Agency.objects.get(slug=data.draw(st.sampled_from((*ENDING, *self.also_ending)), label="which ends"))
        bosses = [one for one in self.people if one.agency_id == agency.id and one.role is Role.MANAGER]
        if not bosses:
            return
        to = Agency.objects.get(slug=data.draw(st.sampled_from(HOLDERS), label="to"))
        if at_once:
            self._end_at_once(bosses[0], agency.id, to.id)
        else:
            self._hand_over(bosses[0], agency.id, to.id)
            with self._trying(bosses[0], f"{agency.name} ends"):
                ending.end_agency(bosses[0], agency.id, version=_version(agency.id))
        self._look_who_is_there()

    def _hand_over(self, boss: Actor, agency_id: UUID, to: UUID) -> None:
        answers = {kind.answer for kind in agencies.KINDS.values()} - {"", agencies.SENT_BACK}
        given = {**dict.fromkeys(answers, to), agencies.SENT_BACK: True}
        with self._trying(boss, "hands its work over"):
            ending.hand_over_work(boss, agency_id, version=_version(agency_id), given=given)

    def _end_at_once(self, boss: Actor, agency_id: UUID, successor: UUID) -> None:
        given = {"reason": "The roof came down.", "successor": successor}
        with self._trying(boss, "asks to end it at once"):
            ending.ask_to_end_at_once(boss, agency_id, version=_version(agency_id), given=given)
        door = Agency.objects.get(slug=HOLDERS[0]).id
        for second in [one for one in self.people if one.agency_id == door and one.role is Role.MANAGER][:1]:
            with self._trying(second, "agrees that it ends at once"):
                ending.confirm_end(second, agency_id, version=_version(agency_id))

    @rule(data=st.data())
    def somebody_is_too_close_to_the_family(self, data: st.DataObject) -> None:
        """Anybody but those who read here what became of it: the school, and who minds it once nobody there is left."""
        door = Agency.objects.get(slug=HOLDERS[0]).id
        reads = [one for one in self.people if one.agency_id == self.school[0].agency_id]
        reads += [one for one in self.people if one.agency_id == door and one.role is Role.MANAGER]
        others = [one for one in self.people if one.user_id not in {reader.user_id for reader in reads}]
        if not others or self.referral_id is None:
            return
        who = data.draw(st.sampled_from(others), label="who is too close")
        with self._as(who):
            noun, record_id = self._record_before(who)
        with self._trying(who, f"declares a conflict about the {noun}"):
            declare_about(who, noun, record_id, uuid7(), LINK)

    def _record_before(self, _who: Actor) -> tuple[str, UUID | None]:
        """Return what of the child somebody has before them: the case, or else what was sent."""
        case = Case.objects.order_by("id").first()
        return ("case", case.id) if case is not None else ("referral", self.referral_id)

    def _look_who_is_there(self) -> None:
        """Whoever has gone is nobody any more; whoever manages their agency now is one of the walk."""
        gone = Membership.objects.filter(
            pk__in=[one.membership_id for one in self.people], ended_at__isnull=False
        ).values_list("pk", flat=True)
        left = set(gone)
        placed = {one.agency_id for one in self.people if one.membership_id in left}
        if self.school[0].membership_id in left and self.school[0] in self.people:
            self.people.append(self.school[1])
        self.people = [one for one in self.people if one.membership_id not in left]
        known = {one.membership_id for one in self.people}
        managers = Membership.objects.filter(agency_id__in=placed, role=Role.MANAGER, ended_at=None)
        others = managers.exclude(pk__in=known).select_related("user", "agency")
        self.people += [actor_of(row) for row in others.order_by("user__email", "id")]


def _version(agency_id: UUID) -> int:
    return ending.version_of(agencies.work_of(agency_id))


def is_a_sentence(refusal: Refusal) -> None:
    """What is refused is refused in words."""
    for reason in refusal.reasons:
        assert reason[:1].isupper() or reason.startswith("“"), reason
