"""The plan of a case and its parts: read, added to, and an action by itself for whoever does it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.commands import meeting, planning, scoring
from backend.cases.models import Action, Goal, Meeting
from backend.cases.note_views import visible_case
from backend.cases.queries.meetings import meetings_visible_to
from backend.cases.queries.planning import actions_of, actions_visible_to, goals_visible_to, meetings_of
from backend.cases.queries.scoring import scores_visible_to
from backend.cases.serializers import family, outcomes
from backend.cases.serializers import plan_shapes as shapes
from backend.cases.serializers.goals_now import goals_now
from backend.cases.serializers.meeting_inputs import ChildScoreInput, MeetingInput
from backend.cases.serializers.meetings import MeetingShape, OneMeetingShape, meeting_rows, one_meeting_data
from backend.cases.serializers.plan_inputs import ActionInput, GoalInput
from backend.cases.serializers.planning import action_data, action_rows, goal_data, plan_data
from backend.cases.serializers.scores import ScoreShape, score_data
from backend.cases.views import DueFirst
from backend.core.api.pagination import Pages
from backend.core.api.serializers import StrictSerializer
from backend.core.errors import Forbidden, NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

Add = Callable[[Actor, UUID, dict[str, Any], UUID], object]
Answer = Callable[[Actor, UUID, UUID], dict[str, Any]]


def _added(
    request: Request, pk: UUID, label: str, input_class: type[StrictSerializer], add: Add, answer: Answer
) -> Response:
    """Add something to a case once for each key, and answer with it."""
    actor = actor_in(request)
    access_log.begin(request._request, label, access_log.COLLECTION).root_ids.add(pk)
    given = validated(input_class, request.data)
    taken = take_key(request, actor, result_id=uuid7(), status=201)
    if not taken.is_replay:
        add(actor, pk, given, taken.result_id)
    visible_case(request, actor, pk)
    return keyed_response(answer(actor, pk, taken.result_id), taken)


def _one(rows: QuerySet[Any], pk: UUID) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


class CasePlan(APIView):
    """The plan of one case."""

    @extend_schema(
        operation_id="case_plan", summary="Read the plan of a case", tags=["plan"], responses=shapes.PlanShape
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return goals, actions and the versions of the plan, with what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.plan", access_log.CONSULTATION).root_ids.add(pk)
        return Response(plan_data(actor, visible_case(request, actor, pk)))


class CaseOutcomes(APIView):
    """How far the child of one case has come."""

    @extend_schema(
        operation_id="case_outcomes",
        summary="Read the outcomes of a case",
        tags=["plan"],
        responses=outcomes.OutcomesShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the scores of goals and questionnaires, and what is missing to see a change."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.outcomes", access_log.CONSULTATION).root_ids.add(pk)
        return Response(outcomes.outcomes_data(actor, visible_case(request, actor, pk)))


class CaseFamilyPage(APIView):
    """What a child and family take home."""

    @extend_schema(
        operation_id="case_family_page",
        summary="Read the page for the child and family",
        tags=["plan"],
        responses=family.FamilyPageShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return their own plan in plain words, without anything that is labelled."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.family_page", access_log.CONSULTATION).root_ids.add(pk)
        return Response(family.family_page(visible_case(request, actor, pk)))


class CaseGoals(APIView):
    """The open goals of a case on one page; goals are added to it."""

    @extend_schema(
        operation_id="case_goals",
        summary="Read the open goals of a case",
        tags=["plan"],
        responses=shapes.GoalsShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the open goals with their first and last scores, and the form to score or end them."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.goals", access_log.CONSULTATION).root_ids.add(pk)
        return Response(goals_now(actor, visible_case(request, actor, pk)))

    @extend_schema(
        operation_id="case_add_goal",
        summary="Add a goal",
        tags=["plan"],
        parameters=[KEY_PARAMETER],
        request=GoalInput,
        responses={201: shapes.GoalShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a goal in the family's words and return it."""
        return _added(
            request,
            pk,
            "case.add_goal",
            GoalInput,
            lambda actor, case, given, made: planning.add_goal(actor, case, given, goal_id=made),
            lambda actor, _case, made: goal_data(actor, _one(goals_visible_to(actor), made)),
        )


