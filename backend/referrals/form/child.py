"""Who the child is, where they live and learn. "Not known" is an answer wherever it can be true."""

from backend.access.marks import Mark
from backend.core import vocabulary
from backend.referrals.form.parts import NAME_LENGTH, Choice, Field, Page, Section, ShowIf
from backend.referrals.form.safety import DANGER

GROUP = "About the child"
BORN_ON, EXPECTED, BIRTH_NOT_KNOWN = "date_of_birth", "expected_date", "not_known"
BORN = ShowIf("birth", (BORN_ON, BIRTH_NOT_KNOWN))
SAID_ETHNICITY = (
    Choice("child", "The child"),
    Choice("parent", "A parent or carer"),
    Choice("records", "Our records"),
    Choice("referrer", "I am not sure: it is what I think", "It will be asked again"),
)
# The two answers that name no ethnic group, so nobody can have said which it is.
_NO_GROUP = ("prefer_not_to_say", "not_yet_asked")
_GROUPS = tuple(code for code in vocabulary.get("ethnicities").codes if code not in _NO_GROUP)

_NAME = Page(
    name="name",
    title="What is the child’s name?",
    fields=(
        Field(
            name="child_given_name",
            kind="text",
            label="Given name",
            missing="Enter the child’s given name, or choose “Not known”.",
            not_known=True,
            max_length=NAME_LENGTH,
        ),
        Field(
            name="child_family_name",
            kind="text",
            label="Family name",
            missing="Enter the child’s family name, or choose “Not known”.",
            not_known=True,
            max_length=NAME_LENGTH,
            shared=True,
        ),
        Field(
            name="child_known_as",
            kind="text",
            label="Known as",
            hint="The name the child likes to be called.",
            required=False,
            max_length=NAME_LENGTH,
        ),
        Field(
            name="child_other_names",
            kind="text",
            label="Other names",
            hint="Any other name the child has or had, such as another family name.",
            required=False,
            max_length=NAME_LENGTH,
        ),
    ),
)

_BIRTH = Page(
    name="birth",
    title="When was the child born?",
    fields=(
        Field(
            name="birth",
            kind="choice",
            label="Do you know the date of birth?",
            missing="Say whether you know the date of birth.",
            reads="Date of birth",
            choices=(
                Choice(BORN_ON, "Yes"),
                Choice(EXPECTED, "The child is not born yet"),
                Choice(BIRTH_NOT_KNOWN, "Not known"),
            ),
        ),
        Field(
            name="child_date_of_birth",
            kind="date",
            label="Date of birth",
            hint="For example, 27 3 2012.",
            missing="Enter the date of birth.",
            show_if=ShowIf("birth", (BORN_ON,)),
        ),
        Field(
            name="child_expected_date",
            kind="date",
            label="When is the baby due?",
            missing="Enter the date the baby is due.",
            reads="Due date",
            show_if=ShowIf("birth", (EXPECTED,)),
        ),
    ),
)

_IDENTITY = Page(
    name="identity",
    title="More about the child",
    fields=(
        Field(
            name="child_sex",
            kind="choice",
            label="Sex",
            missing="Choose the child’s sex, or “Not known”.",
            not_known=True,
            vocabulary="sexes",
            without=("U",),
        ),
        Field(
            name="child_ethnicity",
            kind="choice",
            label="Ethnic group",
            hint="As the child or family describe it. If nobody has asked, say so.",
            missing="Choose an ethnic group, “Prefers not to say” or “Not asked yet”.",
            vocabulary="ethnicities",
        ),
        Field(
            name="child_ethnicity_said_by",
            kind="choice",
            label="Who said so?",
            missing="Say who described the child’s ethnic group.",
            reads="Ethnic group described by",
            choices=SAID_ETHNICITY,
            show_if=ShowIf("child_ethnicity", _GROUPS),
        ),
        Field(
            name="child_language",
            kind="choice",
            label="What language does the child speak at home?",
            missing="Choose a language, or “Not known”.",
            reads="Language at home",
            not_known=True,
            vocabulary="languages",
            show_if=BORN,
            shared=True,
        ),
    ),
)

CHILD = Section(
    name="child",
    title="Who the child is",
    group=GROUP,
    needs=(DANGER,),
    pages=(_NAME, _BIRTH, _IDENTITY),
)

_HOME = Page(
    name="home",
    title="Where does the child live?",
    fields=(
        Field(
            name="address_protected",
            kind="yes_no",
            label="Must this address be kept secret?",
            hint="Say yes if somebody must not find the child there. Only the people who decide about the referral and "
            "the child’s named worker can then ask for it, for the school and for where the child is now. Each time is "
            "written down.",
            reads="Protected address",
            required=False,
            shared=True,
        ),
        Field(
            name="child_address",
            kind="long_text",
            label="Address",
            hint="If the child has no fixed home, say where they stay.",
            missing="Enter the address, or choose “Not known”.",
            not_known=True,
            max_length=500,
            shared=True,
            mark=Mark.LOCATION,
            mark_if="address_protected",
        ),
        Field(
            name="child_postcode",
            kind="text",
            label="Postcode",
            missing="Enter the postcode, or choose “Not known”.",
            not_known=True,
            max_length=10,
            shared=True,
            mark=Mark.LOCATION,
            mark_if="address_protected",
        ),
        Field(
            name="child_ward",
            kind="choice",
            label="Ward",
            hint="The part of the city, if you know it.",
            missing="Choose a ward, or “Not known”.",
            not_known=True,
            vocabulary="wards",
            shared=True,
            mark=Mark.LOCATION,
            mark_if="address_protected",
        ),
    ),
)

_SCHOOL = Page(
    name="school",
    title="Where does the child learn?",
    fields=(
        Field(
            name="child_school",
            kind="text",
            label="School, nursery or college",
            hint="If the child goes to none, write “none”.",
            missing="Enter the school, nursery or college, or choose “Not known”.",
            not_known=True,
            max_length=NAME_LENGTH,
            show_if=BORN,
            # Whoever must not find the child at home would wait for them there.
            mark=Mark.LOCATION,
            mark_if="address_protected",
        ),
    ),
)

_NUMBERS = Page(
    name="numbers",
    title="Do you have any of these numbers?",
    hint="They help to find the right child. Nothing waits for them: go on if you do not have them.",
    fields=(
        Field(
            name="child_nhs_number",
            kind="text",
            label="NHS number",
            hint="10 digits, like 999 000 0018.",
            required=False,
            max_length=20,
            show_if=BORN,
        ),
        Field(
            name="child_upn",
            kind="text",
            label="Unique pupil number (UPN)",
            hint="A letter, then 12 more characters. The school has it.",
            required=False,
            max_length=20,
            show_if=BORN,
        ),
        Field(
            name="child_upn_unknown",
            kind="choice",
            label="Why is there no UPN?",
            hint="Only if you know.",
            reads="No unique pupil number, because",
            required=False,
            vocabulary="upn_unknown_reasons",
            without=("UN7",),
            show_if=BORN,
        ),
    ),
)

PLACE = Section(
    name="place",
    title="Where the child lives and learns",
    group=GROUP,
    needs=(DANGER,),
    pages=(_HOME, _SCHOOL, _NUMBERS),
)
