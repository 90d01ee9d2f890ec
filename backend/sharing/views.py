"""The ledger of a record: every share of it and of what belongs to it, for those who answer for it."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.errors import NotFound
from backend.sharing.models import Disclosure
from backend.sharing.queries import ledger
from backend.sharing.serializers import DisclosureShape, disclosure_rows

Visible = Callable[[Actor], QuerySet[Any]]
Roots = Callable[[Any], Iterable[UUID]]


class LatestShares(Pages):
    """What was shared last comes first."""

    ordering = ("-at", "-id")


class LedgerView(GenericAPIView[Disclosure]):
    """What of a record was shared with whom; the rows of its other roots only to who reads those."""

    pagination_class = LatestShares
    serializer_class = DisclosureShape
    noun: ClassVar[str]
    visible_to: ClassVar[Visible]
    roots: ClassVar[Roots]

    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of shares, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, f"{self.noun}.sharing", access_log.CONSULTATION).root_ids.add(pk)
        found = type(self).visible_to(actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        access_log.touch(request._request, [found.id], [found.child_id])
        policy.require(actor, Permission.DISCLOSURE_SEE, queries.relations_to(actor, found.id))
        page = self.paginate_queryset(ledger(type(self).roots(found)))
        return self.get_paginated_response(disclosure_rows(page or []))


def ledger_view(noun: str, visible_to: Visible, roots: Roots) -> type[LedgerView]:
    """Return the view of one kind of record's ledger; `roots` are the records whose shares belong to it."""
    attributes = {"noun": noun, "visible_to": staticmethod(visible_to), "roots": staticmethod(roots)}
    made: type[LedgerView] = type(f"{noun.title()}Sharing", (LedgerView,), attributes)
    described: type[LedgerView] = extend_schema(
        operation_id=f"{noun}_sharing",
        summary="Read what was shared with whom",
        tags=[noun],
        responses=DisclosureShape(many=True),
        methods=["GET"],
    )(made)
    return described
