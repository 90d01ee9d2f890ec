"""Turns a machine's options into the API's shape, each with the form that its edge needs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.workflow.descriptors import DYNAMIC_KINDS, begin_with, describe, fill
from backend.workflow.machine import Machine, Option
from backend.workflow.preview_views import PREVIEWED
from backend.workflow.views import INPUTS

Choices = Mapping[str, list[dict[str, Any]]]
# What an app above lets people add to a record of an app below, by its noun: nothing where it does not apply.
Offer = Callable[[Actor, Any], dict[str, Any] | None]
_offered: dict[str, Offer] = {}


def also_offer(noun: str, offer: Offer) -> None:
    """Offer something more at every record of a kind; called in the ready() of the app that takes it."""
    _offered[noun] = offer


def offered() -> dict[str, Offer]:
    """Return what is offered so."""
    return dict(_offered)


class ChoicesOnDemand(Mapping[str, list[dict[str, Any]]]):
    """Choices by kind of field, each made when the first form asks for it."""

    def __init__(self, makers: Mapping[str, Callable[[], list[dict[str, Any]]]]) -> None:
        self._makers = makers
        self._made: dict[str, list[dict[str, Any]]] = {}

    def __getitem__(self, kind: str) -> list[dict[str, Any]]:
        """Return the choices of a kind; raise KeyError for one that needs none."""
        if kind not in self._made:
            self._made[kind] = self._makers[kind]()
        return self._made[kind]

    def __contains__(self, kind: object) -> bool:
        """Say whether a kind has choices, without making them."""
        return kind in self._makers

    def __iter__(self) -> Iterator[str]:
        """Iterate over the kinds."""
        return iter(self._makers)

    def __len__(self) -> int:
        """Return how many kinds there are."""
        return len(self._makers)


def shapes(
    machine: Machine[Any],
    actor: Actor,
    target: Any,
    relations: frozenset[Relation],
    *,
    base: str,
    choices: Choices,
    facts: Any = None,
) -> list[dict[str, Any]]:
    """Return options[] of one record; `base` is the record's address, `choices` fill agencies, people and the like."""
    own = [
        {
            "name": option.name,
            "label": option.label,
            "hint": option.hint,
            "kind": option.kind,
            "obstacles": option.obstacles,
            "url": f"{base}{option.name.replace('_', '-')}/",
            "preview_url": _preview(machine.noun, option.name, base),
            "draft_url": "",
            "input": fill(_begun(machine, option.name, target), choices),
            "tells": option.tells,
            "needs_second_person": option.needs_second_person,
            "primary": option.primary,
            **({"way": option.way} if option.way else {}),
            **({"until": option.until} if option.until else {}),
        }
        for option in machine.options(actor, target, relations, facts=facts)
    ]
    more = _offered[machine.noun](actor, target) if machine.noun in _offered else None
    return [*own, more] if more is not None else own


def rows(found: Iterable[Option]) -> list[dict[str, Any]]:
    """Return what can be done about one record of a list: names and labels, of what nothing stands in the way of."""
    return [
        {"name": one.name, "label": one.label, **({"until": one.until} if one.until else {})}
        for one in found
        if not one.obstacles
    ]


def addition(
    name: str,
    label: str,
    hint: str,
    url: str,
    input_class: type[serializers.Serializer[Any]],
    *,
    preview_url: str = "",
    draft_url: str = "",
) -> dict[str, Any]:
    """Return, in the shape of an option, something that can be added to a record without changing what is there."""
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "kind": "addition",
        "obstacles": [],
        "url": url,
        "preview_url": preview_url,
        "draft_url": draft_url,
        "input": describe(input_class),
        "tells": [],
        "needs_second_person": "",
        "primary": False,
    }


def _preview(noun: str, name: str, base: str) -> str:
    return f"{base}{name.replace('_', '-')}/preview/" if (noun, name) in PREVIEWED else ""


def kinds_needed(machine: Machine[Any], names: list[str]) -> set[str]:
    """Return the dynamic kinds that the forms of these edges ask for, so that nothing else is fetched."""
    return {kind for name in names for kind in _kinds(machine.noun, name)}


def _begun(machine: Machine[Any], name: str, target: Any) -> list[dict[str, Any]]:
    form, stands = _form(machine.noun, name), machine.edges[name].stands
    return begin_with(form, stands(target)) if stands else form


@cache
def _form(noun: str, name: str) -> list[dict[str, Any]]:
    return describe(INPUTS[noun, name])


@cache
def _kinds(noun: str, name: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(_form(noun, name))
    while waiting:
        descriptor = waiting.pop()
        found.add(descriptor["kind"])
        waiting += descriptor["fields"] or []
    return frozenset(found & set(DYNAMIC_KINDS))


def besides(waiting: dict[str, Any] | None, shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the options without the edge that waits for a second person: it was asked for, and is shown as such."""
    return [shape for shape in shapes if waiting is None or shape["name"] != waiting["edge"]]
