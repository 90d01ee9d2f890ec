"""Harm outside the home, weapons and threats, and what is on record already."""

from backend.access.marks import Mark
from backend.core import vocabulary
from backend.referrals.form.parts import (
    NAME_LENGTH,
    NOTE_LENGTH,
    OPTIONAL_GROUP,
    Choice,
    Field,
    Page,
    Section,
    ShowIf,
)
from backend.referrals.form.safety import DANGER

_HARM = Page(
    name="harm",
    title="Where, with whom or online does harm happen?",
    hint="The child may be harmed and may harm others at once. Write about places and roles, not about guilt.",
    fields=(
        Field(
            name="outside_harm",
            kind="list",
            label="Where, with whom or online does harm happen?",
            reads="Harm outside the home",
            required=False,
            fields=(
                Field(
                    name="kind",
                    kind="choice",
                    label="Is it a place, people, or online?",
                    missing="Say whether it is a place, people, or online.",
                    vocabulary="outside_home_kinds",
                ),
                Field(
                    name="what",
                    kind="text",
                    label="Which, and what happens there?",
                    missing="Say which it is and what happens.",
                    max_length=NOTE_LENGTH,
                ),
                Field(
                    name="when",
                    kind="text",
                    label="When?",
                    hint="For example: after school, most days since September.",
                    required=False,
                    max_length=NAME_LENGTH,
                ),
            ),
        ),
        Field(
            name="feels_unsafe",
            kind="text",
            label="Where does the child feel unsafe?",
            hint="As they say it.",
            reads="Feels unsafe",
            required=False,
            not_known=True,
            max_length=NAME_LENGTH,
        ),
    ),
)

_ASSOCIATES = Page(
    name="associates",
    title="Are there other people we need to know of?",
    hint="Names of people who are not the child’s family. They are kept apart, and only few may read them.",
    fields=(
        Field(
            name="associates",
            kind="list",
            label="Are there other people we need to know of?",
            reads="Other people connected with the harm",
            required=False,
            mark=Mark.THIRD_PARTY,
            fields=(
                Field(
                    name="name",
                    kind="text",
                    label="Name, or what they are called",
                    missing="Enter the name, or what they are called.",
                    max_length=NAME_LENGTH,
                ),
                Field(
                    name="why",
                    kind="text",
                    label="Why do we need to know?",
                    missing="Say why we need to know.",
                    max_length=NOTE_LENGTH,
                ),
            ),
        ),
    ),
)

_WEAPONS = Page(
    name="weapons",
    title="Are there weapons or threats to life?",
    fields=(
        Field(
            name="weapons",
            kind="text",
            label="Weapons: what was seen or said, and when?",
            reads="Weapons",
            required=False,
            max_length=NOTE_LENGTH,
        ),
        Field(
            name="threats_to_life",
            kind="text",
            label="Threats to life: against whom, by whom, and when?",
            hint="Tell the police today if you have not yet.",
            reads="Threats to life",
            required=False,
            max_length=NOTE_LENGTH,
        ),
    ),
)

OUTSIDE = Section(
    name="outside",
    title="Harm outside the home",
    group=OPTIONAL_GROUP,
    hint="Places, people, online, weapons, threats.",
    needs=(DANGER,),
    pages=(_HARM, _ASSOCIATES, _WEAPONS),
)

BACKGROUND = Section(
    name="background",
    title="When it began, and what is on record",
    group=OPTIONAL_GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="began",
            title="When did the concern arise?",
            fields=(
                Field(
                    name="concern_arose",
                    kind="date",
                    label="When did the concern arise?",
                    reads="Concern arose",
                    required=False,
                    not_known=True,
                ),
                Field(
                    name="called_before",
                    kind="text",
                    label="Have you already spoken with somebody about this?",
                    hint="Who, where and when: for example the front door, by phone.",
                    reads="Spoken with already",
                    required=False,
                    max_length=NAME_LENGTH,
                ),
                Field(
                    name="scale",
                    kind="choice",
                    label="How safe and well is the child, from 0 to 10?",
                    hint="0: we must act today. 10: nothing to worry about. Your own view; nobody counts it up.",
                    reads="Safe and well, 0 to 10, as the referrer sees it",
                    required=False,
                    choices=tuple(Choice(str(value), str(value)) for value in range(11)),
                ),
            ),
        ),
        Page(
            name="moment",
            title="Has one of these just happened?",
            hint="In the hours after it a child is most likely to take help: whoever decides sees how long ago it was.",
            fields=(
                Field(
                    name="moment_kind",
                    kind="choice",
                    label="Has one of these just happened?",
                    reads="Critical moment",
                    required=False,
                    vocabulary="critical_moments",
                ),
                Field(
                    name="moment_at",
                    kind="datetime",
                    label="When did it happen?",
                    missing="Enter the date and time it happened.",
                    reads="When it happened",
                    show_if=ShowIf("moment_kind", tuple(vocabulary.get("critical_moments").codes)),
                ),
            ),
        ),
        Page(
            name="incidents",
            title="Is anything on record elsewhere?",
            fields=(
                Field(
                    name="incidents",
                    kind="list",
                    label="Is anything on record elsewhere?",
                    reads="References elsewhere",
                    required=False,
                    fields=(
                        Field(
                            name="reference",
                            kind="text",
                            label="Reference",
                            missing="Enter the reference.",
                            max_length=80,
                        ),
                        Field(
                            name="kind",
                            kind="choice",
                            label="What is it?",
                            missing="Say what the reference is.",
                            vocabulary="incident_kinds",
                        ),
                        Field(name="on", kind="date", label="Date", required=False),
                    ),
                ),
            ),
        ),
        Page(
            name="early_help",
            title="Has the family had early help before?",
            fields=(
                Field(
                    name="early_help_before",
                    kind="choice",
                    label="Has the family had early help before?",
                    reads="Early help before",
                    required=False,
                    not_known=True,
                    vocabulary="early_help_before",
                    shared=True,
                ),
                Field(
                    name="early_help_result",
                    kind="text",
                    label="What came of it?",
                    reads="What came of the early help",
                    required=False,
                    not_known=True,
                    max_length=NOTE_LENGTH,
                    show_if=ShowIf("early_help_before", ("open", "ended", "refused")),
                    shared=True,
                ),
            ),
        ),
    ),
)
