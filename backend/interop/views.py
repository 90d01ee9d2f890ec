"""Bringing the directory up to date through the API: look first, then write."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.core.api.parser import StrictJSONParser
from backend.core.ids import uuid7
from backend.interop import commands
from backend.interop.serializers import FeedInput, ImportReportShape, files_in, report_data
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class FeedParser(StrictJSONParser):
    """A feed is larger than what people type; the strictness is the same."""

    max_bytes = 8_000_000


class CheckServices(APIView):
    """What a feed would do, before anything is written."""

    parser_classes = (FeedParser,)

    @extend_schema(
        operation_id="services_check_import",
        summary="See what a feed of services would change",
        tags=["service"],
        request=FeedInput,
        responses={200: ImportReportShape},
    )
    def post(self, request: Request) -> Response:
        """Return what would be new, changed and ended, and what is wrong with the feed."""
        actor = actor_in(request)
        policy.require(actor, Permission.SERVICE_IMPORT)
        given = validated(FeedInput, request.data)
        plan = commands.check_services(actor, files_in(given), source=given["source"])
        return Response(report_data(plan, is_written=False))


class ImportServices(APIView):
    """A feed written into the directory."""

    parser_classes = (FeedParser,)

    @extend_schema(
        operation_id="services_import",
        summary="Bring the directory up to date from a feed",
        tags=["service"],
        parameters=[KEY_PARAMETER],
        request=FeedInput,
        responses={200: ImportReportShape},
    )
    def post(self, request: Request) -> Response:
        """Write all of it or nothing, and return what was done; a replay answers that everything is as it is."""
        actor = actor_in(request)
        policy.require(actor, Permission.SERVICE_IMPORT)
        given = validated(FeedInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=200)
        files, source = files_in(given), given["source"]
        if taken.is_replay:
            plan = commands.check_services(actor, files, source=source)
        else:
            plan = commands.import_services(actor, files, source=source, licence=given["licence"])
        return keyed_response(report_data(plan, is_written=True), taken)
