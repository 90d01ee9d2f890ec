"""The shapes a referral can have in the city, as data: how many, which steps it took, and how long ago.

Hours are office hours. A shape begins (`starts`) or ends (`ends`) in a stretch of time; `WAITS` says how long each
step takes after the one before. The steps are the verbs of backend/demonstration/walking.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# How many office hours after the step before it each step comes: from, to.
WAITS: Mapping[str, tuple[float, float]] = {
    "begin": (0, 0),
    "fill": (0.4, 2),
    "give_up": (2, 12),
    "send": (0, 0),
    "triage": (0.3, 4),
    "ask": (0.3, 1.5),
    "ask_two": (0.3, 1.5),
    "ask_referrer": (0.3, 1.5),
    "answer": (1, 5),
    "answer_late": (1, 3),
    "nothing_known": (1, 4),
    "refuse": (1, 4),
    "cancel": (0.5, 3),
    "resume": (0.3, 2),
    "offer": (0.5, 2),
    "take": (1, 5),
    "return": (1, 5),
    "recall": (1, 4),
    "step_up": (0.2, 1),
    "hand_over": (1, 7),
    "handover_refused": (1, 6),
    "accept": (0.5, 4),
    "link": (0.5, 3),
    "signpost": (0.5, 4),
    "decline": (0.5, 4),
    "confirm": (0.3, 3),
    "second_refuses": (0.3, 3),
    "second_withdrawn": (0.3, 2),
    "error": (0.3, 2),
    "rematch": (0.3, 2),
    "reopen": (24, 100),
    "amend": (0.3, 3),
    "ask_to_withdraw": (0.3, 3),
    "correct": (8, 40),
    "lead_accepts": (1, 10),
    "lead_declines": (1, 10),
    "lead_withdrawn": (1, 8),
    "allocate": (1, 12),
    "move": (20, 90),
    "tell": (0.3, 5),
    "disagree": (2, 14),
    "stand_by": (1, 10),
    "uphold": (1, 10),
    "take_further": (1, 10),
    "content": (1, 8),
    "take_back": (1, 8),
    "visit": (4, 30),
    "ring": (1, 20),
    "meet": (10, 50),
    "agree": (4, 24),
    "serve": (2, 10),
    "say_no": (4, 24),
    "assess": (8, 40),
    "plan": (4, 24),
    "help": (10, 40),
    "review": (120, 200),
    "end_goals": (20, 60),
    "rest": (10, 60),
    "close": (60, 200),
    "agree_end": (0.3, 3),
    # Happens by itself half a year later, if that is over.
    "six_months_on": (0, 0),
}
# Steps a clock takes: the kind of clock that runs out.
BY_CLOCK: Mapping[str, str] = {
    "lapse": "information_request",
    "recall_by_clock": "take",
    "lead_lapses": "transfer_answer",
}

# Stretches of time, in office hours back. `today` and `yesterday` move with the hour of the day (see plan.stretch).
STRETCHES: Mapping[str, tuple[float, float]] = {
    "days": (2, 60),
    "this_week": (17, 40),
    "weeks": (20, 120),
    "eight_weeks": (24, 320),
    "a_year": (320, 1750),
    "two_years": (700, 4000),
    "half_a_year": (420, 900),
    "moved": (150, 320),
    "lately": (0.3, 26),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of referral went. `before`: how many contacts about the child came earlier."""

    name: str
    count: int
    state: str
    steps: tuple[str, ...]
    starts: str = ""
    ends: str = ""
    outcome: str = ""
    urgent: bool | None = None
    before: int = 0
    leads: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


