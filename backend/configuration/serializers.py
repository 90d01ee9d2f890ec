"""Versions as people read them: the kinds, a row of the list, and one version with what is different in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.queries import relations_to
from backend.access.relations import Relation
from backend.configuration import queries, wording
from backend.configuration.commands import version_machine
from backend.configuration.inputs import CopyInput
from backend.configuration.kinds import Kind, kind_of, kinds
from backend.configuration.models import Version
from backend.configuration.rules import today
from backend.core.api.serializers import AnyValue
from backend.workflow import options
from backend.workflow.confirmation_data import open_about
from backend.workflow.options import besides
from backend.workflow.serializers import ConfirmationShape, DescriptorShape, OptionShape, PairShape

_CHANGE = ("Make a change", "A draft begins as a copy of what is in force. Nothing counts before two people agreed.")
_GO_BACK = (
    "Go back to this version",
    "A draft begins as a copy of it, and counts once two people agreed. What came after it stays in the list.",
)


class VersionRowShape(serializers.Serializer[Any]):
    """One version of a list."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    number = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    is_in_force = serializers.BooleanField()
    effective_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    started_by = serializers.CharField()
    started_at = serializers.DateTimeField()
    proposed_by = serializers.CharField(allow_blank=True)
    published_by = serializers.CharField(allow_blank=True)
    published_at = serializers.DateTimeField(allow_null=True)


class KindShape(serializers.Serializer[Any]):
    """Something that is configured: what counts now, and the draft if there is one."""

    code = serializers.CharField()
    label = serializers.CharField()
    intro = serializers.CharField()
    in_force = VersionRowShape(allow_null=True)
    draft = VersionRowShape(allow_null=True)


class EntryShape(serializers.Serializer[Any]):
    """One entry in words, and as its form takes it."""

    code = serializers.CharField()
    title = serializers.CharField()
    lines = PairShape(many=True)
    values = serializers.DictField(child=AnyValue())


class DifferenceLineShape(serializers.Serializer[Any]):
    """One answer that is another than before."""

    label = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class DifferenceShape(serializers.Serializer[Any]):
    """One entry that was added, changed or removed."""

    what = serializers.ChoiceField(["added", "changed", "removed"])
    title = serializers.CharField()
    lines = DifferenceLineShape(many=True)


class TrialCountShape(serializers.Serializer[Any]):
    """How often something would have happened, and happens now; nothing where fewer than five would tell of a child."""

    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    count_now = serializers.IntegerField(allow_null=True)


class TrialExampleShape(serializers.Serializer[Any]):
    """What happens to a made-up example, and what happens to it now."""

    name = serializers.CharField()
    found = serializers.ListField(child=serializers.CharField())
    found_now = serializers.ListField(child=serializers.CharField())


class TrialShape(serializers.Serializer[Any]):
    """What came of trying a draft out: counts alone, to the nearest five."""

    examples = TrialExampleShape(many=True)
    counts = TrialCountShape(many=True)
    looked_at = serializers.IntegerField(allow_null=True)
    days = serializers.IntegerField()
    fewest = serializers.IntegerField()


class VersionShape(VersionRowShape):
    """One version, whole."""

    version = serializers.IntegerField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    noun = serializers.CharField()
    entries = EntryShape(many=True)
    can_add = serializers.BooleanField()
    # What is asked about one entry.
    form = DescriptorShape(many=True)
    compared_with = serializers.IntegerField(allow_null=True)
    differences = DifferenceShape(many=True)
    faults = serializers.ListField(child=serializers.CharField())
    # An agreed version whose day is to come, and which this draft would take the place of.
    takes_place_of = serializers.IntegerField(allow_null=True)
    trial = TrialShape(allow_null=True)
    tried_by = serializers.CharField(allow_blank=True)
    tried_at = serializers.DateTimeField(allow_null=True)
    # Where somebody goes on who began a draft with it.
    leads_to = serializers.CharField()
    confirmation = ConfirmationShape(allow_null=True)
    options = OptionShape(many=True)


