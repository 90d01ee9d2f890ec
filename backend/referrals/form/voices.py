"""What the child and the parents say: in their words, or the reason why nobody could hear them yet."""

from backend.referrals.form.child import BORN
from backend.referrals.form.parts import NAME_LENGTH, WORDS_LENGTH, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

_CHILD = Page(
    name="child_voice",
    title="What does the child say?",
    fields=(
        Field(
            name="child_heard",
            kind="yes_no",
            label="Have you been able to hear what the child thinks?",
            missing="Say whether you have been able to hear what the child thinks.",
            reads="Child’s view heard",
            show_if=BORN,
        ),
        Field(
            name="child_voice",
            kind="long_text",
            label="What did the child say or show?",
            hint="Their own words if you can, or what they drew, played or did.",
            missing="Write what the child said or showed you.",
            reads="In the child’s own words",
            max_length=WORDS_LENGTH,
            show_if=ShowIf("child_heard", (True,)),
        ),
        Field(
            name="child_voice_how",
            kind="text",
            label="How did you hear it?",
            hint="For example: on a walk, with their form tutor there.",
            missing="Say how you heard the child’s view.",
            reads="How the child was heard",
            max_length=NAME_LENGTH,
            show_if=ShowIf("child_heard", (True,)),
        ),
        Field(
            name="voice_why_not",
            kind="choice",
            label="Why not?",
            missing="Say why you could not hear the child’s view.",
            reads="Why the child was not heard",
            vocabulary="voice_why_not",
            without=("unborn",),
            show_if=ShowIf("child_heard", (False,)),
        ),
        Field(
            name="voice_why_not_note",
            kind="text",
            label="What was the reason?",
            missing="Say what the reason was.",
            reads="The reason",
            max_length=NAME_LENGTH,
            show_if=ShowIf("voice_why_not", ("other",)),
        ),
    ),
)

_PARENTS = Page(
    name="parent_view",
    title="What do the parents or carers say?",
    fields=(
        Field(
            name="parent_view",
            kind="long_text",
            label="What do the parents or carers say?",
            hint="About the worry, and about asking for help. Say which of them said it.",
            missing="Write what the parents or carers say, or choose “Not known”.",
            reads="The parents’ or carers’ view",
            not_known=True,
            max_length=WORDS_LENGTH,
        ),
    ),
)

VOICES = Section(
    name="voices",
    title="What the child and the parents say",
    group="Their voices",
    needs=(DANGER,),
    pages=(_CHILD, _PARENTS),
)
