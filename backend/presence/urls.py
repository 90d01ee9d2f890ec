"""Routes of presence, under /api/v1/."""

from django.urls import path

from backend.presence.views import PresenceView

urlpatterns = [path("presence/<uuid:root_id>/", PresenceView.as_view(), name="presence")]
