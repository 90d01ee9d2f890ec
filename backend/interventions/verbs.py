"""The words of the verbs of interventions and sessions, as a chronology says them."""

from collections.abc import Mapping

from backend.audit.verbs import register_verbs

_LABELS: Mapping[str, str] = {
    "intervention.recommend": "Recommended a service",
    "intervention.offer": "Asked the provider",
    "intervention.provider_accept": "The provider can help",
    "intervention.provider_decline": "The provider cannot help",
    "intervention.agree": "Recorded that the family wants it",
    "intervention.refuse": "Recorded that the family does not want it",
    "intervention.waitlist": "Put on the waiting list",
    "intervention.confirm_still_needed": "Said that it is still needed",
    "intervention.ask_again": "Asked whether it is still needed",
    "intervention.ask_to_decide": "Asked what follows, because the provider has gone",
    "intervention.give_back": "Gave it back, because the agency that gave it ends",
    "intervention.hand_on": "Handed it to another provider, because the agency that gave it ends",
    "intervention.name_worker": "Said who gives it",
    "intervention.pass_on": "Passed it on, because whoever gave it left or has a conflict of interest",
    "intervention.say_who_goes_on": "Said who goes on with it",
    "intervention.stop_sharing": "Stopped sharing with the provider",
    "intervention.share_again": "Shared it with the provider again",
    "intervention.tie_goals": "Said which goals it works towards",
    "intervention.start": "Started",
    "intervention.complete": "Completed",
    "intervention.end_early": "Ended early",
    "intervention.cancel": "Cancelled",
    "intervention.rest": "Ended with everything else that was planned for the child",
    "intervention.take_up": "Went on where it stood",
    "session.plan": "Planned a session",
    "session.add": "Recorded a session",
    "session.record": "Recorded a planned session",
    "session.move": "Moved a session to another time",
    "session.call_off": "Called a session off",
    "session.correct": "Corrected a session",
    "session.undo": "Took back what was just recorded",
    "session.pass_on": "Gave a concern to the lead practitioner",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
