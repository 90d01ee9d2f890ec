"""The referral form as it is being filled in: read it, and save each answer as it is typed."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.errors import Conflict, NotFound
from backend.drafts import commands
from backend.drafts.queries import of_root
from backend.drafts.serializers import DraftInput, changes_in
from backend.referrals import draft_serializers as shapes
from backend.referrals.form.sections import FIELDS, FORM
from backend.referrals.intake.loading import prepare
from backend.referrals.intake.receiving import receivers
from backend.referrals.models import Referral
from backend.referrals.queries.configured import level_texts
from backend.referrals.queries.seeing import visible_to
from backend.workflow.views import validated


class DraftView(APIView):
    """The draft of one referral, for the person who is writing it. Autosave takes no Idempotency-Key."""

    @extend_schema(
        operation_id="referral_draft_read",
        summary="Read a referral that is being written",
        tags=["referral"],
        responses={200: shapes.DraftShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the form, the answers so far and what is missing."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "referral.draft", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        referral = _being_written(actor, _visible(actor), pk)
        draft = of_root(actor, referral.id, form=FORM)
        intake = prepare(actor, draft.answers if draft else {}, receivers(referral.partnership_id))
        return Response(shapes.opened(referral, draft, intake, level_texts(referral.partnership_id)))

    @extend_schema(
        operation_id="referral_draft_save",
        summary="Save answers as they are typed",
        tags=["referral"],
        request=DraftInput,
        responses={200: shapes.DraftSavedShape},
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Save changed answers, valid or not; one that somebody else changed meanwhile comes back as a conflict."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "referral.draft.save", access_log.COLLECTION)
        touched.root_ids.add(pk)
        changes = changes_in(validated(DraftInput, request.data), FIELDS)
        # The referral is locked before its draft, as submit does it: an answer is either sent or refused, never lost.
        referral = _being_written(actor, _visible(actor).select_for_update(of=("self",), no_key=True), pk)
        result = commands.save(actor, referral.id, changes, form=FORM)
        intake = prepare(actor, result.draft.answers, receivers(referral.partnership_id))
        return Response(shapes.saved(result, intake))


def _visible(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor sees, without joins: a lock that waited finds no row whose joined holder has changed."""
    return visible_to(actor).select_related(None)


def _being_written(actor: Actor, among: QuerySet[Referral], pk: UUID) -> Referral:
    """Return a draft the actor may edit; raise NotFound, Forbidden, or Conflict once it was sent or given up."""
    referral = among.filter(pk=pk).first()
    if referral is None:
        raise NotFound
    policy.require(actor, Permission.REFERRAL_EDIT_DRAFT, queries.relations_to(actor, referral.id))
    if referral.state != Referral.DRAFT:
        label = Referral.LABELS[referral.state].lower()
        raise Conflict(f"This is not a draft any more: it is {label}. Open the referral to go on.", code="wrong_state")
    return referral
