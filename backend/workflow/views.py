"""One view serves every edge of every machine; routes and OpenAPI operations are generated from the machines."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.api.serializers import StrictSerializer
from backend.core.errors import NotFound
from backend.workflow import idempotency
from backend.workflow.fields import EdgeInput
from backend.workflow.machine import Machine

Represent = Callable[[Actor, Any], dict[str, Any]]

# What each edge takes; confirming an edge reads the first person's input through the same serializer again.
INPUTS: dict[tuple[str, str], type[EdgeInput]] = {}

KEY_PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="A new value for each thing a person does; the same value again has no second effect.",
)


def validated(input_class: type[StrictSerializer], data: Any) -> dict[str, Any]:
    """Return the input in Python's types; raise ValidationError with a sentence for each field."""
    serializer = input_class(data=data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def take_key(request: Request, actor: Actor, *, result_id: UUID, status: int) -> idempotency.Taken:
    """Claim the request's Idempotency-Key for what it is about to make or change."""
    # As parsed: the stream has been read, and white space is no other request.
    raw = f"{request.method} {request.path}\n".encode() + orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS)
    key = request.headers.get("Idempotency-Key", "")
    return idempotency.take(actor.user_id, key, request=raw, result_id=result_id, status=status)


def keyed_response(body: dict[str, Any], taken: idempotency.Taken) -> Response:
    """Answer with the stored status; a replay says that it is one."""
    headers = {"Idempotency-Replayed": "true"} if taken.is_replay else None
    return Response(body, status=taken.status, headers=headers)


class TransitionView(APIView):
    """POST one edge of one record: shape, key, then the machine does the rest in its fixed order."""

    machine: ClassVar[Machine[Any]]
    edge: ClassVar[str]
    input_class: ClassVar[type[EdgeInput]]
    represent: ClassVar[Represent]

    def post(self, request: Request, pk: UUID) -> Response:
        """Take the edge and answer with the record exactly as GET gives it."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, f"{self.machine.noun}.{self.edge}", access_log.ALTERATION)
        touched.root_ids.add(pk)
        given = validated(self.input_class, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        version = given.pop("version")
        if taken.is_replay:
            target = self.machine.found(actor, pk)
            if target is None:
                raise NotFound
        else:
            raw = {name: value for name, value in dict(request.data).items() if name != "version"}
            target = self.machine.perform(actor, self.edge, pk, version=version, given=given, raw=raw)
        access_log.touch(request._request, [target.root_id], [target.child_id])
        return keyed_response(type(self).represent(actor, target), taken)


def transition_routes(
    machine: Machine[Any],
    inputs: Mapping[str, type[EdgeInput]],
    *,
    prefix: str,
    represent: Represent,
    shape: type[Any],
) -> list[URLPattern]:
    """Return a route for each edge that a person can take; raise KeyError when an edge has no input."""
    routes = []
    for name, edge in machine.edges.items():
        if edge.by_system:
            continue
        INPUTS[machine.noun, name] = inputs[name]
        view = _view(machine, name, inputs[name], represent, shape)
        slug = name.replace("_", "-")
        routes.append(path(f"{prefix}/<uuid:pk>/{slug}/", view.as_view(), name=f"{machine.noun}-{slug}"))
    return routes


def _view(
    machine: Machine[Any], name: str, input_class: type[EdgeInput], represent: Represent, shape: type[Any]
) -> type[TransitionView]:
    edge = machine.edges[name]
    attributes = {
        "machine": machine,
        "edge": name,
        "input_class": input_class,
        "represent": staticmethod(represent),
        "__doc__": edge.hint or edge.label,
    }
    made: type[TransitionView] = type(
        f"{machine.model.__name__}{name.title().replace('_', '')}", (TransitionView,), attributes
    )
    described: type[TransitionView] = extend_schema(
        operation_id=f"{machine.noun}_{name}",
        summary=edge.label,
        description=edge.hint or edge.label,
        tags=[machine.noun.replace("_", " ")],
        parameters=[KEY_PARAMETER],
        request=input_class,
        responses={200: shape},
        methods=["POST"],
    )(made)
    return described
