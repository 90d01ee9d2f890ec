"""What is said of one thing that somebody did: a POST for each, alike for emergency and for unusual readings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.workflow.fields import EdgeInput
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


@dataclass(frozen=True, slots=True)
class Acts:
    """What can be said: its noun in the log, its place in addresses, and what each act asks and does."""

    noun: str
    place: str
    inputs: Mapping[str, type[EdgeInput]]
    labels: Mapping[str, tuple[str, str]]
    do: Mapping[str, Callable[..., object]]
    shape: type[serializers.Serializer[Any]]
    detail: Callable[[Request, Actor, UUID], dict[str, object]]

    def routes(self) -> list[URLPattern]:
        """Return the routes of the acts."""
        return [
            path(f"{self.place}/<uuid:pk>/{name}/", self._view(name).as_view(), name=f"{self.place}-{name}")
            for name in self.inputs
        ]

    def _view(self, name: str) -> type["OneAct"]:
        label, hint = self.labels[name]
        title = f"{self.noun}_{name}".title().replace("_", "")
        made: type[OneAct] = type(title, (OneAct,), {"acts": self, "act": name, "__doc__": hint})
        described: type[OneAct] = extend_schema(
            operation_id=f"{self.noun}_{name}",
            summary=label,
            tags=["oversight"],
            parameters=[KEY_PARAMETER],
            request=self.inputs[name],
            responses={200: self.shape},
            methods=["POST"],
        )(made)
        return described


class OneAct(APIView):
    """POST what is made of it."""

    acts: ClassVar[Acts]
    act: ClassVar[str]

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it, and answer with it as GET gives it."""
        actor = actor_in(request)
        label = f"{self.acts.noun}.{self.act}"
        access_log.begin(request._request, label, access_log.ALTERATION).root_ids.add(pk)
        given = validated(self.acts.inputs[self.act], request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            self.acts.do[self.act](actor, pk, **given)
        return keyed_response(self.acts.detail(request, actor, pk), taken)
