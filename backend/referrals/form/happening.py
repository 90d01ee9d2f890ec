"""What is going on: worries and strengths with what they rest on, coded factors, level of need, what was tried."""

from backend.access.marks import Mark
from backend.core import vocabulary
from backend.referrals.form.parts import LABELS, MARK, NAME_LENGTH, WORDS_LENGTH, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

GROUP = "What is happening"
# The levels at which one service alone no longer helps: what was tried matters to whoever helps next.
NEEDS_MORE_THAN_ONE_SERVICE = ("additional", "complex")


# Who reads it, where that is not everybody; and what whoever visits is warned of instead of it.
_LABELLED = (
    Field(
        name=MARK,
        kind="choice",
        label="Should only some people read this?",
        hint="Leave this empty if everybody who works on the referral may read it.",
        required=False,
        vocabulary=LABELS,
    ),
    Field(
        name="visitors_at_risk",
        kind="yes_no",
        label="Could somebody who visits be at risk because of this?",
        missing="Say whether somebody who visits could be at risk.",
        reads="A risk to visitors",
        show_if=ShowIf(MARK, (Mark.POLICE.value,)),
    ),
)


def _statement(label: str, missing: str) -> tuple[Field, ...]:
    """Return the questions about one thing said: the words, what they rest on, who said it, and how old it is."""
    return (
        Field(name="text", kind="long_text", label=label, missing=missing, max_length=WORDS_LENGTH),
        Field(
            name="basis",
            kind="choice",
            label="How do you know?",
            missing="Say how you know: seen, told or your opinion.",
            vocabulary="statement_bases",
        ),
        Field(
            name="told_by",
            kind="text",
            label="Who told you?",
            missing="Say who told you.",
            max_length=NAME_LENGTH,
            show_if=ShowIf("basis", ("told",)),
        ),
        Field(
            name="currency",
            kind="choice",
            label="When was this?",
            missing="Say whether this was in the past 6 months or earlier.",
            vocabulary="currency",
        ),
        *_LABELLED,
    )


HAPPENING = Section(
    name="happening",
    title="Worries, strengths and what would help",
    group=GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="worried_about",
            title="What are you worried about?",
            hint="Say what happened, as the child or family could read it. Do not name other children.",
            fields=(
                Field(
                    name="worried_about",
                    kind="list",
                    label="What are you worried about?",
                    missing="Tell us at least one thing you are worried about.",
                    reads="Worried about",
                    fields=_statement("What happened?", "Say what happened."),
                ),
            ),
        ),
        Page(
            name="working_well",
            title="What is working well?",
            hint="Strengths, people who help, times when things go better.",
            fields=(
                Field(
                    name="working_well",
                    kind="list",
                    label="What is working well?",
                    missing="Tell us one thing that is working well, or choose “Not known”.",
                    reads="Working well",
                    not_known=True,
                    fields=_statement("What goes well?", "Say what goes well."),
                ),
            ),
        ),
        Page(
            name="needs_to_happen",
            title="What needs to happen?",
            fields=(
                Field(
                    name="needs_to_happen",
                    kind="long_text",
                    label="What needs to happen?",
                    hint="What would make life better for the child, and who could help.",
                    missing="Say what needs to happen, or choose “Not known”.",
                    reads="Needs to happen",
                    not_known=True,
                    max_length=WORDS_LENGTH,
                ),
            ),
        ),
    ),
)

FACTORS = Section(
    name="factors",
    title="Things that add risk, things that protect",
    group=GROUP,
    hint="Tick what you know. Nobody adds it up to a score.",
    needs=(DANGER,),
    pages=(
        Page(
            name="current",
            title="In the past 6 months, which of these have you seen or heard of?",
            fields=(
                Field(
                    name="factors_current",
                    kind="choices",
                    label="In the past 6 months, which of these have you seen or heard of?",
                    hint="Choose all that apply, strengths too.",
                    missing="Choose at least one, or “Not known”.",
                    reads="In the past 6 months",
                    not_known=True,
                    vocabulary="factors",
                ),
            ),
        ),
        Page(
            name="earlier",
            title="And more than 6 months ago?",
            fields=(
                Field(
                    name="factors_earlier",
                    kind="choices",
                    label="And more than 6 months ago?",
                    hint="Go on if there is nothing to add.",
                    reads="More than 6 months ago",
                    required=False,
                    not_known=True,
                    vocabulary="factors",
                ),
            ),
        ),
        Page(
            name="about",
            title="Do you want to say more about any of these?",
            hint="Only where it matters whom it is about, or what you rest it on. Go on if there is nothing to add.",
            fields=(
                Field(
                    name="factor_details",
                    kind="list",
                    label="Do you want to say more about any of these?",
                    reads="More about these",
                    required=False,
                    show_if=ShowIf("factors_current", tuple(vocabulary.get("factors").codes)),
                    fields=(
                        Field(
                            name="code",
                            kind="choice",
                            label="Which one?",
                            missing="Choose one that you ticked before.",
                            vocabulary="factors",
                        ),
                        Field(
                            name="concerns",
                            kind="choice",
                            label="Whom is it about?",
                            missing="Say whom it is about.",
                            vocabulary="concerns",
                        ),
                        Field(
                            name="basis",
                            kind="choice",
                            label="How do you know?",
                            missing="Say how you know: seen, told or your opinion.",
                            vocabulary="statement_bases",
                        ),
                    ),
                ),
            ),
        ),
    ),
)

NEED = Section(
    name="need",
    title="How much help is needed",
    group=GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="level",
            title="What level of need do you believe this is?",
            fields=(
                Field(
                    name="level_believed",
                    kind="choice",
                    label="What level of need do you believe this is?",
                    hint="What you believe now. The people who receive this decide with you, not the computer.",
                    missing="Choose the level of need you believe this is.",
                    reads="Level of need, as the referrer believes",
                    vocabulary="levels_of_need",
                ),
            ),
        ),
        Page(
            name="tried",
            title="What has been tried so far?",
            fields=(
                Field(
                    name="tried_before",
                    kind="long_text",
                    label="What has been tried so far?",
                    hint="What you or others did, and what changed. If nothing was possible yet, say why.",
                    missing="Say what has been tried so far and what changed.",
                    reads="Tried so far",
                    max_length=WORDS_LENGTH,
                    show_if=ShowIf("level_believed", NEEDS_MORE_THAN_ONE_SERVICE),
                ),
            ),
        ),
    ),
)
