"""A machine as data: which edges a record has, who may take them, what must be true, and what follows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.core.errors import Conflict
from backend.core.models import Versioned
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.notifications import commands as notifications
from backend.notifications.audience import Audience
from backend.workflow import confirmations
from backend.workflow.changing import Change, changing, root_of
from backend.workflow.models import Confirmation

M = TypeVar("M", bound=Versioned)
Given = Mapping[str, Any]
# A rule yields the reasons why an edge cannot be taken; `given` is None while only asking what stands in the way.
Rule = Callable[[Any, Any, Given | None], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Clocks:
    """What an edge does to a record's clocks; owners are the agency that holds or leads after the edge."""

    starts: tuple[str, ...] = ()
    # Clocks that only some records have, such as what was promised to a school.
    starts_for: Callable[[Any], tuple[str, ...]] = lambda _target: ()
    meets: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    stops_all_but: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """One audience an edge tells, or several alike. `who` names them for the preview before the edge is taken.

    `path` is the page of whoever is told, where that is another one than the machine's.
    """

    message: str
    audience: Callable[[Any], Audience | Sequence[Audience] | None]
    who: Callable[[Any], str]
    urgent: Callable[[Any], bool] = lambda _target: False
    path: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, or with `sources` one act that leaves the state alone."""

    permission: Permission
    label: str
    hint: str = ""
    rules: tuple[Rule, ...] = ()
    clocks: Clocks = Clocks()
    tells: tuple[Tell, ...] = ()
    first: Callable[[Change[Any], dict[str, Any]], None] | None = None
    then: Callable[[Change[Any], Given], None] | None = None
    second_person: Callable[[Any, Any, Given | None], str] | None = None
    sources: tuple[str, ...] | None = None
    by_system: bool = False
    # The one way on: a screen draws it as its button. Never an edge that decides, so that nothing is suggested.
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An edge this actor may take now, with what stands in the way and who would be told."""

    name: str
    label: str
    hint: str
    kind: str
    obstacles: list[str]
    tells: list[str]
    needs_second_person: str
    primary: bool


@dataclass(slots=True)
class Machine(Generic[M]):
    """The machine of one model. `facts(target, actor)` brings all that its rules need, in at most two statements."""

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
    ) -> M:
        """Take one edge, or ask a second person for it, in the caller's transaction; return the record.

        `raw` is the input as it came, kept when a second person has to agree. Raises a Refusal.
        """
        edge = self.edges[name]
        verb = f"{self.noun}.{name}"
        needed = ""
        with changing(
            actor, self.visible_to(actor), pk, permission=edge.permission, verb=verb, version=version
        ) as change:
            facts = self._ready(change.target, name, given, actor)
            if confirmation is None and edge.second_person is not None:
                needed = edge.second_person(change.target, facts, given)
            if needed:
                change.verb = f"{verb}.ask_confirmation"
            else:
                change.confirmation = confirmation
                self._take(change, name, given)
        if needed:
            confirmations.ask(change, noun=self.noun, edge=name, why=needed, given=dict(raw or given))
        else:
            self._follow(change, edge, given)
        return change.target

    def _ready(self, target: M, name: str, given: Given | None, actor: Actor) -> Any:
        if self.state_of(target) not in self.sources(name):
            label = self.labels.get(self.state_of(target), self.state_of(target)).lower()
            raise Conflict(
                f"You cannot do “{self.edges[name].label.lower()}” now: this is {label}.", code="wrong_state"
            )
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
        edge = self.edges[name]
        inputs = dict(given)
        owner_before = self.owner_agency(change.target)
        change.reason = str(given.get("rationale") or given.get("reason") or "")
        if edge.first is not None:
            edge.first(change, inputs)
        if edge.sources is None:
            getattr(change.target, name)(change.actor, inputs)
        self._wind(change, edge.clocks, owner_before)

    def _wind(self, change: Change[M], clocks: Clocks, owner_before: UUID) -> None:
        root_id, owner = self.clock_root(change.target), self.owner_agency(change.target)
        if change.confirmation is not None:
            deadlines.meet(root_id, (confirmations.CLOCK,))
        if clocks.stops_all_but is not None:
            deadlines.stop_all(root_id, keep=(*clocks.stops_all_but, *clocks.meets))
        if clocks.meets:
            deadlines.meet(root_id, clocks.meets)
        if clocks.pauses:
            deadlines.pause(root_id, clocks.pauses)
        if clocks.resumes:
            deadlines.resume(root_id, clocks.resumes)
        if owner != owner_before:
            deadlines.move_owner(root_id, owner)
        deadlines.start_all(
            (*clocks.starts, *clocks.starts_for(change.target)),
            root_id=root_id,
            child_id=change.child_id,
            owner_agency_id=owner,
            partnership_id=change.target.partnership_id,  # type: ignore[attr-defined] # every machine's model has one
            urgent=bool(getattr(change.target, "is_urgent", False)),
        )
        if hasattr(change.target, "next_due_at"):
            change.target.next_due_at = deadline_queries.next_due(root_id)

    def _follow(self, change: Change[M], edge: Edge, given: Given) -> None:
        if edge.sources is None:
            # An act leaves the record where it is, and the question about it too.
            confirmations.withdraw_open(change)
        for tell in edge.tells:
            self._tell(change, tell)
        if edge.then is not None:
            edge.then(change, given)

    def _tell(self, change: Change[M], tell: Tell) -> None:
        if change.event is None:
            return
        for audience in _audiences(tell, change.target):
            notifications.tell(
                event_id=change.event.id,
                root_id=change.root_id,
                audience=audience,
                message=tell.message,
                fields=self.fields(change.target),
                path=(tell.path or self.path)(change.target),
                urgent=tell.urgent(change.target),
            )

    def state_of(self, target: M) -> str:
        """Return the stored state of a record."""
        state: str = target.state  # type: ignore[attr-defined] # every machine's model has one
        return state

    def names(self, actor: Actor, target: M, relations: frozenset[Relation]) -> list[tuple[str, str]]:
        """Return (name, label) of the edges open to the actor, from state, permission and relation, in memory."""
        return [
            (name, edge.label)
            for name, edge in self.edges.items()
            if not edge.by_system
            and self.state_of(target) in self.sources(name)
            and policy.allows(actor, edge.permission, relations)
        ]

    def options(self, actor: Actor, target: M, relations: frozenset[Relation], *, facts: Any = None) -> list[Option]:
        """Return what the actor may do now, what stands in the way, and who would be told.

        `facts` are the machine's own for this target, for a caller that has them already.
        """
        open_edges = self.names(actor, target, relations)
        if facts is None and any(self._asks_facts(name) for name, _label in open_edges):
            facts = self.facts(target, actor)
        return [self._option(target, facts, name) for name, _label in open_edges]

    def _option(self, target: M, facts: Any, name: str) -> Option:
        edge = self.edges[name]
        return Option(
            name=name,
            label=edge.label,
            hint=edge.hint,
            kind="edge" if edge.sources is None else "command",
            obstacles=list(self._reasons(target, facts, name, None)),
            tells=[tell.who(target) for tell in edge.tells if _audiences(tell, target)],
            needs_second_person=edge.second_person(target, facts, None) if edge.second_person else "",
            primary=edge.primary,
        )


def _audiences(tell: Tell, target: Any) -> Sequence[Audience]:
    found = tell.audience(target)
    if found is None:
        return ()
    return found if isinstance(found, Sequence) else (found,)
