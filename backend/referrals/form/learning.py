"""Additional needs, school, health and further addresses: what helps the child; all of it may be left out."""

from backend.access.marks import Mark
from backend.referrals.form.child import BORN
from backend.referrals.form.parts import (
    NAME_LENGTH,
    NOTE_LENGTH,
    OPTIONAL_GROUP,
    PROTECTED,
    Field,
    Page,
    Section,
    ShowIf,
    lasted,
)
from backend.referrals.form.safety import DANGER

HAS_NEEDS = ("suspected", "awaiting_assessment", "sen_support", "ehcp")

_OWN_WORDS = Page(
    name="own_words",
    title="How does the child describe themself?",
    hint="Go on if you do not know. Nobody should be asked only for this form.",
    fields=(
        Field(
            name="child_gender",
            kind="choice",
            label="Gender",
            required=False,
            not_known=True,
            vocabulary="genders",
            show_if=BORN,
        ),
        Field(
            name="child_religion",
            kind="choice",
            label="Religion",
            required=False,
            not_known=True,
            vocabulary="religions",
            show_if=BORN,
            shared=True,
        ),
    ),
)

_NEEDS = Page(
    name="needs",
    title="Does the child have additional needs?",
    fields=(
        Field(
            name="disabilities",
            kind="choices",
            label="Is the child disabled?",
            hint="Choose all that apply.",
            reads="Disability",
            required=False,
            not_known=True,
            vocabulary="disabilities",
        ),
        Field(
            name="sen_status",
            kind="choice",
            label="Special educational needs or neurodiversity",
            hint="Say so too if you only suspect it, or if they are waiting for an assessment.",
            required=False,
            not_known=True,
            vocabulary="sen_statuses",
        ),
        Field(
            name="sen_types",
            kind="choices",
            label="What kind of need?",
            reads="Kind of special educational need",
            required=False,
            not_known=True,
            vocabulary="sen_types",
            show_if=ShowIf("sen_status", HAS_NEEDS),
        ),
        Field(
            name="sen_waiting_since",
            kind="text",
            label="Waiting since when?",
            reads="Waiting for an assessment since",
            required=False,
            not_known=True,
            max_length=60,
            show_if=ShowIf("sen_status", ("awaiting_assessment",)),
        ),
        Field(
            name="communication",
            kind="text",
            label="How does the child communicate best?",
            hint="For example: pictures, sign language, short sentences, time to answer.",
            reads="Communicates best",
            required=False,
            max_length=NAME_LENGTH,
        ),
    ),
)

_SCHOOLING = Page(
    name="schooling",
    title="How is school going?",
    fields=(
        Field(
            name="school_year",
            kind="choice",
            label="School year",
            required=False,
            not_known=True,
            vocabulary="school_years",
            show_if=BORN,
        ),
        Field(
            name="attendance",
            kind="text",
            label="Attendance",
            hint="For example: 82% this term.",
            required=False,
            not_known=True,
            max_length=60,
            show_if=BORN,
        ),
        Field(
            name="exclusions",
            kind="text",
            label="Suspensions or exclusions",
            hint="How many, when and why.",
            required=False,
            not_known=True,
            max_length=NAME_LENGTH,
            show_if=BORN,
        ),
        Field(
            name="alternative_provision",
            kind="text",
            label="Alternative provision or part-time timetable",
            required=False,
            not_known=True,
            max_length=NAME_LENGTH,
            show_if=BORN,
        ),
    ),
)

_HEALTH = Page(
    name="health",
    title="Which GP practice is the child with?",
    fields=(
        Field(
            name="gp",
            kind="text",
            label="GP practice",
            required=False,
            not_known=True,
            max_length=NAME_LENGTH,
            shared=True,
        ),
        Field(
            name="physical_description",
            kind="text",
            label="What does the child look like?",
            hint="Only if somebody may have to look for them.",
            reads="Looks like",
            required=False,
            max_length=NOTE_LENGTH,
            show_if=BORN,
        ),
    ),
)

LEARNING = Section(
    name="learning",
    title="How the child describes themself, needs, school, health",
    group=OPTIONAL_GROUP,
    needs=(DANGER,),
    pages=(_OWN_WORDS, _NEEDS, _SCHOOLING, _HEALTH),
)

SAID_BY = Field(
    name="said_by",
    kind="choice",
    label="Who says so?",
    reads="Said by",
    required=False,
    vocabulary="address_sources",
)

ELSEWHERE = Section(
    name="elsewhere",
    title="No fixed home, more addresses or numbers",
    group=OPTIONAL_GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="whereabouts",
            title="Where is the child now?",
            fields=(
                Field(
                    name="no_fixed_home",
                    kind="yes_no",
                    label="Is the child without a fixed home?",
                    reads="No fixed home",
                    required=False,
                    shared=True,
                ),
                Field(
                    name="whereabouts",
                    kind="text",
                    label="Where is the child now, if not at the address you gave?",
                    reads="Where the child is now",
                    required=False,
                    not_known=True,
                    max_length=NAME_LENGTH,
                    mark=Mark.LOCATION,
                    mark_if="address_protected",
                ),
            ),
        ),
        Page(
            name="addresses",
            title="Which other addresses matter?",
            fields=(
                Field(
                    name="other_addresses",
                    kind="list",
                    label="Which other addresses matter?",
                    reads="Other addresses",
                    required=False,
                    shared=True,
                    fields=(
                        Field(
                            name="address",
                            kind="text",
                            label="Address",
                            missing="Enter the address.",
                            max_length=NAME_LENGTH,
                        ),
                        Field(
                            name="kind",
                            kind="choice",
                            label="What is it?",
                            missing="Say what kind of address it is.",
                            vocabulary="address_kinds",
                            without=("learns",),
                        ),
                        Field(name="postcode", kind="text", label="Postcode", required=False, max_length=10),
                        Field(
                            name="ward",
                            kind="choice",
                            label="Ward",
                            required=False,
                            not_known=True,
                            vocabulary="wards",
                        ),
                        *lasted("From", "Until"),
                        SAID_BY,
                        Field(
                            name=PROTECTED,
                            kind="yes_no",
                            label="Must this address be kept secret?",
                            hint="Only the people who decide and the child’s named worker can then ask for it.",
                            reads="Protected",
                            required=False,
                        ),
                    ),
                ),
            ),
        ),
        Page(
            name="identifiers",
            title="Which other numbers name the child?",
            hint="For example a former pupil number, or a case number. Nothing waits for them.",
            fields=(
                Field(
                    name="other_numbers",
                    kind="list",
                    label="Which other numbers name the child?",
                    reads="Other numbers",
                    required=False,
                    fields=(
                        Field(
                            name="kind",
                            kind="choice",
                            label="What number is it?",
                            missing="Say what number it is.",
                            vocabulary="identifier_kinds",
                        ),
                        Field(name="value", kind="text", label="Number", missing="Enter the number.", max_length=40),
                        *lasted("From", "Until"),
                        SAID_BY,
                    ),
                ),
            ),
        ),
    ),
)
