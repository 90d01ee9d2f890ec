"""What is asked about a child's own details: each begins with what stands, and a new home or number says how safe."""

from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_IF_KNOWN = "Leave this empty if nobody knows"


class AmendChildInput(EdgeInput):
    """Who the child is, where they live and learn, how they are reached, and why it is changed."""

    given_name = fields.text("First name")
    family_name = fields.text("Last name", required=False)
    known_as = fields.text("What does the child like to be called?", required=False)
    date_of_birth = fields.date("Date of birth", hint=_IF_KNOWN, required=False)
    expected_date = fields.date("When is the baby expected?", required=False)
    language = fields.code("languages", "Language at home", hint=_IF_KNOWN, required=False)
    school = fields.text("School, nursery or college", hint="If the child goes to none, write “none”", required=False)
    address = fields.long_text("Address", hint="If the child has no fixed home, say where they stay", required=False)
    postcode = fields.text("Postcode", required=False, max_length=10)
    ward = fields.code("wards", "Ward", hint="The part of the city, if you know it", required=False)
    address_safety = fields.code(
        "address_safety",
        "May everybody who works with the child know this address?",
        hint="Asked where the address is new, or must not be known any more. If not, it is kept apart: only the "
        "child’s workers and their manager can ask for it, and for the school",
        required=False,
    )
    phone = fields.text("The child’s own phone number", hint=_IF_KNOWN, required=False, max_length=30)
    phone_rule = fields.code(
        "contact_rules",
        "How may this number be used safely?",
        hint="Asked where the number is new, or can no longer be used in the same way",
        required=False,
    )
    why = fields.code("relationship_change_reasons", "Why do you change it?")
    reason = fields.text(
        "What is that based on?", hint="Who said so, what was seen. Do not write the address here", max_length=300
    )
