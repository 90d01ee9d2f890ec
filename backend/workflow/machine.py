"""A machine as data: which edges a record has, who may take them, what must be true, and what follows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.once import once
from backend.access.relations import Relation
from backend.audit.commands import Beside, Entry, record_all
from backend.core.errors import Conflict
from backend.core.models import Versioned
from backend.deadlines import winding
from backend.deadlines.winding import Clocks, Wound
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import Notice
from backend.workflow import confirmations
from backend.workflow.changing import Change, changing, root_of
from backend.workflow.edges import Edge, Given, Option, Rule, Tell, Way, audiences, way_on
from backend.workflow.models import Confirmation

__all__ = ["Clocks", "Edge", "Given", "Machine", "Option", "Rule", "Tell", "Way"]
M = TypeVar("M", bound=Versioned)


@dataclass(slots=True)
class Machine(Generic[M]):
    """The machine of one model. `facts(target, actor)` brings all that its rules need, in few statements."""

    noun: str
    model: type[M]
    edges: Mapping[str, Edge]
    visible_to: Callable[[Actor], QuerySet[M]]
    facts: Callable[[M, Actor], Any]
    fields: Callable[[M], Mapping[str, str]]
    path: Callable[[M], str]
    owner_agency: Callable[[M], UUID]
    labels: Mapping[str, str]
    # Whose clocks an edge winds: the root's, or those of a part that has clocks of its own.
    clock_root: Callable[[M], UUID] = root_of
    # Whose managers may be the second person, none: of whoever asks; and who of information governance may be too.
    answered_by: Callable[[M], UUID] | None = None
    governed_by: Callable[[M], Sequence[AgencyRoles]] | None = None
    # What else to say where its state does not let an edge be taken: who can, and by when.
    waits_for: Callable[[M], str] = lambda _target: ""
    # A record that the actor does not read, as far as they may ask a second person about it, which is all they may.
    unread: Callable[[Actor, UUID], M | None] = lambda _actor, _pk: None
    extra_rules: dict[str, list[Rule]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        confirmations.machines[self.noun] = self

    def also_require(self, edge: str, rule: Rule) -> None:
        """Add a rule from an app above; called in its ready()."""
        self.extra_rules.setdefault(edge, []).append(rule)

    def sources(self, name: str) -> frozenset[str]:
        """Return the states an edge leaves, or the states an act is possible in."""
        edge = self.edges[name]
        if edge.sources is not None:
            return frozenset(edge.sources)
        return frozenset(getattr(self.model, name)._django_fsm.transitions)

    def targets(self, name: str) -> frozenset[str]:
        """Return the states an edge can arrive in; an act arrives nowhere."""
        if self.edges[name].sources is not None:
            return frozenset()
        found: set[str] = set()
        for transition in getattr(self.model, name)._django_fsm.transitions.values():
            allowed = getattr(transition.target, "allowed_states", None)
            found.update(allowed or [transition.target])
        return frozenset(found)

    def perform(
        self,
        actor: Actor,
        name: str,
        pk: UUID,
        *,
        version: int | None,
        given: Given,
        raw: Given | None = None,
        confirmation: Confirmation | None = None,
        relations: frozenset[Relation] | None = None,
    ) -> M:
        """Take one edge, or ask a second person for it, in the caller's transaction; return the record.

        `raw` is the input as it came, kept when a second person has to agree; `relations` as `changing` takes them.
        Raises a Refusal.
        """
        unread = self.unread(actor, pk)
        if unread is not None:
            return self._propose(actor, name, unread, given=given, raw=raw)
        edge = self.edges[name]
        verb = f"{self.noun}.{name}"
        needed = ""
        visible = self._visible(actor)
        asked: dict[str, Any] = {"permission": edge.permission, "relations": relations, "since": edge.changed_since}
        with changing(actor, visible, pk, verb=verb, version=version, **asked) as change:
            change.facts = self._ready(change.target, name, given, actor)
            if confirmation is None and edge.second_person is not None:
                needed = edge.second_person(change.target, change.facts, given)
            if needed:
                change.verb = f"{verb}.ask_confirmation"
            else:
                change.confirmation = confirmation
                self._take(change, name, given)
                change.beside = self._told(change, edge.tells)
        if needed:
            confirmations.ask(change, noun=self.noun, edge=name, why=needed, given=dict(raw or given))
        elif edge.then is not None:
            edge.then(change, given)
        return change.target

    def _propose(self, actor: Actor, name: str, target: M, *, given: Given, raw: Given | None) -> M:
        """Ask a second person, who reads the record, for an edge; whatever its version is, they look at it."""
        edge = self.edges[name]
        change = Change(actor, target, queries.relations_to(actor, root_of(target)), f"{self.noun}.{name}")
        policy.require(actor, edge.permission, change.relations)
        facts = self._ready(target, name, given, actor)
        why = edge.second_person(target, facts, given) if edge.second_person else ""
        confirmations.ask_unread(change, noun=self.noun, edge=name, why=why, given=dict(raw or given))
        return target

    def found(self, actor: Actor, pk: UUID) -> M | None:
        """Return a record that the actor sees, or may ask about without."""
        return self.visible_to(actor).filter(pk=pk).first() or self.unread(actor, pk)

    def _visible(self, actor: Actor) -> QuerySet[M]:
        asks_second_people = any(edge.second_person is not None for edge in self.edges.values())
        return confirmations.with_open(self.visible_to(actor)) if asks_second_people else self.visible_to(actor)

    def perform_on_parts(self, change: Change[Any], name: str, where: Q, *, given: Given) -> list[M]:
        """Take one edge of every part `where` of the record in hand, in as many statements as of one.

        For what follows from another change: under its lock, as its actor, with its relations. The edge has no second
        person and no `then`. Returns the parts; raises a Refusal as `perform` does.
        """
        edge, actor = self.edges[name], change.actor
        among = self.visible_to(actor).filter(where, root_id=change.root_id)
        parts = list(among.select_for_update(of=("self",), no_key=True).order_by("pk"))
        if not parts:
            return []
        policy.require(actor, edge.permission, change.relations)
        verb = f"{self.noun}.{name}"
        taken = [Change(actor, part, change.relations, verb, from_state=self.state_of(part)) for part in parts]
        before = [self.owner_agency(part) for part in parts]
        for one in taken:
            self._ready(one.target, name, given, actor)
            self._move(one, name, given)
        wound = [self._wound(part, owner) for part, owner in zip(parts, before, strict=True)]
        for part, next_due_at in zip(parts, winding.wind_all(wound, edge.clocks), strict=True):
            part.next_due_at = next_due_at  # type: ignore[attr-defined] # parts with clocks have one
        entries = [Entry(one.target, one.data, one.from_state, self._told(one, edge.tells)) for one in taken]
        record_all(actor, verb, entries, root_id=change.root_id, child_id=change.child_id)
        return parts

    def take_for(self, change: Change[M], name: str, *, given: Given) -> None:
        """Take an edge of a record in hand because whoever should take it is gone; the caller judges who may do that.

        The edge has no second person. Raises a Refusal as `perform` does.
        """
        edge = self.edges[name]
        change.verb, change.from_state = f"{self.noun}.{name}", self.state_of(change.target)
        change.facts = self._ready(change.target, name, given, change.actor)
        self._take(change, name, given)
        change.beside = self._told(change, edge.tells)
        change.record()
        if edge.then is not None:
            edge.then(change, given)

    def _ready(self, target: M, name: str, given: Given | None, actor: Actor) -> Any:
        if self.state_of(target) not in self.sources(name) or not self.edges[name].suits(target):
            label = self.labels.get(self.state_of(target), self.state_of(target)).lower()
            refusal = f"You cannot do “{self.edges[name].label.lower()}” now: this is {label}."
            raise Conflict(f"{refusal} {self.waits_for(target)}".rstrip(), code="wrong_state")
        facts = self.facts(target, actor) if self._asks_facts(name) else None
        reasons = list(self._reasons(target, facts, name, given))
        if reasons:
            raise Conflict(*reasons, code="not_ready")
        return facts

    def _asks_facts(self, name: str) -> bool:
        """Say whether anything about the edge is judged by facts, so that none are fetched for nothing."""
        edge = self.edges[name]
        return bool(edge.rules or edge.second_person or self.extra_rules.get(name))

    def _reasons(self, target: M, facts: Any, name: str, given: Given | None) -> Iterator[str]:
        for rule in (*self.edges[name].rules, *self.extra_rules.get(name, ())):
            yield from rule(target, facts, given)

    def _take(self, change: Change[M], name: str, given: Given) -> None:
        """Part rows first, then the edge sets fields, then the clocks; the caller's block records it."""
        owner_before = self.owner_agency(change.target)
        edge = self.edges[name]
        if edge.sources is None:
            # An act leaves the record where it is, and the question about it too.
            confirmations.withdraw_open(change)
        self._move(change, name, given)
        clocks = edge.clocks
        if edge.sources is None or change.confirmation is not None:
            # Whatever a second person was asked about the record is answered by this, or overtaken.
            clocks = replace(clocks, meets=(*clocks.meets, confirmations.CLOCK))
        self._wind(change, clocks, owner_before)

    def _move(self, change: Change[M], name: str, given: Given) -> None:
        edge = self.edges[name]
        inputs = dict(given)
        change.reason = str(given.get("rationale") or given.get("reason") or "")
        if edge.first is not None:
            edge.first(change, inputs)
        if edge.sources is None:
            getattr(change.target, name)(change.actor, inputs)

    def _wind(self, change: Change[M], clocks: Clocks, owner_before: UUID) -> None:
        target = change.target
        clocks = replace(clocks, starts=(*clocks.starts, *clocks.starts_for(target)))
        next_due_at = winding.wind(self._wound(target, owner_before), clocks)
        if hasattr(target, "next_due_at"):
            target.next_due_at = next_due_at

    def _wound(self, target: M, owner_before: UUID) -> Wound:
        owner = self.owner_agency(target)
        return Wound(
            root_id=self.clock_root(target),
            child_id=getattr(target, "child_id", None),
            partnership_id=target.partnership_id,  # type: ignore[attr-defined] # every machine's model has one
            owner_agency_id=owner,
            has_moved=owner != owner_before,
            is_urgent=bool(getattr(target, "is_urgent", False)),
        )

    def _told(self, change: Change[M], tells: Sequence[Tell]) -> Beside:
        """Return what makes the rows beside an edge's event, once it has an id: what it leaves, and what it tells."""
        target, root_id = change.target, change.root_id
        told = [(tell, audience) for tell in tells for audience in audiences(tell, target)]
        fields = self.fields(target) if told else {}
        notices = [
            Notice(audience, tell.message, fields, (tell.path or self.path)(target), tell.urgent(target))
            for tell, audience in told
        ]
        left = tuple(change.leaves)
        return lambda event: [*left, *notifications.outbox_rows(notices, event_id=event.id, root_id=root_id)]

    def state_of(self, target: M) -> str:
        """Return the stored state of a record."""
        state: str = target.state  # type: ignore[attr-defined] # every machine's model has one
        return state

    def names(self, actor: Actor, target: M, relations: frozenset[Relation]) -> list[tuple[str, str]]:
        """Return (name, label) of the edges open to the actor, from state, permission and relation, in memory.

        Not of those that are open for a few minutes only: which they are, the facts of a record say.
        """
        found = ((name, self.edges[name]) for name in self._open(actor, target, relations))
        return [(name, edge.label) for name, edge in found if edge.until is None]

    def _open(self, actor: Actor, target: M, relations: frozenset[Relation]) -> list[str]:
        state = self.state_of(target)
        # A list asks of each row, and its rows hardly differ in state and relation.
        key = ("open", self.noun, actor.role, state, relations)
        found = once(key, lambda: self._permitted(actor, state, relations))
        return [name for name in found if self.edges[name].suits(target)]

    def _permitted(self, actor: Actor, state: str, relations: frozenset[Relation]) -> list[str]:
        possible = (name for name, edge in self.edges.items() if not edge.by_system and state in self.sources(name))
        return [name for name in possible if policy.allows(actor, self.edges[name].permission, relations)]

    def options(self, actor: Actor, target: M, relations: frozenset[Relation], *, facts: Any = None) -> list[Option]:
        """Return what the actor may do now, what stands in the way, and who would be told.

        `facts` are the machine's own for this target, for a caller that has them already.
        """
        open_edges = self._open(actor, target, relations)
        if facts is None and any(self._asks_facts(name) for name in open_edges):
            facts = self.facts(target, actor)
        found = [self._option(target, facts, name) for name in open_edges]
        return [one for one in found if self.edges[one.name].until is None or (one.until and not one.obstacles)]

    def _option(self, target: M, facts: Any, name: str) -> Option:
        edge = self.edges[name]
        told = [tell.who(target) for tell in edge.tells if audiences(tell, target)]
        return Option(
            name=name,
            label=edge.label,
            hint=edge.hint,
            kind="edge" if edge.sources is None and not edge.seldom else "command",
            obstacles=list(self._reasons(target, facts, name, None)),
            tells=[*told, *edge.also_told(target, facts)],
            needs_second_person=edge.second_person(target, facts, None) if edge.second_person else "",
            primary=edge.primary,
            way=way_on(edge, target, facts),
            until=edge.until(target, facts) if edge.until else None,
        )