EARLY_HELP, _SOCIAL_CARE = "city-early-help", "childrens-social-care"
# An outcome no story names: one that takes two people, because the need is complex.
SECOND = "second person"
_TRIAGED = ("send", "triage")
_ASKED_AND_ANSWERED = (*_TRIAGED, "ask", "answer", "resume")
_ACCEPTED = (*_TRIAGED, "accept", "tell", "lead_accepts", "allocate", "visit")
_AGREED = (*_ACCEPTED, "ring", "agree", "meet", "serve")
_SAID_NO = (*_ACCEPTED, "ring", "say_no")
_ASSESSED = (*_AGREED, "assess")
_PLANNED = (*_ASSESSED, "plan")
_REVIEWED = (*_PLANNED, "help", "review")
_CLOSED = (*_AGREED, "close")
_CLOSED_WELL = (*_REVIEWED, "end_goals", "close")
_ASKED_FIRST = (*_ASKED_AND_ANSWERED, "accept", "tell", "lead_accepts", "allocate", "visit")
_TAKEN_OVER = (*_TRIAGED, "offer", "take", "accept", "tell", "allocate", "visit")
_NOTHING_KNOWN = (*_TRIAGED, "ask", "nothing_known", "resume", "signpost", "tell")
_REFUSED = (*_TRIAGED, "ask", "refuse", "resume", "signpost", "tell")
_CORRECTED = (*_TRIAGED, "decline", "tell", "correct")
_CHALLENGED = (*_TRIAGED, "decline", "tell", "disagree")
_LATE_ANSWER = (*_TRIAGED, "ask", "lapse", "decline", "answer_late", "tell")
_CANCELLED = (*_TRIAGED, "ask", "cancel", "resume", "decline", "tell")
_WITHDRAWN = (*_TRIAGED, "amend", "ask_to_withdraw", "decline", "tell")
_HANDED_OVER = (*_TRIAGED, "step_up", "hand_over", "tell")
_AT_ONCE = ("send", "step_up", "hand_over", "tell")
_OFFERED = ("youth-justice", "kite-street", "brightwater", EARLY_HELP, "youth-justice", "willow-families")
_LEADS = (EARLY_HELP, "willow-families", EARLY_HELP, "youth-justice", "kite-street", EARLY_HELP, _SOCIAL_CARE)
_POLICE = ("city-police",)
_ASKED = ("school-nursing", "city-police", "school-nursing", "maple-lane-surgery", "youth-justice", "greenmantle-homes")

