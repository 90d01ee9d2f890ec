"""Recording a request for a copy, and the machine by which two people open it and two people release it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.core import clock
from backend.core.errors import Conflict
from backend.core.ids import new_reference
from backend.deadlines.calendar import in_words
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import Notice, tell_all
from backend.oversight.queries.glass import agencies_that_govern
from backend.oversight.queries.looks import Meant, children_meant
from backend.rights import queries, rules, targets
from backend.rights.models import Pack, SubjectRequest
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine, Tell

_TOLD = ("asker_name", "asker", "authority", "identity", "identity_note", "asks_for", "received_on")
_THERE = "There is a request of the same person for this child’s record already: {}. Go on with that one."
_NOBODY = "We could not find a record of a child with exactly this name and date of birth, or with this reference."


def record_request(actor: Actor, given: Mapping[str, Any], *, request_id: UUID) -> SubjectRequest:
    """Write down who asks for a copy of whose record; another person is told to look at it before it is opened.

    Raises Conflict where no child is meant that the actor may know of, or where the same is asked already.
    """
    policy.require(actor, Permission.SUBJECT_REQUEST_RECORD)
    child = _meant(given)
    there = queries.visible_to(actor).filter(
        child_id=child.id, asker_name=given["asker_name"], state__in=SubjectRequest.UNFINISHED
    )
    for one in there[:1]:
        raise Conflict(_THERE.format(one.reference), code="exists")
    made = SubjectRequest(
        id=request_id,
        partnership_id=actor.partnership_id,
        agency_id=actor.agency_id,
        reference=new_reference("S"),
        child_id=child.id,
        child_name=f"{child.given_name} {child.family_name}".strip(),
        child_born=child.date_of_birth,
        due_at=targets.answered_by(given["received_on"]),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        **{name: given[name] for name in _TOLD},
    )
    event = record(actor, "subject_request.record", made, root_id=made.id, child_id=made.child_id)
    Pack.objects.create(root_id=made.id)
    notices = [Notice(whom, "subject_request_recorded", fields_of(made), path_of(made)) for whom in governance(made)]
    tell_all(notices, event_id=event.id, root_id=made.id)
    return made


def _meant(given: Mapping[str, Any]) -> Meant:
    found = children_meant(
        reference=given["reference"].strip().upper(),
        given_name=given["given_name"],
        family_name=given["family_name"],
        born=given["date_of_birth"],
    )
    if not found:
        raise Conflict(_NOBODY, code="nobody_meant")
    if len(found) > 1:
        raise Conflict("More than one child is called so. Give the reference of one of their records.", code="several")
    return found[0]


def governance(one: SubjectRequest) -> Sequence[Audience]:
    """Return who answers for requests: information governance, as far as they may know of the child."""
    return [
        AgencyRoles(agency, (Role.INFORMATION_GOVERNANCE.value,), one.child_id)
        for agency in agencies_that_govern(one.partnership_id)
    ]


def fields_of(one: SubjectRequest) -> dict[str, str]:
    """Return what a message may say of a request: never whose record it is about."""
    return {"reference": one.reference, "due": in_words(one.due_at), "by": _acted(one)}


def _acted(one: SubjectRequest) -> str:
    """Return who asked for what waits for a second person now, or at last did."""
    if one.is_withdrawn:
        return one.withdrawal_by_name
    return one.refusal_by_name if one.is_refused else one.recorded_by_name


def path_of(one: SubjectRequest) -> str:
    """Return its page."""
    return f"/subject-requests/{one.id}"


def _begin_copying(change: Change[SubjectRequest], given: Given) -> None:
    _pack(change).update(state=Pack.WAITING)


def _make_longer(change: Change[SubjectRequest], inputs: dict[str, Any]) -> None:
    one = change.target
    one.extended_why, one.extended_told_on = inputs["reason_code"], inputs["told_on"]
    one.due_at = targets.extended_to(one.received_on)


def _draw(change: Change[SubjectRequest], given: Given) -> None:
    _pack(change).update(
        task=Pack.DRAW, state=Pack.WAITING, turn=F("turn") + 1, attempts=0, done=0, total=None, beat_at=None
    )


def _drop_file(change: Change[SubjectRequest], given: Given) -> None:
    gone = {"pdf": None, "data": None, "pdf_sha256": "", "data_sha256": "", "pdf_size": 0, "data_size": 0}
    _pack(change).update(task=Pack.COLLECT, state=Pack.DONE, drawn_at=None, **gone)


def _keep_for_a_while(change: Change[SubjectRequest], given: Given) -> None:
    _pack(change).update(expires_at=clock.now() + targets.kept_for())


def _pack(change: Change[SubjectRequest]) -> QuerySet[Pack]:
    return Pack.objects.filter(root_id=change.target.id)


def _told(message: str) -> tuple[Tell, ...]:
    return (Tell(message, governance, lambda _one: "Information governance"),)


def _who_refuses(one: SubjectRequest) -> Person | None:
    return Person(one.refusal_by_id) if one.refusal_by_id else None


def _told_who_refuses(message: str) -> tuple[Tell, ...]:
    return (Tell(message, _who_refuses, lambda one: one.refusal_by_name),)


def _who_withdraws(one: SubjectRequest) -> Person | None:
    return Person(one.withdrawal_by_id) if one.withdrawal_by_id else None


subject_request_machine: Machine[SubjectRequest] = Machine(
    noun="subject_request",
    model=SubjectRequest,
    edges={
        "confirm": Edge(
            permission=Permission.SUBJECT_REQUEST_CONFIRM,
            label="Agree that it is opened",
            hint="From then on information governance reads this child’s record, in this request and until it ends.",
            rules=(rules.confirmed_by_another,),
            then=_begin_copying,
        ),
        "send_for_check": Edge(
            permission=Permission.SUBJECT_REQUEST_SEND_FOR_CHECK,
            label="Send it for a check",
            hint="The file is made as it would go out. Another person looks at it, and releases it or sends it back.",
            rules=(rules.all_is_decided,),
            then=_draw,
            tells=_told("subject_request_to_check"),
            primary=True,
        ),
        "release": Edge(
            permission=Permission.SUBJECT_REQUEST_RELEASE,
            label="Release it",
            hint="Only after you have looked at the file. From then on it can be given to whoever asked.",
            rules=(rules.released_by_another, rules.file_is_there),
            then=_keep_for_a_while,
            tells=_told("subject_request_released"),
        ),
        "send_back": Edge(
            permission=Permission.SUBJECT_REQUEST_SEND_BACK,
            label="Send it back",
            hint="Say what has to be decided otherwise. The file is deleted, and made again when it is sent again.",
            then=_drop_file,
            tells=(
                Tell(
                    "subject_request_sent_back",
                    lambda one: Person(one.confirmed_by_id or one.recorded_by_id),
                    lambda one: one.confirmed_by_name,
                ),
            ),
        ),
        "extend": Edge(
            permission=Permission.SUBJECT_REQUEST_EXTEND,
            label="Make the time longer",
            hint="Once, for a reason that whoever asked has been told.",
            rules=(rules.not_extended_yet,),
            sources=SubjectRequest.UNFINISHED,
            first=_make_longer,
        ),
        "ask_to_refuse": Edge(
            permission=Permission.SUBJECT_REQUEST_ASK_TO_REFUSE,
            label="Refuse it",
            hint="Another person of information governance looks at why, and agrees or not. Until then it rests.",
            tells=_told("subject_request_to_refuse"),
        ),
        "refuse": Edge(
            permission=Permission.SUBJECT_REQUEST_REFUSE,
            label="Agree to the refusal",
            hint="They are told why, and how to complain. What was copied is deleted.",
            rules=(rules.refused_by_another,),
            tells=_told_who_refuses("subject_request_refused"),
        ),
        "go_on": Edge(
            permission=Permission.SUBJECT_REQUEST_GO_ON,
            label="Do not refuse it",
            hint="It goes on where it was. Say why it is not refused.",
            tells=_told_who_refuses("subject_request_not_refused"),
        ),
        "ask_to_withdraw": Edge(
            permission=Permission.SUBJECT_REQUEST_ASK_TO_WITHDRAW,
            label="Withdraw it",
            hint="They do not want it any more, or it was recorded by mistake. Another person of information "
            "governance looks at who said so, and agrees or not. Until then it rests, and its date stays.",
            tells=_told("subject_request_to_withdraw"),
        ),
        "withdraw": Edge(
            permission=Permission.SUBJECT_REQUEST_WITHDRAW,
            label="Agree to the withdrawal",
            hint="Nobody is given anything, and what was copied is deleted. Who asks again is a new request.",
            rules=(rules.withdrawn_by_another,),
            tells=_told("subject_request_withdrawn"),
        ),
        "keep": Edge(
            permission=Permission.SUBJECT_REQUEST_KEEP,
            label="Do not withdraw it",
            hint="It goes on where it was. Say why it is not withdrawn.",
            tells=(Tell("subject_request_not_withdrawn", _who_withdraws, lambda one: one.withdrawal_by_name),),
        ),
    },
    visible_to=queries.visible_to,
    facts=queries.facts,
    fields=fields_of,
    path=path_of,
    owner_agency=lambda one: one.agency_id,
    labels=SubjectRequest.LABELS,
)
