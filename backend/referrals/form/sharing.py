"""Three separate things: who was told, who agreed to be helped, on what basis this is shared; and where it goes."""

from backend.access.marks import Mark
from backend.referrals.form.parts import NAME_LENGTH, Choice, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER
from backend.sharing.rules import CONSENT, LASTS

GROUP = "Telling, agreeing and sending"
BOTH, PARENT, CHILD, NEITHER = "both", "parent", "child", "neither"
FRONT_DOOR_KIND = "front_door"
# National codes of people who are no professionals, and of those who say nobody who they are (domain 4.4).
PUBLIC, ANONYMOUS_SOURCE = ("1A", "1B", "1C", "1D"), "9"
BY_PHONE, BY_EMAIL, BY_LETTER, ANONYMOUS = "phone", "email", "letter", "anonymous"
NAMED_CALLER = (BY_PHONE, BY_EMAIL, BY_LETTER, "through_professional", "none")
# Reached where somebody else may answer or read it first: only with a rule that says how it is safe.
AT_HOME = (BY_PHONE, BY_EMAIL, BY_LETTER)
# Those who are left in peace.
SILENT = ("none", ANONYMOUS)

INFORMED = Section(
    name="informed",
    title="Who knows about this referral",
    group=GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="informed",
            title="Who knows that you are making this referral?",
            hint="Tell the family first, unless that would put somebody at risk.",
            fields=(
                Field(
                    name="informed",
                    kind="choice",
                    label="Who knows that you are making this referral?",
                    missing="Say who knows about this referral.",
                    reads="Who knows about this referral",
                    choices=(
                        Choice(BOTH, "The child and a parent or carer"),
                        Choice(PARENT, "A parent or carer only", "For example because the child is very young"),
                        Choice(CHILD, "The child only"),
                        Choice(NEITHER, "Neither of them yet"),
                    ),
                    shared=True,
                ),
                Field(
                    name="informed_how",
                    kind="choice",
                    label="How were they told?",
                    reads="How they were told of the referral",
                    required=False,
                    vocabulary="told_methods",
                    show_if=ShowIf("informed", (BOTH, PARENT, CHILD)),
                    shared=True,
                ),
                Field(
                    name="informed_on",
                    kind="date",
                    label="When were they told?",
                    reads="When they were told of the referral",
                    required=False,
                    show_if=ShowIf("informed", (BOTH, PARENT, CHILD)),
                    shared=True,
                ),
                Field(
                    name="informed_why_not",
                    kind="choice",
                    label="Why does no parent or carer know?",
                    missing="Say why no parent or carer knows.",
                    reads="Why no parent or carer was told",
                    vocabulary="informed_why_not",
                    show_if=ShowIf("informed", (CHILD, NEITHER)),
                    shared=True,
                ),
                Field(
                    name="informed_note",
                    kind="long_text",
                    label="What should we know about telling them?",
                    hint="When they will be told, or what could go wrong if they hear of it.",
                    reads="About telling them",
                    required=False,
                    max_length=1_000,
                    show_if=ShowIf("informed", (PARENT, CHILD, NEITHER)),
                    shared=True,
                ),
            ),
        ),
    ),
)

SENDING = Section(
    name="sending",
    title="Where this goes, and why you may share it",
    group=GROUP,
    needs=(DANGER,),
    pages=(
        Page(
            name="where",
            title="Where should this go?",
            fields=(
                Field(
                    name="service",
                    kind="service",
                    label="Is there a service that could help?",
                    hint="These fit what you have written so far. If the service takes referrals directly, it receives "
                    "this; otherwise the front door receives it and sees your choice.",
                    reads="Service the referrer chose",
                    required=False,
                ),
                Field(
                    name="receiving_agency",
                    kind="agency",
                    label="Who do you think should help?",
                    hint="If you choose nobody, the front door receives this. If the agency you choose cannot take it "
                    "straight away, the front door receives it and sees your choice.",
                    reads="Who the referrer thinks should help",
                    required=False,
                    shared=True,
                ),
                Field(
                    name="source",
                    kind="choice",
                    label="Who raised this first?",
                    hint="Leave this empty if it was you or your own organisation.",
                    missing="Say who raised this with the front door.",
                    reads="Who raised this",
                    required=False,
                    vocabulary="sources",
                    shared=True,
                ),
            ),
        ),
        Page(
            name="caller",
            title="How does the person who raised this want to hear back?",
            hint="Who they are is kept apart from the rest of the referral.",
            fields=(
                Field(
                    name="caller_feedback",
                    kind="choice",
                    label="How does the person who raised this want to hear back?",
                    missing="Say how the person who raised this wants to hear back.",
                    reads="How the person who raised this hears back",
                    vocabulary="caller_feedback",
                    show_if=ShowIf("source", PUBLIC),
                    shared=True,
                    mark=Mark.THIRD_PARTY,
                ),
                Field(
                    name="caller_name",
                    kind="text",
                    label="Their name",
                    missing="Enter their name, or choose “Not known”.",
                    reads="Raised by",
                    not_known=True,
                    max_length=NAME_LENGTH,
                    show_if=ShowIf("caller_feedback", NAMED_CALLER),
                    shared=True,
                    mark=Mark.THIRD_PARTY,
                ),
                Field(
                    name="caller_reach",
                    kind="text",
                    label="How can they be reached?",
                    hint="Their number, their email or postal address, or the professional they trust.",
                    missing="Say how they can be reached.",
                    reads="Person who raised this is reached by",
                    max_length=NAME_LENGTH,
                    show_if=ShowIf("caller_feedback", (*AT_HOME, "through_professional")),
                    shared=True,
                    mark=Mark.THIRD_PARTY,
                ),
                Field(
                    name="caller_rule",
                    kind="choice",
                    label="How can they be reached safely?",
                    hint="Think of who else answers the phone, or opens their letters and emails.",
                    missing="Say how they can be reached safely, or choose “Not known”.",
                    reads="Safe way to reach them",
                    not_known=True,
                    vocabulary="contact_rules",
                    show_if=ShowIf("caller_feedback", AT_HOME),
                    shared=True,
                    mark=Mark.THIRD_PARTY,
                ),
            ),
        ),
        Page(
            name="basis",
            title="Why may you share this?",
            hint="You can share without agreement to keep a child safe. If you are not sure, ask the person in your "
            "organisation who looks after information.",
            fields=(
                Field(
                    name="share_article6",
                    kind="choice",
                    label="What allows you to use this information?",
                    missing="Choose what allows you to use this information.",
                    reads="Lawful basis (UK GDPR Article 6, or law enforcement)",
                    vocabulary="share_basis_article6",
                    shared=True,
                ),
                Field(
                    name="share_condition",
                    kind="choice",
                    label="Why may you share sensitive information?",
                    hint="Health, ethnicity, religion or offences are sensitive.",
                    missing="Choose why you may share sensitive information.",
                    reads="Condition for sensitive information",
                    vocabulary="share_conditions",
                    shared=True,
                ),
                Field(
                    name="share_power",
                    kind="choice",
                    label="Which law lets you share with them?",
                    missing="Choose the law that lets you share with them.",
                    reads="Power to share",
                    vocabulary="share_powers",
                    shared=True,
                ),
                Field(
                    name="share_ends_on",
                    kind="date",
                    label="Until which day may they use it?",
                    hint=f"If you leave this empty, the consent ends after {LASTS}.",
                    reads="Consent to share ends on",
                    required=False,
                    show_if=ShowIf("share_article6", (CONSENT,)),
                    shared=True,
                ),
            ),
        ),
    ),
)
