"""What is asked when what was written of a meeting or a review is put right, and why it is corrected."""

from collections.abc import Mapping

from backend.cases.serializers.plan_inputs import why_corrected
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class CorrectMeetingInput(EdgeInput):
    """What is right; a form shows what belongs to a review, or to another meeting."""

    kind = fields.code("meeting_kinds", "What was it?", required=False)
    held_on = fields.date("On which day was it?")
    people = fields.codes("note_people", "Who was there?", required=True)
    who_was_there = fields.long_text("Their names", required=False)
    child_view = fields.long_text("What does the child say?", hint="In their own words", required=False)
    child_view_why_not = fields.code("voice_why_not", "If the child’s view is missing, why?", required=False)
    family_view = fields.long_text("What does the family say?", hint="In their words", required=False)
    conclusion = fields.code("review_conclusions", "How does it go?", required=False)
    what_changed = fields.long_text("What was talked about, and what has changed?")
    decisions = fields.long_text("What was decided?", hint="Actions are corrected in the plan", required=False)
    next_on = fields.date("When is the next one?", required=False)
    reason = why_corrected()


class UndoMeetingInput(EdgeInput):
    """Nothing is asked."""


MEETING_INPUTS: Mapping[str, type[EdgeInput]] = {"correct": CorrectMeetingInput, "undo": UndoMeetingInput}
# What the form of a review leaves out, and that of another meeting.
OF_MEETINGS = frozenset({"kind", "next_on"})
OF_REVIEWS = frozenset({"child_view_why_not", "conclusion"})
# What each cannot do without, beside what neither can.
NEEDED_OF_MEETINGS = frozenset({"kind"})
NEEDED_OF_REVIEWS = frozenset({"family_view", "conclusion"})
