"""How to reach the child and the family without putting anybody at risk: each number with its rule."""

from backend.referrals.form.parts import NAME_LENGTH, NOTE_LENGTH, OPTIONAL_GROUP, Field, Page, Section
from backend.referrals.form.safety import DANGER


def contact_rule(label: str = "How can this number be used safely?") -> Field:
    """Return the question how a number may be used; who does not know says so, and nothing is sent to it then."""
    return Field(
        name="rule",
        kind="choice",
        label=label,
        missing="Say how this number can be used safely, or choose “Not known”.",
        reads="Safe to use",
        not_known=True,
        vocabulary="contact_rules",
    )


REACHING = Section(
    name="reaching",
    title="Phone numbers, and when it is safe to use them",
    group=OPTIONAL_GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="phones",
            title="Which numbers reach the child and family?",
            hint="We call or write only in the way you say is safe.",
            fields=(
                Field(
                    name="phones",
                    kind="list",
                    label="Which numbers reach the child and family?",
                    reads="Phone numbers",
                    required=False,
                    shared=True,
                    fields=(
                        Field(
                            name="whose",
                            kind="text",
                            label="Whose number is it?",
                            hint="For example: the child, Mum, Grandad.",
                            missing="Say whose number it is.",
                            max_length=NAME_LENGTH,
                        ),
                        Field(
                            name="number",
                            kind="text",
                            label="Phone number",
                            missing="Enter the phone number.",
                            max_length=30,
                        ),
                        contact_rule(),
                    ),
                ),
                Field(
                    name="contact_note",
                    kind="long_text",
                    label="Is there anything else about contacting them safely?",
                    hint="For example: the phone is shared; do not mention the police.",
                    reads="About contacting them safely",
                    required=False,
                    max_length=NOTE_LENGTH,
                    shared=True,
                ),
            ),
        ),
    ),
)
