"""What is asked when a child has died: little, for nobody should have to write more on this day."""

from collections.abc import Mapping

from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class RecordDeathInput(EdgeInput):
    """When the child died, and how it is known."""

    died_on = fields.date("On which day did the child die?", hint="As far as it is known. It can be put right")
    how_known = fields.code("death_known", "How do you know?")
    told_by = fields.text("Who told you, and when?", hint="Name, role and number", max_length=400)


class TakeBackDeathInput(EdgeInput):
    """Why it was recorded although it is not so."""

    reason = fields.long_text("How did the mistake happen?", hint="And how you know that the child is alive")


DEATH_INPUTS: Mapping[str, type[EdgeInput]] = {
    "record_death": RecordDeathInput,
    "take_back_death": TakeBackDeathInput,
}
