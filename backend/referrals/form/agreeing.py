"""Agreement to be helped, and what happens when the family says no; it is no basis for sharing."""

from backend.referrals.form.parts import NOTE_LENGTH, Choice, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER
from backend.referrals.form.sharing import GROUP

REFUSED = ShowIf("agreement", ("refused",))
AT_RISK, TALK_AGAIN, ADVICE_FIRST = "at_risk", "talk_again", "advice_first"

AGREEMENT = Section(
    name="agreement",
    title="Agreement to be helped",
    group=GROUP,
    hint="Agreeing to help is not the same as a basis for sharing.",
    needs=(DANGER,),
    pages=(
        Page(
            name="agreement",
            title="Has the family agreed to be helped?",
            fields=(
                Field(
                    name="agreement",
                    kind="choice",
                    label="Has the family agreed to be helped?",
                    missing="Say whether the family agreed to be helped.",
                    reads="Agreement to be helped",
                    vocabulary="agreement_states",
                    shared=True,
                ),
                Field(
                    name="agreed_by",
                    kind="choice",
                    label="Who agreed?",
                    missing="Say who agreed.",
                    reads="Who agreed",
                    vocabulary="agreed_by",
                    show_if=ShowIf("agreement", ("given",)),
                    shared=True,
                ),
                Field(
                    name="agreed_how",
                    kind="choice",
                    label="How did they say so?",
                    missing="Say how they told you.",
                    reads="How they said so",
                    vocabulary="told_methods",
                    show_if=ShowIf("agreement", ("given",)),
                    shared=True,
                ),
                Field(
                    name="agreed_on",
                    kind="date",
                    label="When did they agree?",
                    reads="When they agreed",
                    required=False,
                    show_if=ShowIf("agreement", ("given",)),
                    shared=True,
                ),
                Field(
                    name="agreement_covers",
                    kind="choices",
                    label="Whose information does it cover?",
                    reads="Covers information about",
                    required=False,
                    vocabulary="covered_by_agreement",
                    show_if=ShowIf("agreement", ("given",)),
                    shared=True,
                ),
                Field(
                    name="agreement_why_not",
                    kind="long_text",
                    label="Why were they not asked?",
                    missing="Say why they were not asked.",
                    reads="Why they were not asked",
                    max_length=1_000,
                    show_if=ShowIf("agreement", ("not_asked",)),
                    shared=True,
                ),
            ),
        ),
        Page(
            name="without",
            title="The family said no. What do you want to do?",
            hint="A no is respected. Help that a family can refuse does not begin against its will.",
            fields=(
                Field(
                    name="without_agreement",
                    kind="choice",
                    label="The family said no. What do you want to do?",
                    missing="Say what you want to do now that the family said no.",
                    reads="Going on without agreement",
                    choices=(
                        Choice(
                            AT_RISK,
                            "Send this without agreement",
                            "Because I believe that the child may be harmed if nobody acts",
                        ),
                        Choice(TALK_AGAIN, "Talk with the family again first", "This stays saved as a draft"),
                        Choice(ADVICE_FIRST, "Ask the front door for advice first", "This stays saved as a draft"),
                    ),
                    show_if=REFUSED,
                    shared=True,
                ),
                Field(
                    name="without_agreement_why",
                    kind="long_text",
                    label="Why can this not wait for their agreement?",
                    missing="Say why this cannot wait for their agreement.",
                    reads="Why this goes on without agreement",
                    max_length=NOTE_LENGTH,
                    show_if=ShowIf("without_agreement", (AT_RISK,)),
                    shared=True,
                ),
            ),
        ),
    ),
)
