"""The ledger of a record: every share of it and of what belongs to it, for those who answer for it."""

from collections.abc import Callable, Collection, Iterable
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
from backend.access.relations import Relation
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.errors import NotFound
from backend.sharing.models import Disclosure
from backend.sharing.queries import ledger
from backend.sharing.serializers import DisclosureShape, disclosure_rows

Visible = Callable[[Actor], QuerySet[Any]]
Roots = Callable[[Any], Iterable[UUID]]
# Which shares of a record the actor may carry on to another last day, by the relations they have to it.
Renewable = Callable[[Actor, Any, frozenset[Relation]], Collection[UUID]]


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
    renewable: ClassVar[Renewable]

    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of shares, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, f"{self.noun}.sharing", access_log.CONSULTATION).root_ids.add(pk)
        kind = type(self)
        found = kind.visible_to(actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        access_log.touch(request._request, [found.id], [found.child_id])
        relations = queries.relations_to(actor, found.id)
        policy.require(actor, Permission.DISCLOSURE_SEE, relations)
        page = self.paginate_queryset(ledger(kind.roots(found))) or []
        ends = any(share.expires_on for share in page)
        renewable = kind.renewable(actor, found, relations) if ends else ()
        return self.get_paginated_response(disclosure_rows(page, renewable=renewable))


def ledger_view(noun: str, visible_to: Visible, roots: Roots, renewable: Renewable) -> type[LedgerView]:
    """Return the view of one kind of record's ledger; `roots` are the records whose shares belong to it."""
    attributes = {
        "noun": noun,
        "visible_to": staticmethod(visible_to),
        "roots": staticmethod(roots),
        "renewable": staticmethod(renewable),
    }
    made: type[LedgerView] = type(f"{noun.title()}Sharing", (LedgerView,), attributes)
    described: type[LedgerView] = extend_schema(
        operation_id=f"{noun}_sharing",
        summary="Read what was shared with whom",
        tags=[noun],
        responses=DisclosureShape(many=True),
        methods=["GET"],
    )(made)
    return described
