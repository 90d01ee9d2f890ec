"""What writes versions: beginning one, and the machine that edits, tries, publishes and discards it."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import Partnership
from backend.audit.commands import Also, record
from backend.configuration import queries, rules
from backend.configuration.kinds import kind_of
from backend.configuration.models import Version
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines.winding import Clocks
from backend.workflow import confirmations
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine

NOUN = "configuration"
_LONGEST_CODE = 60
_ONE_DRAFT = "There is a draft already. Go on with it, or discard it first."
_NO_FRONT_DOOR = "Your partnership has no front door yet. Ask your system administrator."
_ASKED = "Another person has to agree before it counts."
# What changes a draft takes back the question whether it may count: nobody agrees to what they have not read.
_QUESTION_IS_OVER = Clocks(meets=(confirmations.CLOCK,))


def copy(actor: Actor, based_on: UUID, version_id: UUID) -> Version:
    """Begin a draft as a copy of a version that counts or once did; a copy of an old one is the way back to it.

    Raises NotFound, Forbidden, and Conflict while there is another draft of its kind.
    """
    base = queries.visible_to(actor).filter(pk=based_on).first()
    if base is None:
        raise NotFound
    policy.require(actor, Permission.CONFIGURATION_COPY, _stands(actor, base))
    if base.state not in Version.AGREED:
        raise Conflict("Only what was published can be copied.", code="wrong_state")
    same = queries.of_kind(actor, base.kind)
    if same.filter(state=Version.DRAFT).exists():
        raise Conflict(_ONE_DRAFT, code="not_ready")
    version = Version(
        id=version_id,
        partnership_id=base.partnership_id,
        kept_by_id=_keeper(base.partnership_id),
        kind=base.kind,
        number=same.values_list("number", flat=True)[0] + 1,
        entries=base.entries,
        based_on=base.number,
        started_by_id=actor.user_id,
        started_by_name=actor.name,
    )
    try:
        with transaction.atomic():
            record(actor, f"{NOUN}.copy", version, root_id=version.id, data={"kind": base.kind, "from": base.number})
    except IntegrityError as error:
        # Somebody else began one in the same moment.
        raise Conflict(_ONE_DRAFT, code="not_ready") from error
    return version


def _stands(actor: Actor, version: Version) -> frozenset[Relation]:
    return frozenset({Relation.KEEPER} if actor.agency_id == version.kept_by_id else ())


def _keeper(partnership_id: UUID) -> UUID:
    front_door_id = Partnership.objects.values_list("front_door_id", flat=True).get(pk=partnership_id)
    if front_door_id is None:
        raise Conflict(_NO_FRONT_DOOR, code="not_ready")
    return front_door_id


def _put_entry(change: Change[Version], inputs: dict[str, Any]) -> None:
    version = change.target
    entry = kind_of(version.kind).read(inputs["entry"])
    code = inputs["code"] or _new_code(version, kind_of(version.kind).title(entry))
    entry = {"code": code, **entry}
    if inputs["code"]:
        entries = [entry if one["code"] == code else one for one in version.entries]
    else:
        entries = [*version.entries, entry]
    _change(change, entries, code)


def _remove_entry(change: Change[Version], inputs: dict[str, Any]) -> None:
    code = inputs["code"]
    _change(change, [one for one in change.target.entries if one["code"] != code], code)


def _change(change: Change[Version], entries: list[dict[str, Any]], code: str) -> None:
    version = change.target
    version.entries, version.trial, version.tried_by_name, version.tried_at = entries, None, "", None
    change.data = {"code": code}
    confirmations.withdraw_open(change)


def _new_code(version: Version, title: str) -> str:
    """Return a code that no entry of the version has, made of its title: letters of any language, digits, and _."""
    plain = "_".join("".join(one if one.isalnum() else " " for one in title.lower()).split())[:_LONGEST_CODE]
    taken = {entry["code"] for entry in version.entries}
    code, number = plain or "entry", 2
    while code in taken:
        code, number = f"{plain[: _LONGEST_CODE - 4]}_{number}", number + 1
    return code


def _try_out(change: Change[Version], inputs: dict[str, Any]) -> None:
    version = change.target
    kind = kind_of(version.kind)
    if kind.try_out is None:
        raise Conflict("There is nothing to try here: the differences are all there is.", code="not_ready")
    now = queries.entries_in_force(version.partnership_id, version.kind, rules.today())
    version.trial = kind.try_out(version.entries, now)
    version.tried_by_name, version.tried_at = change.actor.name, clock.now()


def _publish(change: Change[Version], inputs: dict[str, Any]) -> None:
    """Say from which day and by whom; what counts no more from today is marked in the same act."""
    version, asked = change.target, change.confirmation
    if asked is None:
        raise Forbidden("Another person has to agree first.")
    today = rules.today()
    inputs["from_day"] = inputs.get("effective_on") or today
    inputs["proposed_by_id"], inputs["proposed_by_name"] = asked.asked_by_id, asked.asked_by_name
    change.data = {"kind": version.kind, "number": version.number, "from": inputs["from_day"].isoformat()}
    if inputs["from_day"] <= today:
        gone = list(queries.overtaken(version.partnership_id, version.kind, version.number).select_for_update())
        for one in gone:
            one.supersede(change.actor, {})
        change.change_too([Also(f"{NOUN}.supersede", one, one.id) for one in gone])


version_machine: Machine[Version] = Machine(
    noun=NOUN,
    model=Version,
    edges={
        "put_entry": Edge(
            permission=Permission.CONFIGURATION_PUT_ENTRY,
            label="Change the draft",
            hint="Nothing counts before two people have agreed.",
            rules=(rules.entry_exists, rules.new_entries_may_come),
            clocks=_QUESTION_IS_OVER,
            first=_put_entry,
            sources=(Version.DRAFT,),
        ),
        "remove_entry": Edge(
            permission=Permission.CONFIGURATION_REMOVE_ENTRY,
            label="Remove from the draft",
            hint="It stays in earlier versions, and with everything that was made by them.",
            rules=(rules.entry_exists, rules.entries_may_go),
            clocks=_QUESTION_IS_OVER,
            first=_remove_entry,
            sources=(Version.DRAFT,),
        ),
        "try_out": Edge(
            permission=Permission.CONFIGURATION_TRY_OUT,
            label="Try it out",
            hint="It is counted on the referrals of the last 90 days, and on made-up examples. Nobody is told.",
            rules=(rules.is_without_faults,),
            first=_try_out,
            sources=(Version.DRAFT,),
        ),
        "publish": Edge(
            permission=Permission.CONFIGURATION_PUBLISH,
            label="Publish this version",
            hint="It counts for everybody in the partnership from its day on. What was made before keeps its version.",
            rules=(
                rules.says_something_new,
                rules.is_without_faults,
                rules.was_tried,
                rules.its_day_is_to_come,
            ),
            first=_publish,
            second_person=lambda _version, _in_force, _given: _ASKED,
        ),
        "discard": Edge(
            permission=Permission.CONFIGURATION_DISCARD,
            label="Discard the draft",
            hint="It stays in the list, and never counts.",
        ),
        "supersede": Edge(
            permission=Permission.CONFIGURATION_SUPERSEDE, label="Replace by a later one", by_system=True
        ),
    },
    visible_to=queries.visible_to,
    facts=lambda version, _actor: queries.in_force(version.partnership_id, version.kind, rules.today()).first(),
    fields=lambda version: {"reference": f"{kind_of(version.kind).label}, version {version.number}"},
    path=lambda version: f"/configurations/{version.id}",
    owner_agency=lambda version: version.kept_by_id,
    labels=Version.LABELS,
    answered_by=lambda version: version.kept_by_id,
)
