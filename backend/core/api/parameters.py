"""Query parameters, strictly: what the schema of a view does not declare is refused, never ignored."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from backend.core.errors import Invalid

_PAGING = ("cursor", "page_size")
_declared: dict[tuple[type, str], frozenset[str]] = {}


def refuse_undeclared(request: Request, view: Any) -> None:
    """Raise Invalid for a query parameter that the view's method does not declare by `extend_schema`."""
    if not request.query_params:
        return
    key = type(view), str(request.method).lower()
    if key not in _declared:
        _declared[key] = _names(view, key[1])
    strange = [name for name in request.query_params if name not in _declared[key]]
    if strange:
        fields = {name: ["We do not know this."] for name in strange}
        raise Invalid("The address asks for something we do not know.", fields=fields)


def _names(view: Any, method: str) -> frozenset[str]:
    names = set(_PAGING) if method == "get" and getattr(view, "pagination_class", None) else set()
    described = getattr(getattr(view, method, None), "kwargs", {}).get("schema")
    if described:
        schema = described()
        schema.view, schema.method = view, method.upper()
        for parameter in schema.get_override_parameters():
            if isinstance(parameter, OpenApiParameter) and parameter.location == OpenApiParameter.QUERY:
                names.add(parameter.name)
    return frozenset(names)
