"""All open goals of a case scored or ended in one request."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.scoring_goals import score_goals
from backend.cases.note_views import visible_case
from backend.cases.serializers.goals_now import goals_now
from backend.cases.serializers.plan_inputs import ScoreGoalsInput
from backend.cases.serializers.plan_shapes import GoalsShape
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseGoalScores(APIView):
    """The open goals of a case are scored or ended together."""

    @extend_schema(
        operation_id="case_score_goals",
        summary="Score or end the goals",
        tags=["plan"],
        parameters=[KEY_PARAMETER],
        request=ScoreGoalsInput,
        responses={200: GoalsShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Score or end each goal of which something is said, all or none, and return those that are still open."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.score_goals", access_log.ALTERATION).root_ids.add(pk)
        given = validated(ScoreGoalsInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            score_goals(actor, pk, given)
        return keyed_response(goals_now(actor, visible_case(request, actor, pk)), taken)
