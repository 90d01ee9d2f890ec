"""What each write that is no edge is sent by the table of routes: whole, and about nothing that is there."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.edges import BASIS
from tests.routes import SOMETHING

_NOTE: dict[str, Any] = {
    "kind": "home_visit",
    "happened_at": "2026-01-05T10:00:00Z",
    "people": ["parent"],
    "child_seen": "not_seen",
    "text": "They showed me the new bed.",
}
_DOCUMENT = {"kind": "letter", "name": "letter.txt", "content": "TWFkZSB1cC4="}
_OVER: dict[str, Any] = {"outcome": "attended", "mode": "school"}
_AHEAD: dict[str, Any] = {"planned_at": "2100-01-05T10:00:00Z", "mode": "school"}
_TAKEN_BACK = {"disclosure": str(SOMETHING), "said_by": "Mother", "reason": "She said no."}
_GOES_ON = {
    "disclosure": str(SOMETHING),
    "article6": "public_task",
    "condition": "safeguarding_children",
    "power": "children_act_2004_s10",
}
_ANOTHER = {"child": str(SOMETHING), "reason": "We asked the school."}

_ON_AGENDA = {
    "panel": str(SOMETHING),
    "question": "Which group could she join?",
    "purpose": "agree_package",
    "last_day": (date.today() + timedelta(days=10)).isoformat(),
    **BASIS,
}
_DECIDED = {"decision": str(SOMETHING), "owner": str(SOMETHING)}
_AROUND = {"relationship": "aunt_uncle", "lives_with_child": "no", "parental_responsibility": "no"}

BODIES: Mapping[str, Mapping[str, Any]] = {
    "api:confirmation-refuse": {"reason": "Not yet."},
    "api:referral-known-children": {"child": str(SOMETHING), "is_same": True},
    "api:case-notes": _NOTE,
    "api:case-declare-conflict": {"kind": "family", "note": ""},
    "api:referral-declare-conflict": {"kind": "family", "note": ""},
    "api:intervention-declare-conflict": {"kind": "family", "note": ""},
    "api:case-documents": _DOCUMENT,
    "api:case-letters": {
        "template": "closing",
        "recipient": "child",
        "title": "Goodbye",
        "text": "Dear Amina, goodbye.",
        "way": "in_person",
    },
    "api:case-letter-fill": {"template": "closing", "recipient": "child"},
    "api:case-assessments": {},
    "api:case-goals": {"words": "Sleep better.", "whose": "child"},
    "api:case-score-goals": {"rows": [{"goal": str(SOMETHING), "score": 5}]},
    "api:case-actions": {
        "text": "Ask the school.",
        "owner": str(SOMETHING),
        "due_on": "2100-01-05",
        "not_for_family": False,
    },
    "api:case-action-preview": {
        "text": "Ask the school.",
        "owner": str(SOMETHING),
        "due_on": "2100-01-05",
        "not_for_family": False,
    },
    "api:case-team": {"person": str(SOMETHING), "part": "Walks with her.", "why": "knows_child"},
    "api:case-people": _AROUND,
    "api:case-record-birth": {"date_of_birth": "2026-01-05", "given_name": "Amina"},
    "api:case-record-loss": {
        "ended_on": "2026-01-05",
        "told_by": "The midwife, this morning",
        "next_action": "Ring her mother.",
        "next_action_on": "2100-01-05",
    },
    "api:case-take-back-loss": {"reason": "It was another family."},
    "api:case-move-school": {"school": "Beech Grove School", "on": "2026-01-05"},
    "api:case-child": {"given_name": "Amina", "why": "was_wrong", "reason": "She spells it like this."},
    "api:case-concerns": {
        "kind": "place",
        "name": "The stairwell behind the shops",
        "what": ["violence"],
        "text": "They wait for him there.",
        "source": "seen",
        "review_on": (date.today() + timedelta(days=90)).isoformat(),
    },
    "api:concern-review": {"outcome": "ended", "reason": "The shops are closed."},
    "api:relationship-take-up": _AROUND,
    "api:relationship-say-same": {"other": str(SOMETHING), "reason": "She told us."},
    "api:relationship-take-back-same": {"same": str(SOMETHING), "reason": "She told us."},
    "api:team-member-notes": {"kind": "home_visit", "text": "They showed me the new bed."},
    "api:team-member-lead-requests": {"why": "better_placed", "reason": "She sees us every week."},
    "api:case-scores": {
        "measure": "sdq_teacher",
        "stage": "baseline",
        "taken_on": "2026-01-05",
        "why_not": "SDQ2",
    },
    "api:case-add-alert": {
        "codes": ["dogs"],
        "disclosure": "family_knows",
        "review_on": (date.today() + timedelta(days=90)).isoformat(),
    },
    "api:case-review-alert": {"alert": str(SOMETHING), "outcome": "ended", "reason": "The dog has moved out."},
    "api:case-record-significant-event": {
        "kind": "moved_home",
        "happened_on": "2021-03-27",
        "text": "They moved at night.",
        "analysis": "She lost her friends and her school in one day.",
    },
    "api:case-meetings": {
        "kind": "family_meeting",
        "held_on": "2026-01-05",
        "people": ["parent"],
        "what_changed": "We talked about the mornings.",
    },
    "api:case-interventions": {"service_id": str(SOMETHING), "goal": "Somebody to talk to."},
    "api:case-panel-items": _ON_AGENDA,
    "api:case-panel-items-preview": _ON_AGENDA,
    "api:panel-item-plan": _DECIDED,
    "api:panel-item-plan-preview": _DECIDED,
    "api:intervention-sessions": _OVER,
    "api:intervention-plan": _AHEAD,
    "api:group-sessions": {**_AHEAD, "interventions": [str(SOMETHING)]},
    "api:group-session-move": {"version": 0, "planned_at": "2100-01-06T10:00:00Z", "moved_by": "provider"},
    "api:group-session-call-off": {"version": 0, "outcome": "cancelled_by_service", "not_held_why": "no_place"},
    "api:group-session-add": {"interventions": [str(SOMETHING)]},
    "api:group-session-register": {"rows": [{**_OVER, "session": str(SOMETHING), "version": 1}]},
    "api:child-not-same": _ANOTHER,
    "api:referral-withdraw-sharing": _TAKEN_BACK,
    "api:case-withdraw-sharing": _TAKEN_BACK,
    "api:referral-renew-sharing": _GOES_ON,
    "api:case-renew-sharing": _GOES_ON,
    "api:child-undo-not-same": _ANOTHER,
    "api:child-merge": _ANOTHER,
    "api:child-unmerge": {"reason": "They are two cousins."},
    "api:child-drop-merge": {"reason": "They are two cousins."},
    "api:child-ask-leads": {"child": str(SOMETHING)},
    "api:child-drop-choice": {"reason": "They are two cousins."},
    "api:child-ask-elsewhere": {
        "question": "Do you know this child?",
        "purpose": "decide_help",
        "article6": "public_task",
        "condition": "safeguarding_children",
        "power": "children_act_2004_s10",
    },
}
