"""Household and network: who is there for the child, who has parental responsibility, and who has been told."""

from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.form.parts import (
    NAME_LENGTH,
    OPTIONAL_GROUP,
    Choice,
    Field,
    Page,
    Section,
    ShowIf,
)
from backend.referrals.form.safety import DANGER

YES, NO = "yes", "no"
YES_NO_UNKNOWN = (Choice(YES, "Yes"), Choice(NO, "No"), Choice(NOT_KNOWN, "Not known"))


def known_or_not(name: str, label: str, missing: str, reads: str) -> Field:
    """Return a question with yes, no and not known as its three answers."""
    return Field(name=name, kind="choice", label=label, missing=missing, reads=reads, choices=YES_NO_UNKNOWN)


_PEOPLE = Page(
    name="people",
    title="Who is in the child’s family and network?",
    hint="Everybody in the home, and people who matter elsewhere: a parent who lives apart, grandparents, a partner. "
    "Brothers and sisters who also need help get a referral of their own.",
    fields=(
        Field(
            name="people",
            kind="list",
            label="Who is in the child’s family and network?",
            reads="Family and network",
            required=False,
            shared=True,
            fields=(
                Field(
                    name="name",
                    kind="text",
                    label="Name",
                    missing="Enter the name, or choose “Not known”.",
                    not_known=True,
                    max_length=NAME_LENGTH,
                ),
                Field(
                    name="relationship",
                    kind="choice",
                    label="Who are they to the child?",
                    missing="Say who they are to the child.",
                    vocabulary="relationships",
                ),
                Field(
                    name="date_of_birth",
                    kind="date",
                    label="Date of birth",
                    reads="Born",
                    required=False,
                ),
                known_or_not(
                    "lives_with_child",
                    "Do they live with the child?",
                    "Say whether they live with the child.",
                    "Lives with the child",
                ),
                known_or_not(
                    "parental_responsibility",
                    "Do they have parental responsibility?",
                    "Say whether they have parental responsibility.",
                    "Parental responsibility",
                ),
                known_or_not(
                    "told",
                    "Have they been told about this referral?",
                    "Say whether they have been told.",
                    "Told about this",
                ),
                Field(
                    name="phone",
                    kind="text",
                    label="Phone number",
                    hint="Say how it can be used safely under “Phone numbers”. Until then nobody uses it.",
                    required=False,
                    max_length=30,
                ),
            ),
        ),
        Field(
            name="trusted_adult",
            kind="text",
            label="Which adult does the child trust?",
            hint="Anybody: a relative, a coach, a teaching assistant.",
            reads="An adult the child trusts",
            required=False,
            max_length=NAME_LENGTH,
        ),
    ),
)

_INTERPRETER = Page(
    name="interpreter",
    title="Does anybody need an interpreter?",
    fields=(
        Field(
            name="interpreter_needed",
            kind="yes_no",
            label="Does anybody need an interpreter?",
            reads="Interpreter needed",
            required=False,
            shared=True,
        ),
        Field(
            name="interpreters",
            kind="list",
            label="Who needs one?",
            missing="Say who needs an interpreter.",
            reads="Interpreters",
            show_if=ShowIf("interpreter_needed", (True,)),
            shared=True,
            fields=(
                Field(
                    name="whom",
                    kind="text",
                    label="Who needs the interpreter?",
                    missing="Say who needs an interpreter.",
                    max_length=NAME_LENGTH,
                ),
                Field(
                    name="language",
                    kind="choice",
                    label="Language",
                    missing="Choose the language, or “Not known”.",
                    not_known=True,
                    vocabulary="languages",
                ),
                Field(
                    name="why",
                    kind="text",
                    label="Why, or what kind?",
                    hint="For example: speaks some English but not about health; needs a woman; signs.",
                    required=False,
                    max_length=NAME_LENGTH,
                ),
            ),
        ),
    ),
)

FAMILY = Section(
    name="family",
    title="Family, household and people who matter",
    group=OPTIONAL_GROUP,
    needs=(DANGER,),
    pages=(_PEOPLE, _INTERPRETER),
)
