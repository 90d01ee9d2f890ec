"""What the route matrix must know of each route: which record it is about, or why it is about none."""

from collections.abc import Mapping

from backend.access.relations import Relation
from backend.administration.serializers.agencies import AGENCY_INPUTS
from backend.administration.serializers.conflicts import CONFLICT_INPUTS
from backend.administration.serializers.saved import SAVED_LIST_INPUTS
from tests.edges import INPUTS
from tests.world import CASED, CHALLENGED, HEARING, MOVING, PROVIDING, TEAMED

# Which record of the world stands in the place of the key, and who has something to do with it.
PLACES: Mapping[str, tuple[str, tuple[Relation, ...]]] = {
    # First of all: a document can be withdrawn only while the world is young.
    "/api/v1/documents/": ("document", (*CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/referrals/": ("moving", MOVING),
    "/api/v1/referral-seals/": ("moving", MOVING),
    "/api/v1/information-requests/": ("question", MOVING),
    "/api/v1/confirmations/": ("confirmation", MOVING),
    "/api/v1/disagreements/": ("disagreement", (*CHALLENGED, Relation.NONE)),
    "/api/v1/cases/": ("case", (*CASED, *TEAMED, *PROVIDING, Relation.NONE)),
    "/api/v1/seals/": ("case", (*CASED, *TEAMED, *PROVIDING, Relation.NONE)),
    "/api/v1/transfers/": ("transfer", (*CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/assessments/": ("assessment", (*CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/goals/": ("goal", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/scores/": ("score", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/meetings/": ("meeting", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/notes/": ("note", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/concerns/": ("concern", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/relationships/": ("relationship", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    # Who made the referral is whom the action was given to.
    "/api/v1/actions/": ("action", (*CASED, *PROVIDING, Relation.CREATOR, Relation.REFERRER, Relation.NONE)),
    "/api/v1/team-members/": ("member", (*TEAMED, *CASED, *PROVIDING, Relation.NONE)),
    "/api/v1/lead-requests/": ("lead request", (*TEAMED, *CASED, *PROVIDING, Relation.NONE)),
    "/api/v1/tasks/": ("task", (*CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/find/": ("task", (*CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/work/": ("task", (*CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/interventions/": ("intervention", (*PROVIDING, *CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/sessions/": ("session", (*PROVIDING, *CASED, Relation.NONE)),
    "/api/v1/panel-items/": ("panel item", (*HEARING, *CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/group-sessions/": ("group", (*PROVIDING, *CASED, Relation.NONE)),
}


# Their answers do not depend on a record's relations; other tests look at them.
WITHOUT_RECORD = {
    "api:health-live",
    "api:health-ready",
    "api:schema",
    "api:docs",
    "api:session",
    "api:session-membership",
    "api:session-fresh",
    "api:session-security",
    "api:session-new-app",
    "api:session-others-end",
    "api:demo-city",
    "api:demo-confirm",
    "api:demo-people",
    "api:demo-sign-in",
    "api:vocabularies",
    "api:agencies",
    # tests/administration/test_settings.py has theirs: one's own, in every role.
    "api:settings-messages",
    "api:messages",
    "api:message-read",
    # tests/administration/test_inviting.py: for whoever holds a link or has lost their password, in no role.
    "api:session-password",
    "api:session-forgotten",
    # tests/administration/test_staff_directories.py: the same.
    "api:session-directories",
    "api:session-directory",
    "api:session-directory-finish",
    # tests/referrals/test_status_link.py: for whoever holds a link, and nobody by their role.
    "api:status",
    "api:critical-moments",
    # tests/presence/test_presence.py: whoever reads a record, whichever it is; it answers nothing of it.
    "api:presence",
    "api:critical-moment-form",
    # tests/directory/test_api.py has their table: the directory is about no child.
    "api:services",
    "api:service",
    "api:service-form",
    "api:services-import",
    "api:services-import-check",
    "api:service-filters",
    "api:service-changes",
    *(f"api:service-{edge.replace('_', '-')}" for edge in INPUTS["service"]),
    # tests/configuration/test_routes.py has their table: configuration is about no child.
    "api:configurations",
    "api:configuration-kinds",
    "api:configuration",
    "api:configuration-copy",
    *(f"api:configuration-{edge.replace('_', '-')}" for edge in INPUTS["configuration"]),
    # tests/panels/test_edges.py and test_access.py: a meeting is about no child, and its agenda is a list of items.
    "api:panels",
    "api:panel-form",
    "api:panel",
    "api:panel-agenda",
    *(f"api:panel-{edge.replace('_', '-')}" for edge in INPUTS["panel"]),
    # tests/retention/test_who.py has theirs: who answers for how long records are kept reads none of them.
    *(f"api:retention-{name}" for name in ("due", "records", "schedule", "kept")),
    *("api:holds", "api:hold-form", "api:hold", "api:disposals", "api:disposal-form", "api:disposal"),
    *("api:certificates", "api:certificate-pdf"),
    *(f"api:{noun}-{edge}" for noun in ("hold", "disposal") for edge in INPUTS[noun]),
    # tests/voices/test_sayings.py has theirs: what people said is tied to no child.
    "api:sayings",
    "api:saying-form",
    "api:saying",
    *(f"api:saying-{edge.replace('_', '-')}" for edge in INPUTS["saying"]),
    # tests/worklists/test_loads.py: numbers of one's own agency for whoever allocates there, and fields of a form.
    "api:caseloads",
    "api:cases-filters",
    # tests/cases/test_closed.py: fields of a form, for whoever sees cases.
    "api:cases-closed-filters",
    "api:exceptions",
    "api:exceptions-list",
    # tests/insights/test_flow.py: numbers of one's own agency, and the clocks that each of them counts.
    "api:figures-flow",
    "api:figures-flow-list",
    # tests/insights/test_cuts.py: the same, told apart.
    "api:figures-flow-cut",
    # tests/insights/test_outcomes.py: numbers of one's own agency, and the records that each of them counts.
    "api:figures-outcomes",
    "api:figures-outcomes-list",
    # tests/insights/test_trend.py: numbers of one's own agency by month, and what each of them counts.
    "api:figures-trend",
    "api:figures-trend-list",
    # tests/insights/test_standing.py: the same of where its work stands.
    "api:figures-standing",
    "api:figures-standing-list",
    # tests/insights/test_waits.py: the same of services and who waited or said no.
    "api:figures-services",
    "api:figures-services-list",
    # tests/insights/test_fairness.py: the same by group of children.
    "api:figures-fairness",
    "api:figures-fairness-list",
    # tests/insights/test_works.py: the same by service that a family had.
    "api:figures-works",
    "api:figures-works-list",
    # tests/insights/test_quality.py: numbers of one's own agency, and the records that lack an answer.
    "api:figures-quality",
    "api:figures-quality-list",
    # tests/oversight/test_looks.py: across the partnership, for whoever governs the information.
    "api:looks",
    "api:looks-form",
    "api:looks-find",
    # tests/oversight/test_shares.py: the same of what was shared.
    "api:shares",
    "api:shares-form",
    # tests/cases/test_asking_for_a_seal.py: of one's own agency, for whoever governs its information.
    "api:sealing",
    "api:sealing-find",
    # tests/oversight/test_break_glass.py: its person's own, and of those who look at it.
    "api:break-glasses",
    "api:break-glass-form",
    "api:break-glass",
    "api:break-glass-end",
    "api:break-glass-look",
    "api:break-glass-decide",
    # tests/rights/test_requests.py has theirs: at no relation to the child, for whoever governs the information.
    "api:subject-requests",
    "api:subject-request-form",
    "api:subject-request-reasons",
    "api:subject-request",
    "api:subject-request-passages",
    "api:subject-request-decide",
    "api:subject-request-pdf",
    "api:subject-request-json",
    *(f"api:subject_request-{edge.replace('_', '-')}" for edge in INPUTS["subject_request"]),
    # tests/rights/test_given.py: beside the shares of a record, for whoever answers for it.
    "api:copies-given",
    # tests/oversight/test_unusual.py: of whoever answers for it.
    "api:unusual-readings",
    "api:unusual",
    "api:unusual-look",
    "api:unusual-decide",
    # tests/rights/test_rectifications.py: beside a note for who reads it, and for the agency that wrote it.
    "api:rectifications",
    "api:rectification",
    "api:rectification-decide",
    "api:disputed-note",
    "api:disputed-note-dispute",
    # tests/exports/test_rights.py has theirs: an export is its asker's own.
    "api:exports",
    "api:export-form",
    # tests/exports/test_repeating.py
    "api:export-repeats",
    "api:export-repeat-stop",
    "api:export-offers",
    "api:export",
    "api:export-content",
    "api:export-delete",
    # tests/insights/test_published.py and test_needs.py: numbers that tell of no child.
    "api:figures-published",
    "api:figures-needs",
    "api:figures-ward-map",
    # tests/voices/test_voice.py: the same of what people said, and words that were released.
    "api:figures-voice",
    # tests/administration/test_saved_lists.py has theirs: an address and a name for it.
    "api:saved-lists",
    *(f"api:saved-list-{act}" for act in SAVED_LIST_INPUTS),
    # tests/reports/test_reports.py: published figures that were kept.
    "api:reports",
    "api:report-form",
    "api:report",
    "api:report-make-edition",
    "api:report-pdf",
    "api:report-xlsx",
    "api:report-ods",
    # tests/administration/test_conflicts_api.py has theirs: a declaration is its person's own.
    "api:conflicts",
    "api:conflict-form",
    "api:conflict",
    *(f"api:conflict-{act}" for act in CONFLICT_INPUTS),
    # tests/matching/test_two_cases.py has theirs: it names no child, and only those who lead two cases stand at it.
    "api:case-choice",
    *(f"api:case_choice-{edge}" for edge in INPUTS["case_choice"]),
    # tests/administration/test_agencies_api.py has theirs: an agency is no record about a child.
    "api:agencies-overview",
    "api:agency",
    "api:agency-work",
    "api:agency-hand-over-preview",
    *(f"api:agency-{act.replace('_', '-')}" for act in AGENCY_INPUTS),
    "api:people",
    "api:person",
    "api:person-change",
    "api:person-end",
    "api:person-reset-sign-in",
    "api:person-invite",
    "api:person-withdraw-invitation",
    "api:person-caseload",
}


LISTS = {
    "api:referrals",
    "api:referrals-counts",
    "api:information-requests",
    "api:confirmations",
    "api:cases",
    "api:cases-closed",
    "api:cases-find",
    "api:transfers",
    "api:tasks",
    "api:work",
    "api:find",
    "api:actions",
    "api:team-members",
    "api:disagreements",
    "api:interventions",
    "api:sessions",
    "api:group-sessions",
}


# Nothing that is there changes when one more is added, so no version is asked for.
ADDING = {
    "api:referral-declare-conflict",
    "api:case-declare-conflict",
    "api:intervention-declare-conflict",
    "api:case-documents",
    "api:document-withdraw",
    "api:case-notes",
    "api:case-assessments",
    "api:case-goals",
    "api:case-actions",
    "api:case-action-preview",
    "api:case-letter-fill",
    "api:case-team",
    "api:case-people",
    "api:case-concerns",
    "api:relationship-take-up",
    "api:relationship-say-same",
    "api:relationship-take-back-same",
    "api:team-member-notes",
    "api:team-member-lead-requests",
    "api:case-scores",
    "api:case-meetings",
    "api:case-record-significant-event",
    "api:case-add-alert",
    "api:case-review-alert",
    "api:case-interventions",
    "api:case-panel-items",
    "api:panel-item-minutes",
    "api:panel-item-plan",
    "api:panel-item-plan-preview",
    "api:case-panel-items-preview",
    "api:intervention-sessions",
    "api:intervention-plan",
    "api:group-sessions",
    "api:group-session-add",
    "api:group-session-register",
}
