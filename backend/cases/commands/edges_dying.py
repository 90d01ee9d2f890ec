"""The edges by which it is recorded that a child has died, and by which that is taken back."""

from collections.abc import Mapping, Sequence

from backend.access.policy import Permission
from backend.cases import rules
from backend.cases.commands import dying
from backend.cases.commands.telling import managers, name_managers, name_practitioner, practitioner
from backend.cases.models import Case
from backend.children.dying import NO_PAGE
from backend.notifications.audience import Audience
from backend.workflow.machine import Clocks, Edge, Tell


def _concerned(case: Case) -> Sequence[Audience]:
    return case.concerned


def _all(message: str) -> tuple[Tell, ...]:
    """Tell at once everybody who may have something planned: none of it may reach the family."""
    return (
        Tell(message, practitioner, name_practitioner, urgent=lambda _case: True),
        Tell(
            message,
            _concerned,
            lambda _case: "Everybody else who works with the child",
            urgent=lambda _case: True,
            path=lambda _case: NO_PAGE,
        ),
    )


DYING: Mapping[str, Edge] = {
    "record_death": Edge(
        permission=Permission.CASE_RECORD_DEATH,
        label="Record that the child has died",
        hint="When a second manager agrees, all messages, reminders and visits stop, only named people open it, and "
        "everybody else who works with the child is asked to ring.",
        rules=(rules.day_of_death_fits,),
        clocks=Clocks(stops_all_but=()),
        tells=(Tell("case_kept_for_review", managers, name_managers), *_all("case_rests")),
        first=dying.died,
        then=dying.tell_siblings,
        second_person=rules.death_asks_for_a_second_person,
        suits=rules.may_be_recorded,
        seldom=True,
    ),
    "take_back_death": Edge(
        permission=Permission.CASE_TAKE_BACK_DEATH,
        label="Record that the child is alive",
        hint="It was recorded in error. When a second manager agrees, everything goes on as it stood.",
        rules=(rules.is_taken_back_where_it_was_recorded, rules.no_other_case_is_open),
        tells=(Tell("case_goes_on_again", managers, name_managers), *_all("case_goes_on_again")),
        first=dying.taken_back,
        then=dying.tell_siblings,
        second_person=rules.taking_back_asks_for_a_second_person,
        suits=rules.is_recorded,
    ),
}
