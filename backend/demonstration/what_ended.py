"""Shares that others read by no longer: one taken back, one over on its last day; and a family that says no."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.cases.commands import case_machine
from backend.cases.commands.team import add_member
from backend.cases.commands.withdrawing import withdraw_sharing
from backend.cases.models import Case
from backend.cases.queries.planning import possible_owners
from backend.cases.rules.planning import PossibleOwner
from backend.cases.serializers.inputs import CASE_INPUTS
from backend.cases.serializers.team import MemberInput
from backend.core import clock
from backend.core.errors import Conflict, Refusal
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.deadlines.jobs import expire
from backend.demonstration.answers import edge_basis
from backend.demonstration.consents import CONSENTED, may_consent
from backend.demonstration.emptying import OWNER
from backend.demonstration.logins import as_worker
from backend.demonstration.stage import Company
from backend.sharing.models import Disclosure, Withdrawal
from backend.workflow.views import validated

_SHARED, _TAKEN_BACK, _OVER = timedelta(days=24), timedelta(days=6), timedelta(days=4)
_NO_MORE, _GOES_ON = timedelta(days=5), timedelta(days=4)
_LONG = timedelta(days=60)
_PART = "Runs the breakfast club that they go to"
_CHANGED = "They have a new teacher and would rather tell her themselves."
_SAID_NO: Mapping[str, Any] = {
    "reason_code": "not_now",
    "agreed_how": "phone",
    "note": "They want to manage by themselves for now, and know whom to ring.",
}
_OTHERWISE: Mapping[str, Any] = {
    "what_goes_on": "A call each fortnight, and the school keeps an eye on how they arrive.",
    "what_allows_it": "Our duty to promote their welfare; our manager agreed.",
}
# Some cases cannot show it: their team has somebody of that agency already, or they have moved on.
_MOST_TRIED = 40


def show_what_ended(company: Company) -> None:
    """Let each come about by the real edges in a case of its own; nothing where that was done already."""
    if Withdrawal.objects.using(OWNER).filter(reason=_CHANGED).exists():
        return
    cases = iter(_cases())
    _first(_taken_back, company, cases)
    _first(_over, company, cases)
    _first(_no_more, company, cases)


def _cases() -> Iterable[Case]:
    """Return some active cases whose child nobody has sealed, those opened last first: what others show is older."""
    sealed = Named.objects.using(OWNER).filter(ended_at=None).values("child_id")
    led = Case.objects.using(OWNER).filter(state="active", opened_at__lt=clock.now() - _SHARED)
    return led.exclude(child_id__in=sealed).select_related("lead_agency").order_by("-opened_at", "-id")[:_MOST_TRIED]


def _first(show: Callable[[Case, Actor], None], company: Company, cases: Iterator[Case]) -> None:
    """Show something at the first case where it can be shown."""
    for case in cases:
        worker = next((one for one in company.actors.values() if _works_on(one, case)), None)
        if worker is None:
            continue
        try:
            show(case, worker)
        except Refusal:
            continue
        return


def _works_on(actor: Actor, case: Case) -> bool:
    return (actor.user_id, actor.agency_id) == (case.lead_practitioner_id, case.lead_agency_id)


def _taken_back(case: Case, worker: Actor) -> None:
    share = _share(case, worker, lasts=_LONG)
    with _at(_TAKEN_BACK, worker):
        version = Case.objects.get(pk=case.pk).version
        withdraw_sharing(
            worker, case.pk, version=version, disclosure=share, said_by="The young person", reason=_CHANGED
        )


def _over(case: Case, worker: Actor) -> None:
    """The worker closes it when its last day is over, as it does by itself outside a city that is being made."""
    _share(case, worker, lasts=_SHARED - _OVER)
    with as_worker():
        while expire():
            pass


def _no_more(case: Case, worker: Actor) -> None:
    """The family no longer agrees; what goes on is written down the day after."""
    with _at(_NO_MORE, worker):
        said = {**_SAID_NO, "agreed_on": local(clock.now()).date().isoformat()}
        _take(worker, "withdraw_agreement", case, said)
    with _at(_GOES_ON, worker):
        _take(worker, "go_on_otherwise", case, _OTHERWISE)


def _share(case: Case, worker: Actor, *, lasts: timedelta) -> UUID:
    """Name somebody of another agency to the team, on consent and for so long; return the share."""
    with _at(_SHARED, worker):
        membership, partner = _partner(case)
        raw = {
            "person": str(membership),
            "part": _PART,
            "why": "knows_child",
            **edge_basis(case.lead_agency.kind, partner.agency_kind),
            **CONSENTED,
            "ends_on": (local(clock.now()).date() + lasts).isoformat(),
        }
        member = add_member(worker, case.pk, validated(MemberInput, raw), member_id=uuid7())
        return Disclosure.objects.values_list("id", flat=True).get(opens_id=member.pk)


def _partner(case: Case) -> tuple[UUID, PossibleOwner]:
    """Return somebody of another agency that knows the child; raise Conflict where nobody can be told on consent."""
    for membership, one in possible_owners(case).items():
        if one.agency_id != case.lead_agency_id and may_consent(case.lead_agency.kind, one.agency_kind):
            return membership, one
    raise Conflict("Nobody of another agency can be told of this case on consent.", code="not_ready")


def _take(who: Actor, edge: str, case: Case, raw: Mapping[str, Any]) -> None:
    given = validated(CASE_INPUTS[edge], {**raw, "version": Case.objects.get(pk=case.pk).version})
    case_machine.perform(who, edge, case.pk, version=given.pop("version"), given=given)


@contextmanager
def _at(ago: timedelta, who: Actor) -> Iterator[None]:
    with clock.at(clock.now() - ago), acting(who):
        yield
