"""The kinds of clock: the standard target of each, whom it reminds and where a reminder leads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from backend.agencies.roles import Role
from backend.notifications.models import ITSELF

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "targets.json"
_REFERRAL = "/referrals/{root_id}"
_CASE = "/cases/{root_id}"
_INTERVENTION = "/interventions/{root_id}"
_DISAGREEMENT = "/disagreements/{root_id}"

# Who is reminded before and when a clock is due (after that, the agency's managers), and the page that helps them.
_REMINDS: Mapping[str, tuple[Role, str]] = {
    "acknowledge": (Role.TRIAGE_OFFICER, _REFERRAL),
    "decide": (Role.TRIAGE_OFFICER, _REFERRAL),
    "total_age": (Role.TRIAGE_OFFICER, _REFERRAL),
    "tell_school": (Role.TRIAGE_OFFICER, _REFERRAL),
    "feedback": (Role.TRIAGE_OFFICER, _REFERRAL),
    "written_follow_up": (Role.TRIAGE_OFFICER, _REFERRAL),
    "reach_child": (Role.TRIAGE_OFFICER, _REFERRAL),
    "take": (Role.TRIAGE_OFFICER, _REFERRAL),
    "information_request": (Role.TRIAGE_OFFICER, "/information-requests"),
    "information_request_urgent": (Role.TRIAGE_OFFICER, "/information-requests"),
    "confirmation": (Role.MANAGER, "/confirmations"),
    "transfer_answer": (Role.MANAGER, "/transfers"),
    "lead_request_answer": (Role.MANAGER, "/lead-requests/{root_id}"),
    "case_choice": (Role.MANAGER, "/case-choices/{root_id}"),
    "transfer_follow_up": (Role.MANAGER, _CASE),
    "transfer_naming": (Role.MANAGER, ITSELF),
    "transfer_out_answer": (Role.MANAGER, _CASE),
    "transfer_out_follow_up": (Role.MANAGER, _CASE),
    "allocate": (Role.MANAGER, _CASE),
    "first_contact": (Role.CASE_WORKER, _CASE),
    "assessment": (Role.CASE_WORKER, _CASE),
    "case_follow_up": (Role.CASE_WORKER, _CASE),
    "agreement_ends": (Role.CASE_WORKER, _CASE),
    "agreement_withdrawn": (Role.CASE_WORKER, _CASE),
    "review": (Role.CASE_WORKER, _CASE),
    "drift": (Role.CASE_WORKER, _CASE),
    "look_again": (Role.CASE_WORKER, _CASE),
    "sustained_check": (Role.MANAGER, _CASE),
    "re_referral_window": (Role.MANAGER, _CASE),
    # Whose turn it is depends on the record that was shared: backend/sharing/registration.py.
    "sharing_ends": (Role.MANAGER, ITSELF),
    "same_day_task": (Role.CASE_WORKER, "/tasks/{root_id}"),
    "plan_action": (Role.PRACTITIONER, "/actions/{root_id}"),
    "provider_answer": (Role.MANAGER, _INTERVENTION),
    "service_start": (Role.MANAGER, _INTERVENTION),
    "still_needed": (Role.CASE_WORKER, _INTERVENTION),
    "disagreement_reply": (Role.MANAGER, _DISAGREEMENT),
    "disagreement_stage_2": (Role.MANAGER, _DISAGREEMENT),
    "disagreement_response": (Role.PRACTITIONER, _DISAGREEMENT),
    "disagreement_remedy": (Role.MANAGER, _REFERRAL),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of clock as it runs unless the partnership says otherwise."""

    code: str
    label: str
    amount: int
    unit: str
    role: Role
    path: str
    # How many days before it is due the first reminder goes out; None is the working day before.
    warns_days: int | None = None


def _kinds() -> Mapping[str, Kind]:
    targets = json.loads(FILE.read_text(encoding="utf-8"))["targets"]
    return MappingProxyType(
        {
            line["kind"]: Kind(
                line["kind"],
                line["label"],
                line["amount"],
                line["unit"],
                *_REMINDS[line["kind"]],
                warns_days=line.get("warns_days"),
            )
            for line in targets
        }
    )


# These warn that nothing is happening, or only measure: nothing is due when they run out, so no list is sorted by them.
NEVER_NEXT = ("drift", "re_referral_window")
# A kind in the file that reminds nobody stops the start with its name.
KINDS = _kinds()
