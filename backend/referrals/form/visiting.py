"""What a person who visits must know first."""

from backend.referrals.form.parts import NOTE_LENGTH, OPTIONAL_GROUP, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

# The warning that says nothing of what the police know (access.md, Labels).
POLICE_FIRST = "speak_to_police_first"

VISITING = Section(
    name="visiting",
    title="Safety of people who visit",
    group=OPTIONAL_GROUP,
    hint="Shown to everybody who works with the child, before they visit.",
    needs=(DANGER,),
    pages=(
        Page(
            name="risks",
            title="What should visitors know?",
            fields=(
                Field(
                    name="staff_safety",
                    kind="choices",
                    label="What should visitors know?",
                    hint="Choose all that apply.",
                    reads="Safety of visitors",
                    required=False,
                    not_known=True,
                    vocabulary="staff_safety",
                    shared=True,
                ),
                Field(
                    name="staff_safety_call",
                    kind="text",
                    label="Which number should they call before visiting?",
                    hint="Everybody who visits reads this. Write nothing here about why.",
                    missing="Enter the number to call before visiting.",
                    reads="Call before visiting",
                    max_length=30,
                    show_if=ShowIf("staff_safety", (POLICE_FIRST,)),
                    shared=True,
                ),
                Field(
                    name="staff_safety_note",
                    kind="text",
                    label="What has been seen, and what should a visitor do?",
                    reads="What visitors should do",
                    required=False,
                    max_length=NOTE_LENGTH,
                    shared=True,
                ),
                Field(
                    name="staff_safety_review",
                    kind="date",
                    label="When should this be looked at again?",
                    hint="Within a year. If you leave it empty, we ask in six months.",
                    reads="Look at visitors’ safety again",
                    required=False,
                    shared=True,
                ),
            ),
        ),
    ),
)
