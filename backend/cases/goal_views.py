"""All open goals of a case scored or ended in one request, and one score by itself."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.scoring_goals import score_goals
from backend.cases.note_views import visible_case
from backend.cases.queries.scoring import scores_visible_to
from backend.cases.serializers.goals_now import goals_now
from backend.cases.serializers.plan_inputs import ScoreGoalsInput
from backend.cases.serializers.plan_shapes import GoalsShape
from backend.cases.serializers.scores import ScoreShape, score_data
from backend.core.errors import NotFound
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


class ScoreDetail(APIView):
    """One score."""

    @extend_schema(operation_id="score_read", summary="Read a score", tags=["score"], responses=ScoreShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the score with what it said before, and what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "score.read", access_log.CONSULTATION).root_ids.add(pk)
        score = scores_visible_to(actor).filter(pk=pk).first()
        if score is None:
            raise NotFound
        access_log.touch(request._request, [score.root_id], [score.child_id])
        return Response(score_data(actor, score))
