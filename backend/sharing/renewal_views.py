"""Carrying a share on to another last day through the API, at the record it is of: the same at every kind of record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.sharing.models import Disclosure
from backend.sharing.queries import ledger, renewable
from backend.sharing.rules import Sharer
from backend.sharing.serializers import RenewSharingInput, SharesShape, shares_data
from backend.sharing.views import Visible
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


@dataclass(frozen=True, slots=True)
class Renewing:
    """How a share of one kind of record is renewed: who may, in whose name, and what writes it."""

    noun: str
    visible_to: Visible
    permission: Permission
    sharer_at: Callable[[Actor, Any], Sharer]
    renew: Callable[..., Disclosure]

    def of(self, actor: Actor, record: Any, relations: frozenset[Relation]) -> list[Disclosure]:
        """Return the shares of a record that the actor may renew."""
        if not policy.allows(actor, self.permission, relations):
            return []
        return list(renewable(record.id, self.sharer_at(actor, record)))

    def ids(self, actor: Actor, record: Any, relations: frozenset[Relation]) -> frozenset[UUID]:
        """Return which these are."""
        return frozenset(share.id for share in self.of(actor, record, relations))

    def data(
        self, actor: Actor, record: Any, relations: frozenset[Relation], renewed: Disclosure | None = None
    ) -> dict[str, Any]:
        """Return what the actor can renew at a record, and what was renewed just now."""
        url = f"/api/v1/{self.noun}s/{record.id}/renew-sharing/"
        shares = self.of(actor, record, relations)
        return shares_data(record, shares, self.sharer_at(actor, record), url=url, renewed=renewed)


class _View(APIView):
    renewing: ClassVar[Renewing]

    def record(self, request: Request, actor: Actor, pk: UUID) -> Any:
        """Return the record, written down as looked at; raise NotFound or Forbidden."""
        found = self.renewing.visible_to(actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        access_log.touch(request._request, [found.id], [found.child_id])
        return found


class SharesView(_View):
    """What of a record is shared until some day, and can be carried on."""

    def get(self, request: Request, pk: UUID) -> Response:
        """Return what the reader can renew."""
        actor = actor_in(request)
        label = f"{self.renewing.noun}.shares"
        access_log.begin(request._request, label, access_log.CONSULTATION).root_ids.add(pk)
        found = self.record(request, actor, pk)
        relations = queries.relations_to(actor, found.id)
        policy.require(actor, Permission.DISCLOSURE_SEE, relations)
        return Response(self.renewing.data(actor, found, relations))


class RenewSharingView(_View):
    """A share that goes on; the ledger has it as a line of its own."""

    def post(self, request: Request, pk: UUID) -> Response:
        """Renew it, and say until when it lasts now."""
        actor, kind = actor_in(request), self.renewing
        label = f"{kind.noun}.renew_sharing"
        access_log.begin(request._request, label, access_log.ALTERATION).root_ids.add(pk)
        given = validated(RenewSharingInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            kind.renew(actor, pk, **given)
        found = self.record(request, actor, pk)
        renewed = ledger([found.id]).filter(renews_id=given["disclosure"]).first()
        relations = queries.relations_to(actor, found.id)
        return keyed_response(kind.data(actor, found, relations, renewed), taken)


def renewal_views(renewing: Renewing) -> tuple[type[SharesView], type[RenewSharingView]]:
    """Return the views that offer a renewal at one kind of record, and that take it."""
    noun = renewing.noun
    shares: type[SharesView] = type(f"{noun.title()}Shares", (SharesView,), {"renewing": renewing})
    renew: type[RenewSharingView] = type(f"{noun.title()}RenewSharing", (RenewSharingView,), {"renewing": renewing})
    described = extend_schema(
        operation_id=f"{noun}_shares",
        summary="Read which shares can be renewed",
        tags=[noun],
        responses=SharesShape,
        methods=["GET"],
    )
    taken = extend_schema(
        operation_id=f"{noun}_renew_sharing",
        summary="Renew a share",
        tags=[noun],
        parameters=[KEY_PARAMETER],
        request=RenewSharingInput,
        responses={200: SharesShape},
        methods=["POST"],
    )
    return described(shares), taken(renew)