def kind_rows(actor: Actor) -> list[dict[str, Any]]:
    """Return every kind with the version in force and the draft, in one statement."""
    now: dict[str, Version] = {}
    drafts: dict[str, Version] = {}
    day = today()
    for version in queries.visible_to(actor).filter(state__in=(Version.DRAFT, Version.PUBLISHED)).order_by("number"):
        if version.state == Version.DRAFT:
            drafts[version.kind] = version
        elif version.effective_on is not None and version.effective_on <= day:
            now[version.kind] = version
    return [
        {
            "code": kind.code,
            "label": kind.label,
            "intro": kind.intro,
            "in_force": _row(now[kind.code], now.get(kind.code)) if kind.code in now else None,
            "draft": _row(drafts[kind.code], now.get(kind.code)) if kind.code in drafts else None,
        }
        for kind in kinds().values()
    ]


def version_rows(actor: Actor, kind: Kind, versions: Sequence[Version]) -> list[dict[str, Any]]:
    """Return a page of versions of one kind."""
    now = queries.in_force(actor.partnership_id, kind.code, today()).first()
    return [_row(version, now) for version in versions]


def version_data(actor: Actor, version: Version) -> dict[str, Any]:
    """Return one version exactly as GET gives it to this actor."""
    kind = kind_of(version.kind)
    relations = relations_to(actor, version.id)
    now = queries.in_force(version.partnership_id, version.kind, today()).first()
    compared = now if version.state not in Version.AGREED else queries.before(version)
    is_draft = version.state == Version.DRAFT
    to_come = queries.to_come(version) if is_draft else None
    waiting = open_about(actor, version, relations, version_machine) if is_draft else None
    form = kind.form()
    return {
        **_row(version, now),
        "version": version.version,
        "kind": kind.code,
        "kind_label": kind.label,
        "noun": kind.noun,
        "entries": [_entry(kind, entry, form) for entry in version.entries],
        "can_add": not kind.codes,
        "form": form,
        "compared_with": compared.number if compared else None,
        "differences": wording.differences(kind, compared.entries, version.entries) if compared else [],
        "faults": list(kind.faults(version.entries)) if is_draft else [],
        "takes_place_of": to_come.number if to_come else None,
        "trial": version.trial,
        "tried_by": version.tried_by_name,
        "tried_at": version.tried_at,
        "leads_to": version_machine.path(version),
        "confirmation": waiting,
        "options": besides(waiting, _options(actor, version, now, relations)),
    }


def _options(
    actor: Actor, version: Version, now: Version | None, relations: frozenset[Relation]
) -> list[dict[str, Any]]:
    base = f"/api/v1/configurations/{version.id}/"
    found = options.shapes(version_machine, actor, version, relations, base=base, choices={}, facts=now)
    if kind_of(version.kind).try_out is None:
        found = [option for option in found if option["name"] != "try_out"]
    if version.state in Version.AGREED and policy.allows(actor, Permission.CONFIGURATION_COPY, relations):
        words = _CHANGE if now is not None and now.id == version.id else _GO_BACK
        found.append(options.addition("copy", *words, f"{base}copy/", CopyInput))
    return found


def _entry(kind: Kind, entry: Mapping[str, Any], form: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "code": entry["code"],
        "title": kind.title(entry),
        "lines": wording.lines(kind, entry, form),
        "values": {name: value for name, value in entry.items() if name != "code"},
    }


def _row(version: Version, now: Version | None) -> dict[str, Any]:
    is_in_force = now is not None and now.id == version.id
    return {
        "id": version.id,
        "reference": version_machine.fields(version)["reference"],
        "number": version.number,
        "state": version.state,
        "state_label": _state(version, now, is_in_force=is_in_force),
        "is_in_force": is_in_force,
        "effective_on": version.effective_on,
        "note": version.note,
        "started_by": version.started_by_name,
        "started_at": version.started_at,
        "proposed_by": version.proposed_by_name,
        "published_by": version.published_by_name,
        "published_at": version.published_at,
    }


def _state(version: Version, now: Version | None, *, is_in_force: bool) -> str:
    """Return where it stands, in words: published is in force, to come, or, before the worker says so, replaced."""
    if is_in_force:
        return "In force"
    if version.state == Version.PUBLISHED and (now is None or version.number > now.number):
        return "Agreed, and not in force yet"
    return Version.LABELS[Version.SUPERSEDED if version.state == Version.PUBLISHED else version.state]
