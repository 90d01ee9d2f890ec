"""What is asked when a score is put right: as one of its measure is given, and why it is corrected."""

from collections.abc import Mapping

from backend.cases.serializers.meeting_inputs import scale_field
from backend.cases.serializers.plan_inputs import why_corrected
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_STANDS = "Leave it empty if there is none"


class CorrectScoreInput(EdgeInput):
    """What is right; of a goal its score, of a questionnaire its scales. A form shows what belongs to the measure."""

    score = fields.whole_number("How near was it, from 0 to 10?", most=10, hint=_STANDS)
    why_no_score = fields.code("score_why_not", "If there is no score, why?", required=False)
    given_by = fields.code("score_givers", "Who said so?", required=False)
    stage = fields.code("score_stages", "When in the work was this?", required=False)
    emotional = scale_field("emotional")
    conduct = scale_field("conduct")
    hyperactivity = scale_field("hyperactivity")
    peer = scale_field("peer")
    prosocial = scale_field("prosocial")
    why_not = fields.code("sdq_why_not", "If there are no scores, why?", required=False)
    taken_on = fields.date("On which day was it?")
    comment = fields.long_text("What should a reader know?", required=False)
    reason = why_corrected()


class UndoScoreInput(EdgeInput):
    """Nothing is asked."""


SCORE_INPUTS: Mapping[str, type[EdgeInput]] = {"correct": CorrectScoreInput, "undo": UndoScoreInput}
# What the form of one measure leaves out.
OF_GOALS = frozenset({"score", "why_no_score", "given_by"})
OF_QUESTIONNAIRES = frozenset({"stage", "emotional", "conduct", "hyperactivity", "peer", "prosocial", "why_not"})
