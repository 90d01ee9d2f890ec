"""The assessments of a case: listed, begun, read, and saved as they are typed."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands import assessing
from backend.cases.models import Assessment
from backend.cases.note_views import visible_case
from backend.cases.queries.assessing import assessments_of, assessments_visible_to
from backend.cases.serializers import assessing as shapes
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.drafts.serializers import DraftInput, changes_in
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseAssessments(APIView):
    """The assessments of one case, and the beginning of another."""

    @extend_schema(
        operation_id="case_assessments",
        summary="List the assessments of a case",
        tags=["assessment"],
        responses={200: shapes.CaseAssessmentsShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return every version, the newest first, and whether another one may begin."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.assessments", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        return Response(shapes.case_assessments(actor, case, list(assessments_of(case.id))))

    @extend_schema(
        operation_id="case_start_assessment",
        summary="Begin an assessment",
        tags=["assessment"],
        parameters=[KEY_PARAMETER],
        request=shapes.StartAssessmentInput,
        responses={201: shapes.AssessmentShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin one with the words of the last, and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.start_assessment", access_log.COLLECTION).root_ids.add(pk)
        validated(shapes.StartAssessmentInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            assessing.start(actor, pk, assessment_id=taken.result_id)
        assessment = assessments_visible_to(actor).filter(pk=taken.result_id).first()
        if assessment is None:
            raise NotFound
        access_log.touch(request._request, [assessment.root_id], [assessment.child_id])
        return keyed_response(shapes.assessment_data(actor, assessment), taken)


class AssessmentDetail(APIView):
    """One assessment."""

    @extend_schema(
        operation_id="assessment_read",
        summary="Read an assessment",
        tags=["assessment"],
        responses={200: shapes.AssessmentShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what it says, or the form with what was typed so far."""
        actor = actor_in(request)
        access_log.begin(request._request, "assessment.read", access_log.CONSULTATION).root_ids.add(pk)
        assessment = assessments_visible_to(actor).filter(pk=pk).first()
        if assessment is None:
            raise NotFound
        access_log.touch(request._request, [assessment.root_id], [assessment.child_id])
        return Response(shapes.assessment_data(actor, assessment))


class AssessmentDraft(APIView):
    """What is being typed. Autosave takes no Idempotency-Key."""

    @extend_schema(
        operation_id="assessment_draft_save",
        summary="Save answers as they are typed",
        tags=["assessment"],
        request=DraftInput,
        responses={200: shapes.AssessmentSavedShape},
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Save changed answers, valid or not; one that somebody else changed meanwhile comes back as a conflict."""
        actor = actor_in(request)
        access_log.begin(request._request, "assessment.draft.save", access_log.COLLECTION).root_ids.add(pk)
        changes = changes_in(validated(DraftInput, request.data), Assessment.ANSWERS)
        result = assessing.save_answers(actor, pk, changes)
        return Response(shapes.assessment_saved(result))