SHAPES: tuple[Shape, ...] = (
    # Not sent
    Shape("draft begun", 16, "draft", ("begin",), starts="days"),
    Shape("draft ready", 5, "draft", ("begin", "fill"), ends="yesterday"),
    Shape("given up", 8, "withdrawn", ("begin", "give_up"), starts="weeks"),
    # Waiting to be read
    Shape("new today", 12, "submitted", ("send",), starts="today", urgent=False),
    Shape("new, due today", 7, "submitted", ("send",), starts="yesterday", urgent=False),
    Shape("new, late", 5, "submitted", ("send",), starts="late", urgent=False),
    Shape("new and urgent", 4, "submitted", ("send",), starts="today", urgent=True),
    # In triage
    Shape("triage today", 10, "triage", _TRIAGED, starts="today"),
    Shape("triage, due today", 9, "triage", _TRIAGED, starts="yesterday"),
    Shape("triage, late", 6, "triage", _TRIAGED, starts="late", urgent=False),
    Shape("answered", 3, "triage", (*_TRIAGED, "ask", "answer", "resume"), starts="late", asks=_ASKED),
    Shape("not answered", 3, "triage", (*_TRIAGED, "ask", "lapse"), starts="this_week", urgent=False, asks=_ASKED),
    Shape("sent back", 3, "triage", (*_TRIAGED, "offer", "return"), ends="yesterday", outcome="redirect"),
    Shape("offer ran out", 3, "triage", (*_TRIAGED, "offer", "recall_by_clock"), "this_week", outcome="redirect"),
    Shape("offer taken back", 2, "triage", (*_TRIAGED, "offer", "recall"), ends="yesterday", outcome="redirect"),
    Shape("taken over", 7, "triage", (*_TRIAGED, "offer", "take"), ends="yesterday", outcome="redirect"),
    Shape("handover refused", 3, "triage", (*_TRIAGED, "step_up", "handover_refused"), ends="late", outcome="step_up"),
    Shape("opened again", 3, "triage", (*_TRIAGED, "signpost", "tell", "reopen"), ends="yesterday", outcome="signpost"),
    Shape("to be withdrawn", 3, "triage", (*_TRIAGED, "ask_to_withdraw"), ends="yesterday"),
    # A second person
    Shape("decline to confirm", 6, "triage", (*_TRIAGED, "decline"), ends="today", outcome=SECOND),
    Shape("signpost to confirm", 2, "triage", (*_TRIAGED, "signpost"), ends="yesterday", outcome=SECOND),
    Shape("error to confirm", 2, "triage", (*_TRIAGED, "error"), ends="yesterday", urgent=False),
    Shape("rematch to confirm", 2, "triage", (*_TRIAGED, "rematch"), ends="yesterday", before=1),
    Shape("not confirmed", 3, "triage", (*_TRIAGED, "decline", "second_refuses"), "late", outcome=SECOND),
    Shape("taken back", 1, "triage", (*_TRIAGED, "decline", "second_withdrawn"), "late", outcome=SECOND),
    # Waiting for an answer
    Shape("question to a partner", 8, "information_requested", (*_TRIAGED, "ask"), ends="today", asks=_ASKED),
    Shape("one answer of two", 4, "information_requested", (*_TRIAGED, "ask_two", "answer"), ends="today", asks=_ASKED),
    Shape("question to the referrer", 5, "information_requested", (*_TRIAGED, "ask_referrer"), ends="today"),
    # Offered, stepped up
    Shape("offered", 10, "redirected", (*_TRIAGED, "offer"), ends="today", outcome="redirect", leads=_OFFERED),
    Shape("stepped up", 6, "stepped_up", (*_TRIAGED, "step_up"), ends="yesterday", outcome="step_up"),
    Shape("stepped up at once", 3, "stepped_up", ("send", "step_up"), starts="today", outcome="step_up", urgent=True),
    # Help agreed
    Shape("lead asked", 12, "accepted", (*_TRIAGED, "accept", "tell"), ends="lately", outcome="accept", leads=_LEADS),
    Shape("lead said no", 4, "accepted", (*_TRIAGED, "accept", "lead_declines"), ends="late", outcome="accept"),
    Shape("offer of lead withdrawn", 3, "accepted", (*_TRIAGED, "accept", "lead_withdrawn"), "late", outcome="accept"),
    Shape("lead did not answer", 4, "accepted", (*_TRIAGED, "accept", "lead_lapses"), "this_week", outcome="accept"),
    Shape("unallocated", 17, "accepted", _ACCEPTED[:5], ends="lately", outcome="accept", leads=_LEADS),
    Shape("accepted today", 3, "accepted", (*_TRIAGED, "accept"), ends="today", outcome="accept"),
    Shape("case", 20, "accepted", _ACCEPTED, starts="eight_weeks", outcome="accept", leads=_LEADS),
    Shape("case, family agreed", 5, "accepted", _AGREED, starts="eight_weeks", outcome="accept", leads=_LEADS),
    Shape("case, assessed", 2, "accepted", _ASSESSED, starts="eight_weeks", outcome="accept", leads=_LEADS),
    Shape("case with a plan", 3, "accepted", _PLANNED, starts="eight_weeks", outcome="accept", leads=_LEADS),
    Shape("case, family said no", 2, "accepted", _SAID_NO, starts="weeks", outcome="accept", leads=_LEADS),
    Shape("case at rest", 2, "accepted", (*_AGREED, "rest"), ends="this_week", outcome="accept", leads=_LEADS),
    Shape("case closed", 2, "accepted", _CLOSED, ends="weeks", outcome="accept", leads=_LEADS),
    Shape("case, not visited yet", 10, "accepted", _ACCEPTED[:-1], ends="this_week", outcome="accept", leads=_LEADS),
    Shape("case of last year", 1, "accepted", _REVIEWED, starts="a_year", outcome="accept"),
    Shape("case reviewed twice", 2, "accepted", (*_REVIEWED, "review"), starts="a_year", outcome="accept"),
    Shape("case closed last year", 2, "accepted", _CLOSED_WELL, "a_year", outcome="accept"),
    Shape("case closed without a plan", 2, "accepted", _CLOSED, starts="a_year", outcome="accept"),
    Shape("case after answers", 6, "accepted", _ASKED_FIRST, starts="eight_weeks", outcome="accept", asks=_ASKED),
    Shape("case of who took it", 5, "accepted", _TAKEN_OVER, starts="eight_weeks", outcome="redirect"),
    Shape("case moving", 3, "accepted", (*_ACCEPTED, "move"), ends="lately", outcome="accept", leads=(EARLY_HELP,)),
    Shape("case moved", 2, "accepted", (*_ACCEPTED, "move", "lead_accepts", "allocate"), "moved", outcome="accept"),
    Shape("moved, unallocated", 3, "accepted", (*_ACCEPTED, "move", "lead_accepts"), ends="lately", outcome="accept"),
    # Decided another way
    Shape("linked to a case", 16, "linked", (*_TRIAGED, "link", "tell"), starts="weeks", before=1),
    Shape("linked to a referral", 3, "linked", (*_TRIAGED, "link"), ends="yesterday", before=1),
    Shape("signposted", 54, "signposted", (*_TRIAGED, "signpost", "tell"), starts="eight_weeks", outcome="signpost"),
    Shape("signposted last year", 16, "signposted", (*_TRIAGED, "signpost", "tell"), "a_year", outcome="signpost"),
    Shape("signposted today", 3, "signposted", (*_TRIAGED, "signpost"), ends="today", outcome="signpost"),
    Shape("signposted, not told", 4, "signposted", (*_TRIAGED, "signpost"), ends="late", outcome="signpost"),
    Shape("nothing known", 4, "signposted", _NOTHING_KNOWN, starts="eight_weeks", outcome="signpost", asks=_ASKED),
    Shape("question refused", 4, "signposted", _REFUSED, starts="eight_weeks", outcome="signpost", asks=_POLICE),
    Shape("declined", 26, "declined", (*_TRIAGED, "decline", "tell"), starts="eight_weeks", outcome="decline"),
    Shape("declined last year", 12, "declined", (*_TRIAGED, "decline", "tell"), starts="a_year", outcome="decline"),
    Shape("declined today", 2, "declined", (*_TRIAGED, "decline"), ends="today", outcome="decline"),
    Shape("challenged", 3, "declined", _CHALLENGED, ends="today", outcome="decline"),
    Shape("challenged, answered", 2, "declined", (*_CHALLENGED, "stand_by"), ends="yesterday", outcome="decline"),
    Shape("taken further", 2, "declined", (*_CHALLENGED, "stand_by", "take_further"), ends="late", outcome="decline"),
    Shape(
        "taken to the third stage",
        1,
        "declined",
        (*_CHALLENGED, *("take_further",) * 2),
        ends="late",
        outcome="decline",
    ),
    Shape("answer accepted", 2, "declined", (*_CHALLENGED, "stand_by", "content"), "eight_weeks", outcome="decline"),
    Shape("upheld", 1, "declined", (*_CHALLENGED, "uphold", "correct"), "eight_weeks", outcome="decline"),
    Shape("challenge withdrawn", 1, "declined", (*_CHALLENGED, "take_back"), "eight_weeks", outcome="decline"),
    Shape("declined and corrected", 3, "declined", _CORRECTED, starts="eight_weeks", outcome="decline"),
    Shape("answered late", 3, "declined", _LATE_ANSWER, "eight_weeks", outcome="decline", urgent=False, asks=_ASKED),
    Shape("question cancelled", 3, "declined", _CANCELLED, starts="eight_weeks", outcome="decline", asks=_ASKED),
    Shape("withdrawn by referrer", 3, "declined", _WITHDRAWN, starts="weeks", outcome="decline"),
    Shape("handed over", 20, "handed_over", _HANDED_OVER, starts="eight_weeks", outcome="step_up"),
    Shape("handed over at once", 6, "handed_over", _AT_ONCE, starts="eight_weeks", outcome="step_up", urgent=True),
    Shape("in error", 9, "entered_in_error", (*_TRIAGED, "error", "confirm"), starts="eight_weeks", urgent=False),
)
# The city's past, filled in once its doors are open (growing.py): cases of two years, from the first visit on.
_WORKED = (*_REVIEWED, "review")
_OVER = ("close", "six_months_on")
_ENDED_WELL = ("end_goals", *_OVER)
_MOVED_ON = (*_ACCEPTED, "move", "lead_accepts", "allocate")
_ASKED_CLOSED = (*_ASKED_FIRST, *_OVER)
_LET_GO = (*_SAID_NO, "close", "agree_end", "six_months_on")
PAST: tuple[Shape, ...] = (
    Shape("past, closed with goals", 55, "accepted", (*_WORKED, *_ENDED_WELL), "two_years", outcome="accept"),
    Shape("past, closed after a review", 32, "accepted", (*_REVIEWED, *_ENDED_WELL), "two_years", outcome="accept"),
    Shape(
        "past, closed without a plan", 20, "accepted", (*_AGREED, *_OVER), "two_years", outcome="accept", leads=_LEADS
    ),
    Shape("past, reviewed", 16, "accepted", _WORKED, starts="half_a_year", outcome="accept"),
    Shape("past, with a plan", 16, "accepted", (*_PLANNED, "help"), "half_a_year", outcome="accept"),
    Shape("past, moved and closed", 12, "accepted", (*_MOVED_ON, *_OVER), "two_years", outcome="accept"),
    Shape("past, moved", 12, "accepted", _MOVED_ON, starts="half_a_year", outcome="accept"),
    Shape("past, asked first and closed", 10, "accepted", _ASKED_CLOSED, "two_years", outcome="accept", asks=_ASKED),
    Shape("past, at rest", 6, "accepted", (*_AGREED, "rest"), starts="half_a_year", outcome="accept", leads=_LEADS),
    Shape("past, family said no", 6, "accepted", _LET_GO, "two_years", outcome="accept", leads=_LEADS),
)
# What may have happened about a child before: closed, told, nothing left open.
EARLIER = ("signposted", "declined", "signposted last year", "declined last year")
