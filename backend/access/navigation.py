"""What a person finds in the menu, from what their role may do; the web app knows no role."""

from collections.abc import Mapping

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.roles import Role

_PLACES = (
    ("referrals", "My referrals", Permission.REFERRAL_CREATE),
    ("queue", "Referrals to decide", Permission.REFERRAL_START_TRIAGE),
    ("redirected", "Offered to us", Permission.REFERRAL_TAKE),
    ("requests", "Questions for us", Permission.INFORMATION_REQUEST_ANSWER),
    ("confirmations", "Second person needed", Permission.REFERRAL_DECLINE),
    ("work", "My work", Permission.TASK_SEE),
    ("find", "Find a record", Permission.REFERRAL_SEE_STATUS),
    ("tasks", "My tasks", Permission.TASK_COMPLETE),
    ("disagreements", "Disagreements", Permission.DISAGREEMENT_SEE),
    ("cases", "Cases", Permission.CASE_SEE),
    ("caseloads", "Caseloads", Permission.CASE_ALLOCATE),
    ("teams", "Teams I am on", Permission.TEAM_MEMBER_WRITE_NOTE),
    ("giving", "Services we give", Permission.INTERVENTION_GIVE),
    ("panels", "Panel meetings", Permission.PANEL_SEE),
    ("voices", "Community voice", Permission.SAYING_SEE),
    ("transfers", "Transfers", Permission.TRANSFER_ACCEPT),
    ("attention", "Needs attention", Permission.EXCEPTIONS_SEE),
    ("figures", "Time taken", Permission.FIGURES_SEE_OWN),
    ("standing", "Where work stands", Permission.FIGURES_SEE_OUTCOMES),
    ("waits", "Waits and refusals", Permission.FIGURES_SEE_OUTCOMES),
    ("outcomes", "Outcomes", Permission.FIGURES_SEE_OUTCOMES),
    ("fairness", "Fairness", Permission.FIGURES_SEE_OUTCOMES),
    ("needs", "Needs by place", Permission.FIGURES_SEE_PUBLISHED),
    ("voice", "What people said", Permission.FIGURES_SEE_PUBLISHED),
    ("quality", "Data quality", Permission.QUALITY_SEE),
    ("published", "Outcomes in the partnership", Permission.FIGURES_SEE_PUBLISHED),
    ("exports", "Exports", Permission.EXPORT_LIST),
    ("reports", "Reports", Permission.FIGURES_SEE_PUBLISHED),
    ("break-glass", "Emergency reading", Permission.BREAK_GLASS_SEE),
    ("unusual", "Unusual reading", Permission.UNUSUAL_SEE),
    ("looks", "Who looked", Permission.LOOKS_ACROSS),
    ("shares", "What was shared", Permission.DISCLOSURE_ACROSS),
    ("sealing", "Who may see a record", Permission.SEAL_PROPOSE),
    ("subject-requests", "Requests for a copy", Permission.SUBJECT_REQUEST_SEE),
    ("retention", "Retention", Permission.RETENTION_SEE),
    ("rectifications", "Said to be wrong", Permission.RECTIFICATION_DECIDE),
    ("people", "People", Permission.PEOPLE_SEE),
    ("conflicts", "Conflicts of interest", Permission.CONFLICT_SEE),
    ("agencies", "Agencies", Permission.AGENCY_SEE),
    ("critical", "Report a critical moment", Permission.MOMENT_RECORD),
    ("services", "Find a service", Permission.SERVICE_SEE),
    ("confirmations", "Second person needed", Permission.CONFIGURATION_PUBLISH),
    ("confirmations", "Second person needed", Permission.DISPOSAL_APPROVE),
    ("configurations", "Rules and texts", Permission.CONFIGURATION_SEE),
)
# What each role comes to do, in that order; the rest follows as it stands above.
_COMES_FOR: Mapping[Role, tuple[str, ...]] = {
    Role.PRACTITIONER: ("referrals", "requests", "work", "services"),
    Role.TRIAGE_OFFICER: ("queue", "redirected", "requests", "confirmations", "find"),
    Role.CASE_WORKER: ("work", "cases", "find", "referrals", "requests"),
    Role.INFORMATION_GOVERNANCE: ("break-glass", "unusual", "looks", "shares", "subject-requests", "retention"),
    Role.MANAGER: ("attention", "queue", "confirmations", "cases", "find"),
}
# As many as stand side by side at a desk; what comes after them is behind “More”.
_SIDE_BY_SIDE = 5


def navigation(actor: Actor) -> list[dict[str, str | bool]]:
    """Return the entries of the menu in order of what this role comes to do, messages last.

    `is_main` says of each whether it stands in the menu itself or behind its “More”.
    """
    open_to = {name: label for name, label, permission in _PLACES if policy.holds(actor, permission)}
    first = [name for name in _COMES_FOR.get(actor.role, ()) if name in open_to]
    places = [(name, open_to[name]) for name in dict.fromkeys([*first, *open_to])]
    entries: list[dict[str, str | bool]] = [
        {"name": name, "label": label, "is_main": number < _SIDE_BY_SIDE} for number, (name, label) in enumerate(places)
    ]
    return [*entries, {"name": "messages", "label": "Messages", "is_main": True}]
