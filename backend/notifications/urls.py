"""Routes of messages, under /api/v1/."""

from django.urls import path

from backend.notifications.views import MessageList, MessageRead

urlpatterns = [
    path("messages/", MessageList.as_view(), name="messages"),
    path("messages/<uuid:message_id>/read/", MessageRead.as_view(), name="message-read"),
]
