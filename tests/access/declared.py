"""How the rows of each protected table are compared with what the product reads of them."""

from collections.abc import Mapping

from backend.access import policy
from backend.administration.queries import conflicts
from backend.cases import queries as cases
from backend.cases.queries import asking, assessing, concerns, planning, relationships, same_people, team
from backend.children import queries as children
from backend.children.models import Address
from backend.exports.models import Export, Repeat
from backend.interventions import queries as interventions
from backend.interventions.queries import sessions
from backend.matching import queries as matching
from backend.notifications.models import Message, NotificationSettings
from backend.oversight.models import BreakGlass
from backend.panels import queries as panels
from backend.panels.models import Information, InformationText, Invitation, PanelDecision
from backend.presence.models import Presence
from backend.referrals.models import Amendment, SentAnswers, Statement
from backend.referrals.queries import seeing
from backend.rights import queries as rights
from backend.voices import queries as voices
from tests.access.comparing import (
    Because,
    Same,
    listed,
    marked,
    of_roots,
    part_of_items,
    shown_disagreements,
    shown_documents,
    shown_notes,
)

TEXT, STATUS = of_roots(policy.READS_TEXT), of_roots(policy.SEES_ROOT)

# Every table with a row policy says here how its rows are compared with what the product reads; history is below.
DECLARED: Mapping[str, Same | Because] = {
    "referrals_referral": listed(seeing.visible_to),
    "referrals_informationrequest": listed(seeing.questions_visible_to),
    "cases_transfer": listed(cases.transfers_visible_to),
    "children_child": listed(children.visible_to),
    "cases_case": Because(
        "The officer who accepts writes a case that others lead: its row is open to that membership, and in no list, "
        "until somebody is allocated; and whoever is asked to lead changes the row by the answer. "
        "test_a_case_is_wider_than_its_list_by_what_the_officer_opened compares the rest."
    ),
    "documents_document": Same(shown_documents),
    "interventions_intervention": listed(interventions.visible_to),
    "interventions_session": listed(sessions.sessions_visible_to),
    "panels_panel": Because("Everybody may know that a meeting of their own partnership takes place."),
    "panels_attendance": Because("Who came is known to whoever may know of the meeting; it is about no child."),
    "panels_panelitem": listed(panels.visible_to),
    "panels_invitation": Same(part_of_items(Invitation)),
    "panels_information": Same(part_of_items(Information)),
    "panels_informationtext": Same(part_of_items(InformationText, lasts=False)),
    "panels_paneldecision": Same(part_of_items(PanelDecision, agency="owner_agency_id")),
    "referrals_statement": marked(Statement),
    "referrals_referralfactor": TEXT,
    "referrals_sentanswers": marked(SentAnswers),
    "referrals_amendment": marked(Amendment),
    "referrals_statuslink": TEXT,
    "children_person": TEXT,
    "children_contactpoint": TEXT,
    "children_address": marked(Address),
    "children_identifier": TEXT,
    "children_safetyalert": Because(
        "What a visitor must know is read by whoever may know who the child is (app.sees_child), also by an agency "
        "that was asked about it and reads none of the text; its page has it beside the child."
    ),
    "children_death": Because(
        "That a child has died stands for whoever sees any of its records, as what a visitor must know does; no list "
        "shows it, and tests/cases and tests/referrals say who is left to see them."
    ),
    "sharing_agreement": TEXT,
    "sharing_disclosure": TEXT,
    "sharing_withdrawal": TEXT,
    "workflow_confirmation": TEXT,
    "matching_merge": TEXT,
    "cases_note": Same(shown_notes),
    "cases_concern": listed(concerns.concerns_visible_to),
    "cases_relationship": listed(relationships.relationships_visible_to),
    "cases_sameperson": listed(same_people.same_people_visible_to),
    "cases_teammember": listed(team.members_visible_to),
    "cases_leadrequest": listed(asking.lead_requests_visible_to),
    "cases_goal": listed(planning.goals_visible_to),
    "cases_action": Because(
        "Its owner, who may not see the case it is about, and the managers who answer for the owner see an action; "
        "tests/cases compares the owner and the case's people with the list."
    ),
    "cases_plan": TEXT,
    "cases_meeting": TEXT,
    "outcomes_score": TEXT,
    "cases_assessment": listed(assessing.assessments_visible_to),
    "referrals_offer": STATUS,
    "referrals_decision": STATUS,
    "referrals_told": STATUS,
    "matching_casechoice": listed(matching.choices_visible_to),
    "matching_recognised": TEXT,
    "disagreements_disagreement": Same(shown_disagreements),
    "disagreements_turn": Same(lambda one: {"root_id": set(shown_disagreements(one).values_list("id", flat=True))}),
    "cases_task": Because(
        "Its owner, who may not see the record it is about, and the managers who answer for the owner see a task; "
        "tests/moments compares the owner and the case's people with the list."
    ),
    "moments_criticalmoment": Because(
        "Whoever reads the record that it was passed on to; who reports it, only while writing it (tests/moments)."
    ),
    "directory_service": Because("Everybody who is signed in reads the directory of their own partnership."),
    "configuration_version": Because("Everybody works by the configuration of their own partnership."),
    "reports_report": Because("The analysts of its partnership read a report; tests/reports asks everybody else."),
    "voices_saying": listed(voices.visible_to),
    **dict.fromkeys(
        ("retention_due", "retention_duechild", "retention_order", "retention_orderchild", "retention_certificate"),
        Because("Who answers for how long an agency, or the partnership, keeps records; tests/retention/test_who.py."),
    ),
    "retention_hold": Because(
        "Who answers for it, and whoever reads the record that it keeps, who is told of it there and in no list; "
        "tests/retention/test_who.py."
    ),
    "matching_notsame": Because(
        "What was said about a pair of children is known to whoever may look for other records of either "
        "(app.may_match), whichever referral it was said at; tests/matching reads it from both sides."
    ),
    "audit_event": Because(
        "Events stand at referrals, cases, disagreements and children alike, and one's own are readable until the "
        "transaction ends; test_an_event_is_read_with_the_record_it_is_about compares them."
    ),
    "audit_accesslog": Because("Nobody who serves reads the log: only the row that is being written passes."),
    "notifications_message": Same(lambda standing: Message.objects.using("owner").filter(user_id=standing.who.user_id)),
    "oversight_breakglass": Same(
        lambda standing: BreakGlass.objects.using("owner").filter(user_id=standing.who.user_id)
    ),
    "rights_subjectrequest": listed(rights.visible_to),
    "rights_rectification": Because(
        "Who reads the note, and managers of the agency that wrote it: tests/rights/test_rectifications.py."
    ),
    **dict.fromkeys(
        ("rights_pack", "rights_copiedpassage"),
        Because("Read inside a request that two people opened, by whoever governs the information: tests/rights."),
    ),
    "oversight_unusualreading": Because(
        "What somebody read that is unusual is shown to their managers and to information governance, and never to "
        "them: tests/oversight/test_unusual.py."
    ),
    **dict.fromkeys(
        ("oversight_readingday", "oversight_watch"),
        Because("Nobody who serves reads a row: they are the worker's notes. tests/oversight/test_watching.py."),
    ),
    "administration_declaration": listed(conflicts.visible_to),
    "administration_savedlist": Because(
        "Its own person puts back what they removed, and a list of a page that the role does not open is shown to "
        "nobody: row security opens what is one's own or shown by a manager. tests/administration/test_saved_lists.py."
    ),
    "notifications_notificationsettings": Same(
        lambda standing: NotificationSettings.objects.using("owner").filter(user_id=standing.who.user_id)
    ),
    # Nobody of the world exports anything; tests/exports/test_rights.py has what a colleague sees of one: nothing.
    "exports_export": Same(lambda standing: Export.objects.using("owner").filter(user_id=standing.who.user_id)),
    "exports_repeat": Same(lambda standing: Repeat.objects.using("owner").filter(user_id=standing.who.user_id)),
    "presence_presence": Same(lambda standing: Presence.objects.using("owner").filter(user_id=standing.who.user_id)),
    "insights_publishedmonth": Because(
        "What was published of a partnership is read by its analysts, who see no record: tests/insights/test_months.py."
    ),
    **dict.fromkeys(
        ("insights_cell", "insights_changed", "insights_share"),
        Because("Nobody who serves reads a row: sums of their own agency come of one function: insights/test_kept.py."),
    ),
    "drafts_draft": Because(
        "A manager may take over what a colleague is writing: row security opens the drafts of an agency to its "
        "managers, but for those of one person alone. test_a_draft_is_its_authors_and_their_managers compares them."
    ),
}


# Compared like the others, but the world has no row of them yet.
NOT_IN_THE_WORLD = {
    "oversight_breakglass",
    "administration_declaration",
    "cases_plan",
    "cases_note",
    "cases_sameperson",
    "children_contactpoint",
    "children_identifier",
    "children_person",
    "exports_export",
    "exports_repeat",
    "matching_casechoice",
    "matching_merge",
    "matching_recognised",
    "notifications_message",
    "notifications_notificationsettings",
    "presence_presence",
    "referrals_amendment",
    "referrals_statuslink",
    "rights_subjectrequest",
    "sharing_withdrawal",
    "voices_saying",
}
