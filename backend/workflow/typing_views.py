"""What is typed into a form that adds to a record: kept as it is typed, for its author alone, until it is sent."""

from collections.abc import Callable, Container
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.drafts import commands
from backend.drafts.queries import of_root
from backend.drafts.serializers import DraftInput, SavedShape, TypedShape, changes_in, saved_data, typed_data
from backend.workflow.views import validated

# The record that the form adds to, for who may send it; raises the refusal that sending would.
About = Callable[[Actor, UUID], Any]


class TypedView(APIView):
    """What one person has typed into one form about one record. Autosave takes no Idempotency-Key."""

    name: ClassVar[str]
    form: ClassVar[str]
    asked: ClassVar[Container[str]]
    about: ClassVar[About]

    def get(self, request: Request, pk: UUID) -> Response:
        """Return the answers so far, or none."""
        self._begin(request, pk, "draft", access_log.CONSULTATION)
        actor = self._writer(request, pk)
        return Response(typed_data(actor, of_root(actor, pk, form=self.form), self.asked))

    def patch(self, request: Request, pk: UUID) -> Response:
        """Save changed answers, valid or not; what another tab changed meanwhile comes back as a conflict."""
        self._begin(request, pk, "draft.save", access_log.COLLECTION)
        changes = changes_in(validated(DraftInput, request.data), self.asked)
        actor = self._writer(request, pk)
        return Response(saved_data(commands.keep(actor, pk, changes, form=self.form)))

    def delete(self, request: Request, pk: UUID) -> Response:
        """Delete what was typed; a second time it is gone already."""
        self._begin(request, pk, "draft.discard", access_log.ALTERATION)
        actor = self._writer(request, pk)
        commands.discard_own(actor, pk, self.form)
        return Response(status=204)

    def _begin(self, request: Request, pk: UUID, act: str, kind: str) -> None:
        access_log.begin(request._request, f"{self.name}.{act}", kind).root_ids.add(pk)

    def _writer(self, request: Request, pk: UUID) -> Actor:
        actor = actor_in(request)
        record = type(self).about(actor, pk)
        access_log.touch(request._request, [record.root_id], [record.child_id])
        return actor


def typed_view(name: str, about: About, input_class: type[serializers.Serializer[Any]], *, form: str) -> Any:
    """Return the view of what is typed into one form; `name` is that of the act that sends it, "case.write_note"."""
    return typed_answers_view(name, about, frozenset(input_class().fields), form=form)


def typed_answers_view(name: str, about: About, asked: Container[str], *, form: str) -> Any:
    """Return the same where the answers that the form asks for differ from record to record."""
    noun, _dot, act = name.partition(".")
    attributes = {"name": name, "form": form, "asked": asked, "about": staticmethod(about)}
    made = type(f"{act.title().replace('_', '')}Typed{noun.title().replace('_', '')}", (TypedView,), attributes)
    told = {
        "get": ("read", "Read what one has typed and not sent", None, {200: TypedShape}),
        "patch": ("save", "Save answers as they are typed", DraftInput, {200: SavedShape}),
        "delete": ("discard", "Delete what one has typed", None, {204: None}),
    }
    for method, (verb, summary, request, responses) in told.items():
        operation = f"{name.replace('.', '_')}_draft_{verb}"
        described = extend_schema(
            operation_id=operation,
            summary=summary,
            tags=[noun],
            request=request,
            responses=responses,
            methods=[method.upper()],
        )
        made = described(made)
    return made
