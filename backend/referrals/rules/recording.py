"""What must be true to correct, rematch, or to record who was told."""

from collections.abc import Iterator, Sequence
from itertools import chain

from backend.children.contacting import CHANNELS, Channel, refusal
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.form.sharing import AT_HOME, SILENT
from backend.referrals.models import Referral, Told
from backend.referrals.rules.deciding import child_matched
from backend.referrals.rules.facts import NEW_CHILD, Facts, KnownPerson, Rules
from backend.workflow.machine import Given


def corrects_the_last_word(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """There is a decision, and it has not been corrected by another one yet."""
    if not facts.decisions:
        yield "There is no decision to correct."
    elif given is not None and given["decision"] not in {decision.id for decision in facts.decisions}:
        yield "Choose a decision that has not been corrected yet."


def challenges_a_decision(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """There is a decision to disagree with, and it has not been corrected since."""
    if not facts.decisions:
        yield "Nothing has been decided yet. Ring the agency that holds it if you are worried."
    elif given is not None and given["decision"] not in {decision.id for decision in facts.decisions}:
        yield "Choose a decision that has not been corrected yet."


def rematch_changes_the_child(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """The referral moves to another child than the one it stands with, and to one that was offered."""
    if referral.case_id is not None:
        yield "A case has grown from this referral. The agency that leads it has to agree before the child is changed."
    if given is None:
        return
    if given["child_match"] == NEW_CHILD:
        if facts.canonical_id in (None, referral.child_id):
            yield "This referral already stands with a child record of its own."
        return
    chosen = child_matched(given["child_match"], referral)
    if chosen == facts.canonical_id:
        yield "This referral already stands with that child."
    elif chosen not in {candidate.id for candidate in facts.candidates}:
        yield "The child you chose is not among those who may be the same. Look at the list again."


def told_or_why_not(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Either how and when they were told, or why not yet and when to look again."""
    if given is None:
        return
    if given["was_told"]:
        yield from _how_and_when(given)
    else:
        yield from _why_not_and_when_again(given)


def _how_and_when(given: Given) -> Iterator[str]:
    if not given.get("method"):
        yield "Say how they were told."
    if given.get("told_at") is None:
        yield "Say when they were told."
    elif given["told_at"] > clock.now():
        yield "The time they were told cannot be in the future."


def _why_not_and_when_again(given: Given) -> Iterator[str]:
    if not given.get("why_not"):
        yield "Say why they have not been told yet."
    if given.get("look_again_on") is None:
        yield "Say when you will look at this again."
    elif given["look_again_on"] < local(clock.now()).date():
        yield "The day to look again cannot be in the past."


def person_told(facts: Facts, given: Given) -> KnownPerson | None:
    """Return who of those around the child this is about, where it says so."""
    named = given.get("person") if given["who"] == Told.PARENT else None
    return next((one for one in facts.people if one.can_be_told and one.id == named), None) if named else None


def tells_somebody_known(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Who is named is somebody around this child, as far as whoever records it reads who that is."""
    if given is None or given["who"] != Told.PARENT or not given.get("person"):
        return
    if person_told(facts, given) is None:
        yield "Choose one of the people around the child. If they are not in the list, leave that question open."


def told_safely(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody is said to have been reached in a way that the rules about reaching them forbid (product.md, Intake).

    What has no rule forbids nothing here: a parent rings in whose number nobody wrote down.
    """
    if given is None or not given["was_told"] or not given.get("told_at"):
        return
    channel = CHANNELS.get(given.get("method", ""))
    if given["who"] == Told.REFERRER:
        yield from _caller_reached(facts, channel, given)
    elif channel:
        yield from _family_reached(_rules_of(facts, given), facts.numbers, channel, given)


def _caller_reached(facts: Facts, channel: Channel | None, given: Given) -> Iterator[str]:
    caller = facts.caller
    if caller is None:
        return
    if caller.feedback in SILENT:
        yield "Whoever raised this does not want to hear back. Record that they have not been told, and why."
    elif channel and caller.feedback in AT_HOME:
        refused = refusal(caller.rule, channel, given["told_at"])
        if refused:
            yield f"Whoever raised this must not be reached like that. {refused.sentence}"


def _rules_of(facts: Facts, given: Given) -> Sequence[Rules]:
    """Return the rules of each number of the child, or of the person who is named; empty where none are known."""
    if given["who"] == Told.CHILD:
        return facts.child_rules
    person = person_told(facts, given)
    return person.rules if person else ()


def _family_reached(own: Sequence[Rules], all_of: Rules, channel: Channel, given: Given) -> Iterator[str]:
    """Among several numbers one may be safe; a letter lies at home for everybody, so no rule may speak against it.

    Somebody's own numbers count before the family's: a rule of the other parent's says nothing of theirs.
    """
    numbers: Sequence[Rules] = own or [(rule,) for rule in all_of]
    is_letter = channel is Channel.LETTER
    asked = [*numbers, all_of] if is_letter else numbers
    refused = [[why.sentence for rule in each if (why := refusal(rule, channel, given["told_at"]))] for each in asked]
    if any(refused) if is_letter else refused and all(refused):
        whom = "They" if own else "The family"
        yield " ".join([f"{whom} must not be reached like that.", *dict.fromkeys(chain.from_iterable(refused))])


def follow_up_was_sent(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """It has gone out already."""
    if given is not None and given["sent_at"] > clock.now():
        yield "The time it was sent cannot be in the future."
