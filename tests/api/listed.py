"""Where lists of records are asked for."""

# Every list of records, under each of its views.
LISTED = (
    *(f"referrals/?page_size=100&view={view}" for view in ("mine", "queue", "held", "redirected", "drafts")),
    "information-requests/",
    "confirmations/",
    "cases/",
    "transfers/",
    "tasks/",
    "actions/",
    "team-members/",
    *(f"interventions/?view={view}" for view in ("offered", "to-come", "under-way", "ended")),
    "sessions/",
    *(f"disagreements/?view={view}" for view in ("raised", "to-answer", "about-us")),
    *(f"panels/?view={view}" for view in ("ahead", "over")),
)
