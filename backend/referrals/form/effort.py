"""How much the shortest honest referral asks of a prepared person: pages, clicks and keys, counted from the form."""

from dataclasses import dataclass
from typing import Any

from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.form.asking import asked
from backend.referrals.form.choices import choices_of
from backend.referrals.form.parts import OPTIONAL_GROUP, Answers, Circumstances, Field, Section
from backend.referrals.form.sections import SECTIONS

# Somebody who knows the child's name, birthday, postcode and school, saw it themselves, and could not ask the rest.
SHORTEST: Answers = {
    "danger_now": False,
    "child_given_name": "Wren",
    "child_family_name": "Tallis",
    "birth": "date_of_birth",
    "child_date_of_birth": "2012-03-27",
    "child_sex": "F",
    "child_ethnicity": "not_yet_asked",
    "child_language": NOT_KNOWN,
    "child_address": NOT_KNOWN,
    "child_postcode": "B99 4AB",
    "child_ward": NOT_KNOWN,
    "child_school": "Oakfield School",
    "worried_about": [
        {
            "text": "She has come to school hungry and alone on most days this month.",
            "basis": "seen",
            "currency": "current",
        }
    ],
    "working_well": NOT_KNOWN,
    "needs_to_happen": NOT_KNOWN,
    "factors_current": NOT_KNOWN,
    "level_believed": "universal_plus",
    "child_heard": False,
    "voice_why_not": "did_not_want_to",
    "parent_view": NOT_KNOWN,
    "informed": "both",
    "agreement": "not_asked",
    "agreement_why_not": "The parent left before we could talk about it.",
    "share_article6": "public_task",
    "share_condition": "safeguarding_children",
    "share_power": "children_act_2004_s10",
}
# Radio buttons take one click; a list that folds out takes one to open it and one to choose (frontend/src/ui/fields).
_MOST_RADIOS = 12
# Start now; then the list of tasks leads to the answers, and they are sent.
_TO_BEGIN, _TO_SEND = 1, 2
# The keystroke-level model (Card, Moran and Newell, 1980): a key, pointing and clicking, deciding. Reading a question
# is our own estimate for somebody who has not seen the form before.
_KEY, _CLICK, _DECIDE, _READ = 0.28, 1.3, 1.35, 4.0


@dataclass(frozen=True, slots=True)
class Effort:
    """What the shortest honest referral takes."""

    tasks: int
    pages: int
    questions: int
    answers: int
    clicks: int
    keys: int

    @property
    def minutes(self) -> float:
        """Return the time it takes to read, decide, click and type all of it, as the model estimates it."""
        seconds = self.keys * _KEY + self.clicks * _CLICK + self.answers * _DECIDE + self.questions * _READ
        return seconds / 60


def effort(answers: Answers, circumstances: Circumstances) -> Effort:
    """Count what somebody does who gives these answers and leaves out everything that may be left out."""
    sections = [section for section in SECTIONS if section.group != OPTIONAL_GROUP]
    pages = [fields for section in sections for fields in _pages(section, answers)]
    fields = [field for page in pages for field in page]
    given = [field for field in fields if field.name in answers]
    taken = [_taken(field, answers[field.name], circumstances) for field in given]
    return Effort(
        tasks=len(sections),
        pages=len(pages),
        questions=len(fields),
        answers=len(given),
        clicks=_TO_BEGIN + len(sections) + len(pages) + _TO_SEND + sum(clicks for clicks, _keys in taken),
        keys=sum(keys for _clicks, keys in taken),
    )


def _pages(section: Section, answers: Answers) -> list[list[Field]]:
    """Return the questions of each page that is shown."""
    shown = [asked(page.fields, answers) for page in section.pages]
    return [fields for fields in shown if fields]


def _taken(field: Field, value: Any, circumstances: Circumstances) -> tuple[int, int]:
    """Return the clicks and the keys that one answer takes."""
    if value == NOT_KNOWN and field.not_known:
        return 1, 0
    if field.kind == "list":
        parts = {part.name: part for part in field.fields}
        inside = [_taken(parts[name], one, circumstances) for item in value for name, one in item.items()]
        return sum(clicks for clicks, _keys in inside), sum(keys for _clicks, keys in inside)
    if field.kind == "choice":
        many = len(choices_of(field, circumstances) or ()) > _MOST_RADIOS
        return (2 if many or not field.required else 1), 0
    if field.kind == "yes_no":
        return 1, 0
    return 1, len(str(value))
