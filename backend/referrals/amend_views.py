"""The form of a referral that was sent, with its answers as they stand now: what an amendment starts from."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.authentication import actor_in
from backend.access.marks import marks_shown
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.api.serializers import AnyValue
from backend.core.errors import Conflict, NotFound
from backend.referrals.draft_serializers import PageShape
from backend.referrals.form import describing
from backend.referrals.form.sections import SECTIONS
from backend.referrals.intake.loading import circumstances_of
from backend.referrals.intake.reading_back import answers_of
from backend.referrals.intake.receiving import receivers
from backend.referrals.queries.configured import level_texts
from backend.referrals.queries.detail import parts
from backend.referrals.queries.seeing import visible_to


class SentSectionShape(serializers.Serializer[Any]):
    """A section of the form with its pages."""

    name = serializers.CharField()
    title = serializers.CharField()
    group = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    pages = PageShape(many=True)


class SentFormShape(serializers.Serializer[Any]):
    """The form of a referral that was sent, with its answers."""

    sections = SentSectionShape(many=True)
    answers = serializers.DictField(child=AnyValue())


class SentFormView(APIView):
    """The answers of a referral that was sent, for those who may amend it."""

    @extend_schema(
        operation_id="referral_answers",
        summary="Read the answers of a referral that was sent, to amend them",
        tags=["referral"],
        responses={200: SentFormShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return every question of the form, and the answers as they stand now."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.answers", access_log.CONSULTATION).root_ids.add(pk)
        referral = visible_to(actor).filter(pk=pk).first()
        if referral is None:
            raise NotFound
        access_log.touch(request._request, [referral.id], [referral.child_id])
        relations = queries.relations_to(actor, referral.id)
        policy.require(actor, Permission.REFERRAL_AMEND, relations)
        if referral.child is None:
            raise Conflict("This has not been sent: go on writing it.", code="wrong_state")
        answers = answers_of(parts(referral).within(marks_shown(actor, relations)).sent(referral, referral.child))
        here = receivers(referral.partnership_id)
        circumstances = circumstances_of(referral.referrer_agency.kind, referral.referrer_agency_id, answers, here)
        circumstances = replace(circumstances, level_texts=level_texts(referral.partnership_id))
        sections = [describing.section(section, circumstances) for section in SECTIONS]
        return Response({"sections": sections, "answers": answers})
