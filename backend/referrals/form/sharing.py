"""Three separate things: who was told, who agreed to be helped, on what basis this is shared; and where it goes."""

from backend.referrals.form.parts import Choice, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

GROUP = "Telling, agreeing and sending"
BOTH, PARENT, CHILD, NEITHER = "both", "parent", "child", "neither"
FRONT_DOOR_KIND = "front_door"

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
                ),
                Field(
                    name="informed_why_not",
                    kind="choice",
                    label="Why does no parent or carer know?",
                    missing="Say why no parent or carer knows.",
                    reads="Why no parent or carer was told",
                    vocabulary="informed_why_not",
                    show_if=ShowIf("informed", (CHILD, NEITHER)),
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
                ),
            ),
        ),
    ),
)

AGREEMENT = Section(
    name="agreement",
    title="Agreement to be helped",
    group=GROUP,
    hint="Agreeing to help is not the same as a basis for sharing.",
    needs=(DANGER,),
    pages=(
        Page(
            name="agreement",
            title="Has the family agreed to be helped?",
            fields=(
                Field(
                    name="agreement",
                    kind="choice",
                    label="Has the family agreed to be helped?",
                    missing="Say whether the family agreed to be helped.",
                    reads="Agreement to be helped",
                    vocabulary="agreement_states",
                ),
                Field(
                    name="agreed_by",
                    kind="choice",
                    label="Who agreed?",
                    missing="Say who agreed.",
                    reads="Who agreed",
                    vocabulary="agreed_by",
                    show_if=ShowIf("agreement", ("given",)),
                ),
                Field(
                    name="agreed_how",
                    kind="choice",
                    label="How did they say so?",
                    missing="Say how they told you.",
                    reads="How they said so",
                    vocabulary="told_methods",
                    show_if=ShowIf("agreement", ("given",)),
                ),
                Field(
                    name="agreement_why_not",
                    kind="long_text",
                    label="Why were they not asked?",
                    missing="Say why they were not asked.",
                    reads="Why they were not asked",
                    max_length=1_000,
                    show_if=ShowIf("agreement", ("not_asked",)),
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
                    name="receiving_agency",
                    kind="agency",
                    label="Who do you think should help?",
                    hint="If you choose nobody, the front door receives this. If the agency you choose cannot take it "
                    "straight away, the front door receives it and sees your choice.",
                    reads="Who the referrer thinks should help",
                    required=False,
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
                ),
                Field(
                    name="share_condition",
                    kind="choice",
                    label="Why may you share sensitive information?",
                    hint="Health, ethnicity, religion or offences are sensitive.",
                    missing="Choose why you may share sensitive information.",
                    reads="Condition for sensitive information",
                    vocabulary="share_conditions",
                ),
                Field(
                    name="share_power",
                    kind="choice",
                    label="Which law lets you share with them?",
                    missing="Choose the law that lets you share with them.",
                    reads="Power to share",
                    vocabulary="share_powers",
                ),
            ),
        ),
    ),
)
