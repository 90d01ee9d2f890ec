"""Lists that every form needs: codes with their words, and the agencies of the partnership."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.access.reference_serializers import AgencyShape
from backend.agencies.models import Agency
from backend.core import vocabulary
from backend.core.api.pagination import Pages

_TERM_KEYS = ["code", "label", "hint", "group"]
_TERM = {"type": "object", "properties": {key: {"type": "string"} for key in _TERM_KEYS}, "required": _TERM_KEYS}


class VocabulariesView(APIView):
    """Every vocabulary with its terms in order."""

    @extend_schema(
        operation_id="vocabularies",
        tags=["reference"],
        responses={200: {"type": "object", "additionalProperties": {"type": "array", "items": _TERM}}},
    )
    def get(self, request: Request) -> Response:
        """Return all code lists by name."""
        return Response(
            {
                name: [
                    {"code": term.code, "label": term.label, "hint": term.hint, "group": term.group}
                    for term in vocabulary.get(name)
                ]
                for name in vocabulary.names()
            }
        )


class AgenciesView(APIView):
    """The agencies of the actor's partnership."""

    pagination_class = Pages

    @extend_schema(operation_id="agencies", tags=["reference"], responses=AgencyShape(many=True))
    def get(self, request: Request) -> Response:
        """Return one page of agencies by name."""
        rows = Agency.objects.filter(partnership_id=actor_in(request).partnership_id, ended_at=None)
        pages = Pages()
        pages.ordering = ("name", "id")
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response([_agency(agency) for agency in page])


# The shape says which columns are shown; read once, a serializer per row is dear.
_AGENCY = tuple(AgencyShape._declared_fields)


def _agency(agency: Agency) -> dict[str, Any]:
    names = [name for name in _AGENCY if name != "kind_label"]
    return {
        **{name: getattr(agency, name) for name in names},
        "kind_label": vocabulary.get("agency_kinds").label(agency.kind),
    }
