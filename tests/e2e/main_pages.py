"""The pages with which everybody begins or spends their day: their speed is looked at by journeys and by Lighthouse."""

from dataclasses import dataclass

from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, OFFICER, TEACHER


@dataclass(frozen=True, slots=True)
class Page:
    """Where somebody goes, and the heading without which it is another page; `{id}` is the first record of a list."""

    name: str
    person: str | None
    path: str
    heading: str
    first: str | None = None


PAGES = (
    Page("Signing in", None, "/", "^Sign in$"),
    Page("Privacy", None, "/privacy", "^PrivacyWhat we hold"),
    Page("A referrer’s home", TEACHER, "/", "Home$"),
    Page("A page of the form", TEACHER, "/referrals/{id}/draft/child/name", "child’s name", "referrals/?view=drafts"),
    Page("The queue", OFFICER, "/queue", "Queue|Referrals"),
    Page("A referral", OFFICER, "/referrals/{id}", "Referral R-", "referrals/?view=queue"),
    Page("My work", FAMILY_WORKER, "/work", "My work"),
    Page("A case", FAMILY_WORKER, "/cases/{id}", "Case C-", "cases/?view=mine"),
    Page("A manager’s home", EARLY_HELP_MANAGER, "/", "Home$"),
    Page("Needs attention", EARLY_HELP_MANAGER, "/attention", "Needs attention"),
    Page("Figures", EARLY_HELP_MANAGER, "/figures", "Time taken"),
)
