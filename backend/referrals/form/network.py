"""Who helps already, under which plan or order, and what must be kept apart from the family and from others."""

from backend.access.marks import Mark
from backend.referrals.form.family import known_or_not
from backend.referrals.form.parts import NAME_LENGTH, NOTE_LENGTH, OPTIONAL_GROUP, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

NETWORK = Section(
    name="network",
    title="Who else is helping already",
    group=OPTIONAL_GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="professionals",
            title="Which professionals are involved?",
            fields=(
                Field(
                    name="professionals",
                    kind="list",
                    label="Which professionals are involved?",
                    reads="Professionals involved",
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
                            name="agency",
                            kind="text",
                            label="Organisation",
                            missing="Enter the organisation.",
                            max_length=NAME_LENGTH,
                        ),
                        Field(name="role", kind="text", label="Role", required=False, max_length=NAME_LENGTH),
                        Field(name="phone", kind="text", label="Work phone", required=False, max_length=30),
                        Field(
                            name="since",
                            kind="text",
                            label="Since when?",
                            reads="Since",
                            required=False,
                            max_length=60,
                        ),
                        known_or_not(
                            "aware",
                            "Do they know about this referral?",
                            "Say whether they know about this referral.",
                            "Knows about this referral",
                        ),
                        Field(
                            name="leads",
                            kind="yes_no",
                            label="Are they the lead practitioner?",
                            reads="Lead practitioner",
                            required=False,
                        ),
                    ),
                ),
            ),
        ),
        Page(
            name="legal",
            title="Is there a plan or an order for the child?",
            fields=(
                Field(
                    name="legal_statuses",
                    kind="choices",
                    label="Is there a plan or an order for the child?",
                    hint="Choose all that apply.",
                    reads="Plans and orders",
                    required=False,
                    not_known=True,
                    vocabulary="legal_statuses",
                ),
                Field(
                    name="legal_lead",
                    kind="text",
                    label="Who leads it?",
                    hint="The worker’s name and organisation.",
                    reads="Who leads the plan or order",
                    required=False,
                    not_known=True,
                    max_length=NAME_LENGTH,
                    show_if=ShowIf(
                        "legal_statuses",
                        (
                            "early_help_plan",
                            "child_in_need",
                            "child_protection",
                            "looked_after",
                            "care_leaver",
                            "youth_justice_order",
                        ),
                    ),
                ),
                Field(
                    name="immigration",
                    kind="text",
                    label="Nationality or immigration status",
                    hint="Only if it matters for the help.",
                    required=False,
                    max_length=NAME_LENGTH,
                ),
            ),
        ),
    ),
)

RESTRICTED = Section(
    name="restricted",
    title="What the family must not see",
    group=OPTIONAL_GROUP,
    hint="Kept apart from the rest, marked, and never shown or read out to the family.",
    needs=(DANGER,),
    pages=(
        Page(
            name="not_for_family",
            title="Is there anything that the family must not see?",
            fields=(
                Field(
                    name="not_for_family",
                    kind="long_text",
                    label="Is there anything that the family must not see?",
                    hint="Only what would put somebody at risk. Say what could happen if they saw it.",
                    reads="Must not be seen by the family",
                    required=False,
                    max_length=NOTE_LENGTH * 2,
                    mark=Mark.NOT_FOR_FAMILY,
                ),
            ),
        ),
        Page(
            name="third_party",
            title="Is there anything about other people that we need to know?",
            fields=(
                Field(
                    name="third_party",
                    kind="long_text",
                    label="Is there anything about other people that we need to know?",
                    hint="For example about a neighbour or another family. It is taken out when somebody asks for the "
                    "child’s record.",
                    reads="About other people",
                    required=False,
                    max_length=NOTE_LENGTH * 2,
                    mark=Mark.THIRD_PARTY,
                ),
            ),
        ),
    ),
)
