"""Two records of one child, each with an open case of another agency, and what joins them and takes them apart."""

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands import case_machine, open_or_join
from backend.cases.models import Case, Transfer
from backend.children.models import Child
from backend.matching.commands import ask_leads, case_choice_machine, propose_merge, unmerge
from backend.matching.models import CaseChoice, Merge
from backend.referrals.models import Referral
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from tests.cases.conftest import PROPOSAL, World

WHY = "Same house, same school."


class Two:
    """Two records of one child: city early help works on the first case, youth justice on the second."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.early_help, self.youth_justice = world.manager, world.youth_justice_manager
        # The front door decided about both referrals and leads neither case.
        self.officer, self.manager = world.officer, world.front_door_manager
        known, second = world.referred(), world.referred()
        self.first = self.case_of(known, "city-early-help", world.manager, world.worker)
        self.second = self.case_of(second, "youth-justice", world.youth_justice_manager, world.youth_justice_worker)
        self.child, self.known = second, known
        with acting(self.officer):
            self.referral = Referral.objects.get(child=second)

    def case_of(self, child: Child, slug: str, manager: Actor, worker: Actor) -> Case:
        lead = self.world.agency(slug)
        with acting(self.officer):
            in_hand = open_or_join(self.officer, child, holder=lead, theme="violence_reduction", priority="amber")
        return self.world.allocate(in_hand.id, manager, worker)

    def ask(self) -> CaseChoice:
        with acting(self.officer):
            version = Referral.objects.get(pk=self.referral.id).version
            return ask_leads(self.officer, self.referral.id, version=version, child=self.known.id)

    def say(self, who: Actor, case: Case | CaseChoice, choice: CaseChoice | None = None) -> CaseChoice:
        with acting(who):
            choice = choice or CaseChoice.objects.order_by("-id")[0]
            given = {"goes_on": case.id}
            return case_choice_machine.perform(who, "say", choice.id, version=choice.version, given=given)

    def agreed(self, case: Case) -> CaseChoice:
        self.ask()
        self.say(self.early_help, case)
        return self.say(self.youth_justice, case)

    def propose(self) -> Merge:
        with acting(self.officer):
            version = Referral.objects.get(pk=self.referral.id).version
            return propose_merge(self.officer, self.referral.id, version=version, child=self.known.id, reason=WHY)

    def confirm(self) -> Merge:
        with acting(self.manager):
            waiting = Confirmation.objects.get(noun="child", state=Confirmation.ASKED)
            done: Merge = confirmations.confirm(self.manager, waiting.id, given={"reason": WHY})
            return done

    def joined(self, goes_on: Case) -> Merge:
        self.agreed(goes_on)
        self.propose()
        return self.confirm()

    def taken_apart(self) -> Merge:
        with acting(self.officer):
            version = Referral.objects.get(pk=self.referral.id).version
            unmerge(self.officer, self.referral.id, version=version, reason="Two cousins.")
        return self.confirm()

    def transfer_of(self, case: Case, manager: Actor, *, to: str) -> Transfer:
        """The lead of a case asks another agency to lead it."""
        given = {**PROPOSAL, "to_agency_id": self.world.agency(to).id}
        with acting(manager):
            version = Case.objects.get(pk=case.id).version
            case_machine.perform(manager, "propose_transfer", case.id, version=version, given=given)
            return Transfer.objects.get(case_id=case.id, state=Transfer.PROPOSED)

    def now(self, who: Actor, case: Case) -> Case:
        with acting(who):
            return Case.objects.select_related("lead_agency").get(pk=case.id)
