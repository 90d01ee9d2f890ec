"""In a walk: shares that rest on a family's consent are taken back by whoever may, or run out by themselves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands.withdrawing import withdraw_sharing as at_case
from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Refusal
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.jobs import expire
from backend.referrals.commands.withdrawing import withdraw_sharing as at_referral
from backend.referrals.models import Referral
from backend.sharing.models import Disclosure
from backend.sharing.rules import CONSENT
from tests.edges import BASIS
from tests.promises.departing import Departures, is_a_sentence
from tests.promises.two_logins import as_worker

ON_CONSENT = {"article6": CONSENT, "condition": "explicit_consent", "power": BASIS["power"]}
DAYS = [1, 3, 40]


class Sharing(Departures):
    """What was shared on consent ends, and who holds or leads the record goes on holding or leading it."""

    def basis(self, data: st.DataObject) -> dict[str, Any]:
        """Half of what is shared rests on consent, some of it until a day that comes soon."""
        if not data.draw(st.booleans(), label="on consent"):
            return {}
        days = data.draw(st.sampled_from([None, *DAYS]), label="days until it ends")
        last = local(self.now).date() + timedelta(days=days) if days else None
        return {**ON_CONSENT, **({"ends_on": last.isoformat()} if last else {})}

    @rule(data=st.data())
    @precondition(lambda self: self.referral_id is not None)
    def a_consent_is_taken_back(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who writes it down")
        with self._as(who):
            share = Disclosure.objects.filter(article6=CONSENT).order_by("-at", "-id").first()
            referral, case = self._records_of(share)
        if referral is not None:
            self._take_back(who, share, referral, at_referral)
        elif case is not None:
            self._take_back(who, share, case, at_case)

    @rule()
    @precondition(lambda self: self.referral_id is not None)
    def the_last_day_of_a_share_comes(self) -> None:
        ends = self._next_end()
        if ends is None:
            return
        self.now = max(self.now, at_local(ends, END_OF_DAY) + timedelta(minutes=1))
        note(f"{self.now:%a %H:%M} a share runs out")
        with clock.at(self.now), as_worker():
            expire()

    def _records_of(self, share: Disclosure | None) -> tuple[Referral | None, Case | None]:
        if share is None:
            return None, None
        return Referral.objects.filter(pk=share.root_id).first(), Case.objects.filter(pk=share.root_id).first()

    def _take_back(self, who: Actor, share: Any, record: Referral | Case, act: Callable[..., Any]) -> None:
        note(f"{self.now:%a %H:%M} {who.agency_name} {who.role}: a consent is taken back")
        said = {"disclosure": share.id, "said_by": "Her mother", "reason": "She changed her mind."}
        with clock.at(self.now):
            try:
                with acting(who):
                    act(who, record.id, version=record.version, **said)
            except Refusal as refusal:
                is_a_sentence(refusal)

    def _next_end(self) -> date | None:
        """The first last day among the shares that anybody of them reads."""
        found: dict[UUID, date] = {}
        for who in list(self.people):
            with self._as(who):
                found |= dict(Disclosure.objects.exclude(expires_on=None).values_list("id", "expires_on"))
        coming = [day for day in found.values() if day >= local(self.now).date()]
        return min(coming, default=None)
