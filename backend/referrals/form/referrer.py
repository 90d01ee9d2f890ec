"""Who refers, beyond what their account says: how they know the child, whom they asked, how to reach them."""

from backend.referrals.form.parts import NAME_LENGTH, OPTIONAL_GROUP, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

REFERRER = Section(
    name="referrer",
    title="About you",
    group=OPTIONAL_GROUP,
    hint="Your name, role and organisation are known from your account.",
    needs=(DANGER,),
    pages=(
        Page(
            name="you",
            title="How do you know the child?",
            fields=(
                Field(
                    name="referrer_relationship",
                    kind="text",
                    label="How do you know the child?",
                    hint="For example: I have been their form tutor since September.",
                    reads="How the referrer knows the child",
                    required=False,
                    max_length=NAME_LENGTH,
                    shared=True,
                ),
                Field(
                    name="referrer_consulted",
                    kind="yes_no",
                    label="Have you talked with your safeguarding lead or line manager?",
                    reads="Talked with a safeguarding lead or line manager",
                    required=False,
                    shared=True,
                ),
                Field(
                    name="referrer_consulted_who",
                    kind="text",
                    label="Who was it?",
                    reads="Who was consulted",
                    required=False,
                    max_length=NAME_LENGTH,
                    show_if=ShowIf("referrer_consulted", (True,)),
                    shared=True,
                ),
            ),
        ),
        Page(
            name="reach",
            title="How can we reach you?",
            fields=(
                Field(
                    name="referrer_phone",
                    kind="text",
                    label="Your phone number",
                    hint="And the best time to call, if there is one.",
                    required=False,
                    max_length=60,
                    shared=True,
                ),
                Field(
                    name="feedback_by",
                    kind="choice",
                    label="How would you like to hear what was decided?",
                    reads="How the referrer would like to hear",
                    required=False,
                    vocabulary="feedback_channels",
                    shared=True,
                ),
            ),
        ),
    ),
)
