"""Is the child safe now? Asked before anything else; a yes leads to the telephone before it leads on."""

from backend.referrals.form.parts import Field, Page, Section, ShowIf

DANGER = "danger"
IN_DANGER = ShowIf("danger_now", (True,))

SAFETY = Section(
    name=DANGER,
    title="Is the child safe now?",
    group="Before you start",
    hint="If a child is in danger, a phone call comes first.",
    pages=(
        Page(
            name="now",
            title="Is the child in danger right now?",
            fields=(
                Field(
                    name="danger_now",
                    kind="yes_no",
                    label="Is the child in danger right now?",
                    hint="For example hurt, threatened, or missing and at risk.",
                    missing="Say whether the child is in danger right now.",
                    reads="In danger when this was written",
                ),
            ),
        ),
        Page(
            name="called",
            title="Tell us about your call",
            hint="This form then goes on as the urgent follow-up of your call.",
            fields=(
                Field(
                    name="danger_called",
                    kind="text",
                    label="Who did you call?",
                    hint="The service, and the name of the person if you have it.",
                    missing="Say who you called. If you have not called yet, call now.",
                    reads="Who was called",
                    max_length=120,
                    show_if=IN_DANGER,
                ),
                Field(
                    name="danger_called_at",
                    kind="datetime",
                    label="When did you call?",
                    missing="Enter the date and time of your call.",
                    reads="When they were called",
                    show_if=IN_DANGER,
                ),
                Field(
                    name="danger_reference",
                    kind="text",
                    label="Reference they gave you",
                    required=False,
                    max_length=60,
                    show_if=IN_DANGER,
                ),
            ),
        ),
    ),
)
