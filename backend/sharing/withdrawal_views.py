"""Taking back a consent through the API, at the record it was given for: the same at every kind of record."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.sharing.serializers import WithdrawSharingInput
from backend.sharing.views import Visible
from backend.workflow.views import KEY_PARAMETER, Represent, keyed_response, take_key, validated


class WithdrawSharingView(APIView):
    """A consent that was taken back; `withdraw` writes it and closes what it opened."""

    noun: ClassVar[str]
    visible_to: ClassVar[Visible]
    withdraw: ClassVar[Callable[..., Any]]
    represent: ClassVar[Represent]

    def post(self, request: Request, pk: UUID) -> Response:
        """Close what that consent opened, and return the record as it now is."""
        actor, kind = actor_in(request), type(self)
        label = f"{self.noun}.withdraw_sharing"
        access_log.begin(request._request, label, access_log.ALTERATION).root_ids.add(pk)
        given = validated(WithdrawSharingInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            kind.withdraw(actor, pk, **given)
        found = kind.visible_to(actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        access_log.touch(request._request, [found.id], [found.child_id])
        return keyed_response(kind.represent(actor, found), taken)


def withdrawal_view(
    noun: str, visible_to: Visible, withdraw: Callable[..., Any], represent: Represent, shape: type[Any]
) -> type[WithdrawSharingView]:
    """Return the view by which a consent is taken back at one kind of record."""
    attributes = {
        "noun": noun,
        "visible_to": staticmethod(visible_to),
        "withdraw": staticmethod(withdraw),
        "represent": staticmethod(represent),
    }
    made: type[WithdrawSharingView] = type(f"{noun.title()}WithdrawSharing", (WithdrawSharingView,), attributes)
    described: type[WithdrawSharingView] = extend_schema(
        operation_id=f"{noun}_withdraw_sharing",
        summary="Record that a consent was taken back",
        tags=[noun],
        parameters=[KEY_PARAMETER],
        request=WithdrawSharingInput,
        responses={200: shape},
        methods=["POST"],
    )(made)
    return described
