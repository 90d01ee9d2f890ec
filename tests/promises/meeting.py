"""Walks of a case that panels hear: agencies are invited and say what they know, and something is decided or not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backend.access.actors import Actor
from backend.access.models import Involvement
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.cases.queries import is_barred
from backend.children.models import Death
from backend.core import clock
from backend.core.ids import uuid7
from backend.panels import queries
from backend.panels.commands import panel_item_machine, panel_machine
from backend.panels.commands.planning import put_in_plan
from backend.panels.commands.reminding import remind_all
from backend.panels.models import Invitation, Panel, PanelDecision, PanelItem
from backend.panels.queries.owing import owed_by
from backend.panels.serializers.inputs import PutInPlanInput
from backend.workflow.views import validated
from tests.actors import actor
from tests.edges import BASIS
from tests.panels import made
from tests.promises.two_logins import as_worker
from tests.promises.walking import HELPS, Walk

PLANNED, ON_AGENDA, INVITED, HEARD = "a panel", "a case on its agenda", "an agency invited to it", "a panel being held"
BEGINNINGS = (PLANNED, ON_AGENDA, INVITED, HEARD)
# By whom each edge of an item is taken most of the time.
BY_CASE, BY_CHAIR, BY_GUEST = ("invite", "end_invitation", "take_off"), ("decide",), ("give_information",)


class Meeting(Walk):
    """The same walk, of a case in hand that the front door's panels hear, with the nurses at the table."""

    besides = ((made.INVITED, Role.MANAGER, 0),)

    @initialize(so_far=st.sampled_from(BEGINNINGS))
    def somebody_begins_a_referral(self, so_far: str) -> None:
        """By chance alone hardly one would come to a panel that decides."""
        self.referral_id = self._helped(self.people[0], HELPS, in_hand=True).id
        worker = actor(HELPS, Role.CASE_WORKER)
        note(f"begins with {so_far}")
        with self._from_above():
            case = Case.objects.order_by("id")[0]
        with clock.at(self.now):
            panel = made.soon() if so_far == HEARD else made.planned()
            if so_far != PLANNED:
                item = made.on_agenda(case, worker, panel)
            if so_far in (INVITED, HEARD):
                made.invited(item, worker)
            if so_far == HEARD:
                made.lead("hold", panel)

    @rule(data=st.data(), days=st.sampled_from([0, 7]))
    def a_panel_is_planned(self, data: st.DataObject, days: int) -> None:
        with self._from_above():
            if Panel.objects.filter(state__in=Panel.OPEN).count() > 1:
                return
        who = data.draw(st.sampled_from(self.people), label="who chairs")
        with self._trying(who, "plans a panel"):
            made.planned(who, at=self.now + timedelta(days=days, minutes=1))

    @rule(data=st.data())
    def the_case_is_put_on_an_agenda(self, data: st.DataObject) -> None:
        with self._from_above():
            panel = Panel.objects.filter(state=Panel.PLANNED).order_by("id").last()
        if panel is not None:
            self._work(data, "puts it on an agenda", lambda case, who: made.on_agenda(case, who, panel))

    @rule()
    def the_hour_of_a_panel_comes(self) -> None:
        with self._from_above():
            panel = Panel.objects.filter(state=Panel.PLANNED, starts_at__gt=self.now).order_by("starts_at").first()
        if panel is not None:
            self.now = panel.starts_at + timedelta(minutes=5)

    @rule(data=st.data())
    def somebody_takes_an_edge_of_an_item(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who")
        with self._as(who):
            seen = list(queries.visible_to(who).order_by("id").values_list("id", flat=True))
        if seen:
            self._take_any(data, panel_item_machine, data.draw(st.sampled_from(seen), label="which"), who=who)

    @rule(data=st.data(), edge=st.sampled_from(["invite", "give_information", "decide", "decide", "take_off"]))
    def the_table_goes_on(self, data: st.DataObject, edge: str) -> None:
        """Whoever works on the case, chairs or was invited does what is theirs."""
        with self._from_above():
            items = list(PanelItem.objects.filter(panel__state__in=Panel.OPEN).select_related("panel").order_by("id"))
        hands = self._at(items[-1], edge) if items else []
        if hands:
            who = data.draw(st.sampled_from(hands), label="who")
            self._do(panel_item_machine, edge, who, items[-1].id, **self._given(data, f"panel_item.{edge}"))

    @rule(data=st.data())
    def somebody_takes_an_edge_of_a_panel(self, data: st.DataObject) -> None:
        with self._from_above():
            panel = Panel.objects.filter(state__in=Panel.OPEN).order_by("id").first()
        if panel is None:
            return
        chairs = [one for one in self.people if one.agency_id == panel.chair_agency_id]
        who = data.draw(st.sampled_from(chairs or self.people), label="who")
        self._take_any(data, panel_machine, panel.id, who=who)

    @rule(data=st.data())
    def a_decision_is_put_into_the_plan(self, data: st.DataObject) -> None:
        with self._from_above():
            decision = PanelDecision.objects.exclude(owner_agency=None).order_by("id").last()
        if decision is None:
            return
        owners = [one for one in self.people if one.agency_id == decision.owner_agency_id]
        owner = data.draw(st.sampled_from(owners or self.people), label="does it")
        raw = {"decision": str(decision.id), "owner": str(owner.membership_id), **BASIS}

        def put(_case: Case, who: Actor) -> None:
            put_in_plan(who, decision.root_id, validated(PutInPlanInput, raw), action_id=uuid7())

        self._work(data, "puts a decision into the plan", put)

    @rule()
    def the_worker_reminds_who_was_invited(self) -> None:
        with clock.at(self.now), as_worker():
            self.taken["reminded for a panel"] += remind_all()

    def _at(self, item: PanelItem, edge: str) -> list[Actor]:
        if edge in BY_CASE:
            return self._case_and_hands()[1]
        slug = {**dict.fromkeys(BY_CHAIR, made.CHAIR), **dict.fromkeys(BY_GUEST, made.INVITED)}[edge]
        return [one for one in self.people if one.agency_id == made.of(slug)]

    def _given(self, data: st.DataObject, edge: str) -> Mapping[str, Any]:
        noun, _dot, name = edge.partition(".")
        if noun != "panel_item":
            return super()._given(data, edge)
        with self._from_above():
            item = PanelItem.objects.select_related("panel").order_by("id").last()
            invitation = Invitation.objects.filter(ended_at=None).order_by("id").last()
        if name == "end_invitation" and invitation is not None:
            return {"invitation": str(invitation.id)}
        # An invitation ends with the item, and has no other last day.
        shared = {key: value for key, value in self.basis(data).items() if key != "ends_on"} if name == "invite" else {}
        return {**(made.good(name, item) if item is not None else {}), **shared}

    # --- What is promised ---------------------------------------------------------------------------------------------

    def what_else_is_promised(self) -> None:
        super().what_else_is_promised()
        with self._from_above():
            rest = Death.objects.filter(taken_back_at=None).values("child_id")
            for item in PanelItem.objects.exclude(child_id__in=rest).select_related("panel__chair_agency"):
                self._somebody_answers_for_it(item)
                self._only_the_table_hears_it(item)
        self._whoever_chairs_finds_what_is_to_decide()

    def _somebody_answers_for_it(self, item: PanelItem) -> None:
        decided = PanelDecision.objects.filter(root_id=item.id)
        assert decided.exists() == (item.state == PanelItem.DECIDED), "decided is what says what was decided"
        if item.state == PanelItem.ON_AGENDA:
            assert item.panel.state != Panel.SIGNED, (
                "minutes say of each child what was decided, or that it was not heard"
            )
        if item.state == PanelItem.ON_AGENDA and item.panel.state in Panel.OPEN:
            assert item.panel.chair_agency.ended_at is None, "somebody chairs it"
            case = Case.objects.get(pk=item.case_id)
            assert case.state in Case.OPEN or case.joined_into_id is not None, (
                "a case does not close before it is heard"
            )
            assert case.joined_into_id is not None or item.lead_agency_id == case.lead_agency_id

    def _only_the_table_hears_it(self, item: PanelItem) -> None:
        hears = Involvement.objects.filter(root_id=item.id, relation__in=["INVITED", "CHAIRING"], ends_at__gt=self.now)
        found = sorted(hears.values_list("agency_id", flat=True))
        standing = Invitation.objects.filter(root_id=item.id, ended_at=None, open_until__gt=self.now)
        expected = sorted([*standing.values_list("agency_id", flat=True), item.chair_agency_id])
        over = item.panel.state in Panel.ENDED or item.state == PanelItem.TAKEN_OFF or item.open_until <= self.now
        assert found == ([] if over else expected), "whoever was invited hears it, until it is over"

    def _whoever_chairs_finds_what_is_to_decide(self) -> None:
        with self._from_above():
            due = PanelItem.objects.filter(state=PanelItem.ON_AGENDA, panel__state__in=Panel.OPEN)
            due = due.filter(panel__starts_at__lte=self.now, open_until__gt=self.now)
            waiting = [(item.id, self._chairs_of(item)) for item in due]
        for item_id, chairs in waiting:
            found = set()
            for who in chairs:
                with self._as(who):
                    found |= set(owed_by(who).values_list("id", flat=True))
            assert item_id in found or not chairs, "it stands on the list of whoever chairs"

    def _chairs_of(self, item: PanelItem) -> list[Actor]:
        there = [one for one in self.people if one.agency_id == item.chair_agency_id and one.role is Role.MANAGER]
        return [one for one in there if not is_barred(one.user_id, item.child_id)]
