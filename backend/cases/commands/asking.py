"""A manager on the team around the child asks for the lead; the lead agency offers it, or says why it keeps it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases.models import LeadRequest, TeamMember
from backend.cases.queries.asking import is_offered_to, lead_of, lead_requests_visible_to
from backend.cases.queries.team import members_visible_to, places_of
from backend.cases.text_fields import lead_request_fields
from backend.core.errors import Conflict, NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines.models import Deadline
from backend.notifications.audience import AgencyRoles, Person
from backend.notifications.commands import Notice, outbox_rows
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Machine, Tell

Given = Mapping[str, Any]
CLOCK = "lead_request_answer"
_MANAGERS = (Role.MANAGER.value,)
_ONCE = "Your agency has asked to lead this case already. Wait for the answer, or take the question back."


def ask_for_lead(actor: Actor, member_id: UUID, given: Given, *, request_id: UUID) -> LeadRequest:
    """Ask the lead agency of a case to hand the lead over, as one of the team around the child. Raises a Refusal."""
    member = members_visible_to(actor).filter(pk=member_id).first()
    if member is None:
        raise NotFound
    policy.require(actor, Permission.LEAD_REQUEST_ASK, queries.relations_to(actor, member.root_id))
    request = _request(actor, member, given, request_id)
    its_clock = _clock(request)
    fields = lead_request_fields(request)
    told = [Notice(one, "lead_requested", fields, path_of(request)) for one in _asked(request)]

    def beside(event: Event) -> Sequence[Model]:
        return [its_clock, *outbox_rows(told, event_id=event.id, root_id=request.root_id)]

    data = {"agency": str(request.agency_id), "why": request.why}
    try:
        with transaction.atomic():
            record(
                actor,
                "lead_request.ask",
                request,
                root_id=request.root_id,
                child_id=request.child_id,
                reason=request.reason,
                data=data,
                beside=beside,
            )
    except IntegrityError as error:
        raise Conflict(_ONCE, code="not_ready") from error
    return request


def _request(actor: Actor, member: TeamMember, given: Given, request_id: UUID) -> LeadRequest:
    if not places_of(actor).filter(pk=member.id).exists():
        raise Conflict("Only they themselves ask from this place.", code="wrong_state")
    lead_id, practitioner_id = lead_of(member.root_id)
    if lead_id is None or lead_id == actor.agency_id:
        raise Conflict("Your agency leads this case already.", code="not_ready")
    if is_offered_to(actor, member.root_id):
        raise Conflict("Your agency is asked to lead this case already: answer that.", code="not_ready")
    return LeadRequest(
        id=request_id,
        root_id=member.root_id,
        child_id=member.child_id,
        partnership_id=member.partnership_id,
        case_reference=member.case_reference,
        made_by_id=actor.user_id,
        made_by_name=actor.name,
        agency_id=actor.agency_id,
        asked_agency_id=lead_id,
        practitioner_id=practitioner_id,
        why=given["why"],
        reason=given["reason"],
    )


def _clock(request: LeadRequest) -> Deadline:
    (answer,) = deadlines.new_clocks(
        [CLOCK],
        root_id=request.id,
        child_id=request.child_id,
        owner_agency_id=request.asked_agency_id,
        partnership_id=request.partnership_id,
    )
    request.next_due_at = answer.due_at
    return answer


def path_of(request: LeadRequest) -> str:
    """Return the page on which a request is answered, and on which who asked reads the answer."""
    return f"/lead-requests/{request.id}"


def lapse(request_id: UUID, actor: Actor) -> None:
    """Say that nobody answered in time; a second call does nothing."""
    if LeadRequest.objects.filter(pk=request_id, state=LeadRequest.ASKED).exists():
        lead_request_machine.perform(actor, "lapse", request_id, version=None, given={})


def _asked(request: LeadRequest) -> list[AgencyRoles | Person]:
    managers = AgencyRoles(request.asked_agency_id, _MANAGERS)
    return [managers, Person(request.practitioner_id)] if request.practitioner_id else [managers]


def _lead_managers(request: LeadRequest) -> AgencyRoles:
    return AgencyRoles(request.asked_agency_id, _MANAGERS)


def _name_managers(request: LeadRequest) -> str:
    return f"The managers of {request.asked_agency.name}"


def _practitioner(request: LeadRequest) -> Person | None:
    return Person(request.practitioner_id) if request.practitioner_id else None


def _name_practitioner(_request: LeadRequest) -> str:
    return "The lead practitioner"


def _asker(request: LeadRequest) -> Person:
    return Person(request.made_by_id)


def _name_asker(request: LeadRequest) -> str:
    return f"{request.made_by_name}, {request.agency.name}"


def _tell_asker(message: str) -> Tell:
    return Tell(message, _asker, _name_asker)


def _said(change: Change[LeadRequest], given: dict[str, Any]) -> None:
    change.data = {"reason_code": given["reason_code"]}


def _offered(change: Change[LeadRequest], given: dict[str, Any]) -> None:
    change.data = {"transfer_id": str(given["transfer_id"])}


lead_request_machine: Machine[LeadRequest] = Machine(
    noun="lead_request",
    model=LeadRequest,
    edges={
        "refuse": Edge(
            permission=Permission.LEAD_REQUEST_REFUSE,
            label="Keep the lead",
            hint="Say why. Your agency goes on leading the case, and they are told at once.",
            clocks=Clocks(meets=(CLOCK,)),
            tells=(_tell_asker("lead_request_refused"), Tell("lead_kept", _practitioner, _name_practitioner)),
            first=_said,
        ),
        "withdraw": Edge(
            permission=Permission.LEAD_REQUEST_WITHDRAW,
            label="Take the question back",
            hint="You no longer ask for the lead. The lead agency is told.",
            clocks=Clocks(stops_all_but=()),
            tells=(
                Tell("lead_request_withdrawn", _lead_managers, _name_managers),
                Tell("lead_request_withdrawn", _practitioner, _name_practitioner),
            ),
            first=_said,
        ),
        "answer_by_transfer": Edge(
            permission=Permission.LEAD_REQUEST_ANSWER_BY_TRANSFER,
            label="Answered by a transfer",
            # The managers who asked are told of the transfer itself, with the day by which they answer.
            clocks=Clocks(meets=(CLOCK,)),
            first=_offered,
            by_system=True,
        ),
        "overtake": Edge(
            permission=Permission.LEAD_REQUEST_OVERTAKE,
            label="The case has closed, or is led by another agency",
            clocks=Clocks(stops_all_but=()),
            tells=(_tell_asker("lead_request_overtaken"),),
            by_system=True,
        ),
        "lapse": Edge(
            permission=Permission.LEAD_REQUEST_LAPSE,
            label="Not answered in time",
            tells=(
                Tell("lead_request_lapsed", _lead_managers, _name_managers, urgent=lambda _request: True),
                _tell_asker("lead_request_late"),
            ),
            by_system=True,
        ),
    },
    visible_to=lead_requests_visible_to,
    facts=lambda _request, _actor: None,
    fields=lead_request_fields,
    path=path_of,
    owner_agency=lambda request: request.asked_agency_id,
    labels=LeadRequest.LABELS,
    clock_root=lambda request: request.id,
)
