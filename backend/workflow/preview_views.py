"""What another agency will read, before anything is shared: the edge is taken, read with their eyes, and undone.

Nothing describes a share a second time: the preview is what the other agency's own page would show, by its row policies
too. It is rolled back before it is answered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.access.actors import Actor, actor_of
from backend.access.authentication import actor_in
from backend.access.binding import bind
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.audit import access_log
from backend.core import clock
from backend.workflow.fields import EdgeInput
from backend.workflow.machine import Given, Machine
from backend.workflow.serializers import PairShape
from backend.workflow.views import TransitionView, validated

Section = dict[str, Any]
T = TypeVar("T")
# Colleagues of one agency who are looked through for one who may open it: somebody there may have a conflict.
_ASKED = 5


@dataclass(frozen=True, slots=True)
class Reader:
    """An agency that an edge shows something to: who of them reads it, and what, as their own page gives it."""

    agency_id: UUID
    roles: tuple[Role, ...]
    shows: Callable[[Actor], Sequence[Section] | None]
    # Where only one of them reads it: theirs. Nobody else of the agency is asked.
    membership_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody outside the partnership, who has no page here: what is sent to them, and to whom by name."""

    name: str
    who: str
    sections: Sequence[Section]


Readers = Callable[[Any, Given], Sequence[Reader | Outsider]]
# The edges that have a preview; options say so.
PREVIEWED: set[tuple[str, str]] = set()


class SeenSectionShape(serializers.Serializer[Any]):
    """One part of what they read."""

    title = serializers.CharField()
    answers = PairShape(many=True)


class SeenShape(serializers.Serializer[Any]):
    """What one agency will read."""

    agency = serializers.CharField()
    who = serializers.CharField()
    sections = SeenSectionShape(many=True)


class PreviewShape(serializers.Serializer[Any]):
    """What other agencies will read once an edge is taken; none when it shows nothing to anybody new."""

    agencies = SeenShape(many=True)


class PreviewView(TransitionView):
    """POST what an edge takes, and learn what it would show to whom; nothing is changed."""

    readers: ClassVar[Readers]

    def post(self, request: Request, pk: UUID) -> Response:
        """Return what each agency would read; raise what the edge raises."""
        actor = actor_in(request)
        label = f"{self.machine.noun}.{self.edge}.preview"
        access_log.begin(request._request, label, access_log.CONSULTATION).root_ids.add(pk)
        given = validated(self.input_class, request.data)
        version = given.pop("version")
        target, found = seen_by_others(
            actor,
            lambda: self.machine.perform(actor, self.edge, pk, version=version, given=given),
            lambda target: type(self).readers(target, given),
        )
        access_log.touch(request._request, [target.root_id])
        return Response({"agencies": found})


def seen_by_others(
    actor: Actor, take: Callable[[], T], readers: Callable[[T], Sequence[Reader | Outsider]]
) -> tuple[T, list[dict[str, Any]]]:
    """Do it, return what it was done to and what other agencies read then, and undo it; raise what doing it raises."""
    with _undone():
        target = take()
        asked = readers(target)
        outside = [_sent(one) for one in asked if isinstance(one, Outsider)]
        here = [one for one in asked if isinstance(one, Reader)]
        found = [*outside, *_seen_by([one for one in here if one.agency_id != actor.agency_id])]
        bind(actor.membership_id)
    return target, found


@contextmanager
def _undone() -> Iterator[None]:
    """Undo whatever happens inside, who is bound included, because a setting goes back with its savepoint."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


def _sent(outsider: Outsider) -> dict[str, Any]:
    return {"agency": outsider.name, "who": outsider.who, "sections": list(outsider.sections)}


def _seen_by(readers: Sequence[Reader]) -> list[dict[str, Any]]:
    """Return what each agency reads; whoever asked has to be bound again afterwards."""
    agencies = Agency.objects.in_bulk([reader.agency_id for reader in readers]) if readers else {}
    people = _colleagues(readers)
    return [_seen(reader, agencies[reader.agency_id], people) for reader in readers]


def _seen(reader: Reader, agency: Agency, people: Sequence[Membership]) -> dict[str, Any]:
    sections: Sequence[Section] = ()
    for row in people:
        if row.agency_id != reader.agency_id or row.role not in reader.roles:
            continue
        if reader.membership_id not in (None, row.id):
            continue
        bind(row.id)
        found = reader.shows(actor_of(row))
        if found is not None:
            sections = found
            break
    return {"agency": agency.name, "who": _words(reader, people), "sections": list(sections)}


def _words(reader: Reader, people: Sequence[Membership]) -> str:
    if reader.membership_id is not None:
        return next((row.user.name for row in people if row.id == reader.membership_id), "")
    everybody = len(reader.roles) == len(AGENCY_ROLES)
    return "everybody" if everybody else " and ".join(f"{role.label.lower()}s" for role in reader.roles)


def _colleagues(readers: Sequence[Reader]) -> list[Membership]:
    """Return the first few people of each agency who may read it, in one statement however many agencies there are."""
    at_work = Membership.objects.select_related("user", "agency", "team").filter(
        ended_at=None, started_at__lte=clock.now(), user__is_active=True
    )
    each = [at_work.filter(_who_reads(reader)).order_by("role", "id")[:_ASKED] for reader in readers]
    return list(each[0].union(*each[1:], all=True)) if each else []


def _who_reads(reader: Reader) -> Q:
    one = Q(pk=reader.membership_id) if reader.membership_id else Q()
    return one & Q(agency_id=reader.agency_id, role__in=reader.roles)


def preview_routes(
    machine: Machine[Any], inputs: Mapping[str, type[EdgeInput]], readers: Mapping[str, Readers], *, prefix: str
) -> list[URLPattern]:
    """Return a route for the preview of each edge that shows something to another agency."""
    routes = []
    for name, asks in readers.items():
        PREVIEWED.add((machine.noun, name))
        slug = name.replace("_", "-")
        view = _view(machine, name, inputs[name], asks)
        routes.append(
            path(f"{prefix}/<uuid:pk>/{slug}/preview/", view.as_view(), name=f"{machine.noun}-{slug}-preview")
        )
    return routes


def _view(machine: Machine[Any], name: str, input_class: type[EdgeInput], readers: Readers) -> type[PreviewView]:
    attributes = {
        "machine": machine,
        "edge": name,
        "input_class": input_class,
        "readers": staticmethod(readers),
        "__doc__": f"What others will see: {machine.edges[name].label}.",
    }
    made: type[PreviewView] = type(
        f"{machine.model.__name__}{name.title().replace('_', '')}Preview", (PreviewView,), attributes
    )
    described: type[PreviewView] = extend_schema(
        operation_id=f"{machine.noun}_{name}_preview",
        summary=f"See what others will see: {machine.edges[name].label}",
        tags=[machine.noun.replace("_", " ")],
        request=input_class,
        responses={200: PreviewShape},
        methods=["POST"],
    )(made)
    return described