class CaseActions(APIView):
    """Actions are added to a case."""

    @extend_schema(
        operation_id="case_add_action",
        summary="Add an action",
        tags=["plan"],
        parameters=[KEY_PARAMETER],
        request=ActionInput,
        responses={201: shapes.ActionShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask somebody to do something by a day and return it."""
        return _added(
            request,
            pk,
            "case.add_action",
            ActionInput,
            lambda actor, case, given, made: planning.add_action(actor, case, given, action_id=made),
            lambda actor, _case, made: action_data(actor, _one(actions_visible_to(actor), made)),
        )


class CaseScores(APIView):
    """Scores of the child as a whole are added to a case."""

    @extend_schema(
        operation_id="case_add_score",
        summary="Record the scores of a questionnaire",
        tags=["plan"],
        parameters=[KEY_PARAMETER],
        request=ChildScoreInput,
        responses={201: ScoreShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record the scores and return them with their bands."""
        return _added(
            request,
            pk,
            "case.add_score",
            ChildScoreInput,
            lambda actor, case, given, made: scoring.score_child(actor, case, given, score_id=made),
            lambda actor, _case, made: score_data(actor, _one(scores_visible_to(actor), made)),
        )


class LatestFirst(Pages):
    """What was held last comes first."""

    ordering = ("-held_on", "-id")


class CaseMeetings(GenericAPIView[Meeting]):
    """The reviews and meetings of one case."""

    pagination_class = LatestFirst
    serializer_class = MeetingShape

    @extend_schema(
        operation_id="case_meetings",
        summary="Read the reviews and meetings of a case",
        tags=["plan"],
        responses=MeetingShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of reviews and meetings, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.meetings", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        page = list(self.paginate_queryset(meetings_of(case.id)) or [])
        return self.get_paginated_response(meeting_rows(actor, case.id, page))

    @extend_schema(
        operation_id="case_record_meeting",
        summary="Record a meeting",
        tags=["plan"],
        parameters=[KEY_PARAMETER],
        request=MeetingInput,
        responses={201: OneMeetingShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record a meeting that is no review and return it."""
        return _added(
            request,
            pk,
            "case.record_meeting",
            MeetingInput,
            lambda actor, case, given, made: meeting.write_meeting(actor, case, given, meeting_id=made),
            lambda actor, _case, made: one_meeting_data(actor, _one(meetings_visible_to(actor), made)),
        )


class GoalDetail(APIView):
    """One goal."""

    @extend_schema(operation_id="goal_read", summary="Read a goal", tags=["goal"], responses=shapes.GoalShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the goal with its scores and what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "goal.read", access_log.CONSULTATION).root_ids.add(pk)
        goal: Goal = _one(goals_visible_to(actor), pk)
        access_log.touch(request._request, [goal.root_id], [goal.child_id])
        return Response(goal_data(actor, goal))


class ActionList(GenericAPIView[Action]):
    """What one has to do in the plans of families."""

    pagination_class = DueFirst
    serializer_class = shapes.ActionShape

    @extend_schema(
        operation_id="actions_list",
        summary="List what one has to do in plans",
        tags=["action"],
        parameters=[OpenApiParameter("view", enum=["mine"], description="“mine” if not said")],
        responses=shapes.ActionShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one's own open actions, those due first at the top."""
        actor = actor_in(request)
        access_log.begin(request._request, "action.list", access_log.CONSULTATION)
        if not policy.holds(actor, Permission.ACTION_SEE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with plans.")
        page = list(self.paginate_queryset(actions_of(actor)) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(action_rows(actor, page))


class ActionDetail(APIView):
    """One action."""

    @extend_schema(operation_id="action_read", summary="Read an action", tags=["action"], responses=shapes.ActionShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the action with what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "action.read", access_log.CONSULTATION).root_ids.add(pk)
        action: Action = _one(actions_visible_to(actor), pk)
        access_log.touch(request._request, [action.root_id], [action.child_id])
        return Response(action_data(actor, action))
