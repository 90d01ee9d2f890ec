"""What the person who is signed in was told."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.core.api.pagination import Pages
from backend.notifications import commands, queries
from backend.notifications.models import Message
from backend.notifications.serializers import MessageShape, NothingInput, message_data


class NewestFirst(Pages):
    """Messages by the time of what they tell, newest first."""

    ordering = ("-at", "-id")


class MessageList(GenericAPIView[Message]):
    """The messages of the person who asks."""

    pagination_class = NewestFirst
    serializer_class = MessageShape

    @extend_schema(operation_id="messages_list", tags=["messages"], responses=MessageShape(many=True))
    def get(self, request: Request) -> Response:
        """Return a page of messages, newest first."""
        page = self.paginate_queryset(queries.messages_of(actor_in(request)))
        return self.get_paginated_response([message_data(message) for message in page or []])


class MessageRead(APIView):
    """Notes that a message has been read."""

    @extend_schema(operation_id="message_read", tags=["messages"], request=NothingInput, responses=MessageShape)
    def post(self, request: Request, message_id: UUID) -> Response:
        """Mark the message as read and return it."""
        NothingInput(data=request.data).is_valid(raise_exception=True)
        return Response(message_data(commands.read(actor_in(request), message_id)))
