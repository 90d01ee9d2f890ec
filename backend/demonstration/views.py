"""What the first page of the demo asks about its city."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.demonstration.queries import filling


class DemoCityShape(serializers.Serializer[Any]):
    """How many children's past is filled in, of how many."""

    total = serializers.IntegerField()
    done = serializers.IntegerField()


class DemoCityView(APIView):
    """The demo city, whose past is filled in while one looks around; 404 everywhere else."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="demo_city", tags=["demo"], responses=DemoCityShape)
    def get(self, request: Request) -> Response:
        """Return how far it is."""
        return Response(filling())
