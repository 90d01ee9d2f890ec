"""What each act about a pair of records takes."""

from backend.referrals.serializers.fields import ShareInput
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class MergeInput(EdgeInput):
    """Join the record of a referral's child to a child who was offered."""

    reason = fields.long_text("Why are they the same child?", hint="A second person reads this before they agree")


class UnmergeInput(EdgeInput):
    """Take two records apart."""

    reason = fields.long_text("Why are they two children?", hint="A second person reads this before they agree")


class DropMergeInput(EdgeInput):
    """End a proposal to join."""

    reason = fields.long_text("Why will they not be joined?")


class ProposeMergeInput(MergeInput):
    """The same, with the child who was offered."""

    child = fields.chosen_id("child_match", "Which child is it?")


class AskLeadsInput(EdgeInput):
    """Ask those who lead two open cases which goes on."""

    child = fields.chosen_id("child_match", "Which child is it?")


class SayInput(EdgeInput):
    """Which of the two goes on."""

    goes_on = fields.chosen_id("record", "Which case goes on?", hint="The other one ends as joined")


class DropChoiceInput(EdgeInput):
    """End the question."""

    reason = fields.long_text("Why do you not ask any more?")


class NotSameInput(EdgeInput):
    """Say that a child who was offered is another child."""

    child = fields.chosen_id("child_match", "Which child is it not?")
    reason = fields.long_text("How do you know that they are two children?")


class UndoNotSameInput(EdgeInput):
    """Take that back."""

    child = fields.chosen_id("child_match", "Which child may it be after all?")
    reason = fields.long_text("Why may they be the same child?")


class RecogniseInput(EdgeInput):
    """Whether a child one knows is the one being written about."""

    child = fields.chosen_id("child_match", "Which child?")
    is_same = fields.yes_no("Is it the same child?")


class AskElsewhereInput(ShareInput):
    """Ask the agencies that may know the child where one does not see."""

    question = fields.long_text(
        "What do you want to know?", hint="They read this, and who the child is; nothing else of the referral"
    )
    purpose = fields.code("request_purposes", "What do you need it for?")


CASE_CHOICE_INPUTS: dict[str, type[EdgeInput]] = {"say": SayInput, "drop": DropChoiceInput}
MERGE_INPUTS: dict[str, type[EdgeInput]] = {
    "merge": MergeInput,
    "unmerge": UnmergeInput,
    "drop_merge": DropMergeInput,
}
