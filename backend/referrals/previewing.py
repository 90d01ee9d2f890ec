"""What other agencies read of a referral once it is sent, offered, asked about or joined: their own page, in parts."""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases.queries import headlines
from backend.cases.serializers.previewing import lead_reader, pairs
from backend.children.serializers import child_answers
from backend.referrals.models import InformationRequest, Referral
from backend.referrals.queries.seeing import questions_visible_to, visible_to
from backend.referrals.question_views import question_data
from backend.referrals.serializers.representing import referral_data
from backend.workflow.machine import Given
from backend.workflow.preview_views import Reader, Readers, Section

_DECIDE = (Role.TRIAGE_OFFICER, Role.MANAGER)


def _text_reader(referral: Referral, agency_id: UUID, roles: tuple[Role, ...] = _DECIDE) -> Reader:
    def shows(actor: Actor) -> list[Section] | None:
        found = visible_to(actor).filter(pk=referral.id).first()
        return None if found is None else referral_sections(referral_data(actor, found))

    return Reader(agency_id, roles, shows)


def _sent(referral: Referral, given: Given) -> list[Reader]:
    return [_text_reader(referral, referral.holder_id)]


def _offered(referral: Referral, given: Given) -> list[Reader]:
    return [_text_reader(referral, given["to_agency"])]


def _asked(referral: Referral, given: Given) -> list[Reader]:
    return [_question_reader(referral, question["agency"]) for question in given["questions"]]


def _question_reader(referral: Referral, agency_id: UUID) -> Reader:
    def shows(actor: Actor) -> list[Section] | None:
        asked = questions_visible_to(actor).filter(root_id=referral.id, state=InformationRequest.ASKED)
        found = asked.order_by("-asked_at", "-id").first()
        return None if found is None else question_sections(question_data(actor, found))

    return Reader(agency_id, AGENCY_ROLES, shows)


def _accepted(referral: Referral, given: Given) -> list[Reader]:
    """Another agency that is asked to lead reads the handover; the lead of a case that is joined, the referral."""
    joined = _joined(referral, given)
    if not joined and referral.case_id is not None and given["lead_agency"] != referral.holder_id:
        return [lead_reader(referral.case_id, given["lead_agency"])]
    return joined


def _joined(referral: Referral, given: Given) -> list[Reader]:
    case = headlines([referral.case_id]).get(referral.case_id) if referral.case_id is not None else None
    if referral.linked_to is not None and referral.linked_to.holder_id != referral.holder_id:
        return [_text_reader(referral, referral.linked_to.holder_id)]
    if case is None or case.lead_agency_id == referral.holder_id:
        return []
    return [_text_reader(referral, case.lead_agency_id, (Role.MANAGER,))]


REFERRAL_READERS: dict[str, Readers] = {
    "submit": _sent,
    "redirect": _offered,
    "request_information": _asked,
    "accept": _accepted,
    "link": _joined,
}


def _answered(question: InformationRequest, given: Given) -> list[Reader]:
    def shows(actor: Actor) -> list[Section] | None:
        found = questions_visible_to(actor).filter(pk=question.id).first()
        return None if found is None else question_sections(question_data(actor, found))

    return [Reader(question.holder_agency_id, _DECIDE, shows)]


QUESTION_READERS: dict[str, Readers] = {"answer": _answered}


def referral_sections(data: dict[str, Any]) -> list[Section]:
    """Return what stands on the page of a referral, for whoever this representation was made for."""
    if data["child"] is None:
        return [{"title": "The referral", "answers": pairs([("Status", data["tracker"]["sentence"])])}]
    written = [
        {"title": section["title"], "answers": [_answer(answer) for answer in section["answers"] if not answer["mark"]]}
        for section in data["referral_text"]["sections"]
    ]
    asked = [
        {
            "title": f"Question to {one['agency']}",
            "answers": pairs([("Question", one["question"]), ("Answer", one["answer"])]),
        }
        for one in data["information_requests"]
    ]
    decided = [
        {
            "title": f"Decision: {one['label']}",
            "answers": pairs([("Why", one["rationale"]), ("Text for the referrer", one["outcome_text"])]),
        }
        for one in data["decisions"]
    ]
    sender = pairs([("From", data["referrer"]["agency"]), ("By", data["referrer"]["person"])])
    head = [
        {"title": "The referral", "answers": sender},
        {"title": "The child", "answers": child_answers(data["child"])},
    ]
    return [*head, *written, *asked, *decided]


def _answer(answer: dict[str, Any]) -> dict[str, str]:
    value = answer["value"]
    return {"label": answer["label"], "value": "\n".join(value) if isinstance(value, list) else value}


def question_sections(data: dict[str, Any]) -> list[Section]:
    """Return what stands on the page of a question."""
    facts = (
        ("Asked by", f"{data['asked_by']}, {data['asking_agency']}"),
        ("Question", data["question"]),
        ("Needed for", data["purpose"]),
        ("Answer", data["answer"]),
    )
    return [
        {"title": "The question", "answers": pairs(facts)},
        {"title": "The child", "answers": child_answers(data["child"]) if data["child"] else []},
    ]
