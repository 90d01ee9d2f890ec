"""What is asked when a baby is born or lost, and when a child changes school: little, and in plain words."""

from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class RecordBirthInput(EdgeInput):
    """Who the baby is, and when it was born."""

    date_of_birth = fields.date("On which day was the baby born?")
    given_name = fields.text("First name", hint="If there is no name yet, write “Baby”. It can be put right")
    family_name = fields.text("Last name", required=False)
    sex = fields.code("sexes", "Sex", only=("F", "M"), required=False)


class RecordLossInput(EdgeInput):
    """That the pregnancy ended, how it is known, and what happens next."""

    ended_on = fields.date("On which day did the pregnancy end?", hint="As far as it is known. It can be put right")
    told_by = fields.text("Who told you, and when?", hint="Name, role and number", max_length=300)
    next_action = fields.text(
        "What happens next, and who does it?", hint="Instead of what was planned for the birth", max_length=400
    )
    next_action_on = fields.date("On which day?")


class TakeBackLossInput(EdgeInput):
    """Why it was recorded although it is not so."""

    reason = fields.text("How did the mistake happen?", hint="And how you know", max_length=300)


class MoveSchoolInput(EdgeInput):
    """To which school the child moves, and when."""

    school = fields.text("Which school, nursery or college does the child move to?", hint="If to none, write “none”")
    on = fields.date("From which day?", hint="It may be ahead, if it is known")
    reason = fields.text(
        "What should others know about the move?", hint="Why, and who chose it", required=False, max_length=300
    )
