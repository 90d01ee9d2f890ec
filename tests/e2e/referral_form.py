"""The referral form as a teacher fills it in: every task, every question, the shortest honest answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.e2e.hands import Hand


@dataclass(frozen=True)
class Chosen:
    """A radio button of a question."""

    question: str
    answer: str

    def give(self, hand: Hand) -> None:
        group = hand.screen.main.get_by_role("group", name=self.question, exact=True)
        hand.choose(group.get_by_role("radio", name=self.answer, exact=True))


@dataclass(frozen=True)
class NotKnown:
    """The box that says that a question cannot be answered."""

    label: str

    def give(self, hand: Hand) -> None:
        name = re.compile(rf"^Not known ?: {re.escape(self.label)}$")
        hand.choose(hand.screen.main.get_by_role("checkbox", name=name))


@dataclass(frozen=True)
class Written:
    """A field to type into."""

    label: str
    text: str

    def give(self, hand: Hand) -> None:
        hand.write(hand.screen.main.get_by_role("textbox", name=self.label, exact=True), self.text)


@dataclass(frozen=True)
class Picked:
    """One of a list that folds out."""

    label: str
    option: str

    def give(self, hand: Hand) -> None:
        hand.pick(hand.screen.main.get_by_role("combobox", name=self.label, exact=True), self.option)


@dataclass(frozen=True)
class OnDay:
    """A day in the three boxes of its question."""

    question: str
    day: date

    def give(self, hand: Hand) -> None:
        group = hand.screen.main.get_by_role("group", name=self.question)
        for box, number in (("Day", self.day.day), ("Month", self.day.month), ("Year", self.day.year)):
            hand.write(group.get_by_role("textbox", name=box, exact=True), str(number))


Answer = Chosen | NotKnown | Written | Picked | OnDay


@dataclass(frozen=True)
class FormPage:
    """One page of the form: what it is headed, and what is answered on it."""

    title: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Task:
    """One entry of the list of tasks."""

    title: str
    pages: tuple[FormPage, ...]


SAFE = Task(
    "Is the child safe now?",
    (
        FormPage(
            "Is the child in danger right now?",
            (Chosen("Is the child in danger right now?", "No"),),
        ),
    ),
)


def who(given: str, family: str) -> Task:
    """The part about the child, under a name of the test's own."""
    return Task(
        "Who the child is",
        (
            FormPage("What is the child’s name?", (Written("Given name", given), Written("Family name", family))),
            FormPage(
                "When was the child born?",
                (
                    Chosen("Do you know the date of birth?", "Yes"),
                    Written("Day", "27"),
                    Written("Month", "3"),
                    Written("Year", "2012"),
                ),
            ),
            FormPage(
                "More about the child",
                (
                    Chosen("Sex", "Female"),
                    Picked("Ethnic group", "Not asked yet"),
                    NotKnown("What language does the child speak at home?"),
                ),
            ),
        ),
    )


REST: Sequence[Task] = (
    Task(
        "Where the child lives and learns",
        (
            FormPage(
                "Where does the child live?",
                (NotKnown("Address"), Written("Postcode", "B99 4AB"), NotKnown("Ward")),
            ),
            FormPage("Where does the child learn?", (Written("School, nursery or college", "Oakfield School"),)),
            FormPage("Do you have any of these numbers?"),
        ),
    ),
    Task(
        "Worries, strengths and what would help",
        (
            FormPage(
                "What are you worried about?",
                (
                    Written("What happened?", "She has come to school hungry and alone on most days this month."),
                    Chosen("How do you know?", "I saw or heard this myself"),
                    Chosen("When was this?", "In the past 6 months"),
                ),
            ),
            FormPage("What is working well?", (NotKnown("What is working well?"),)),
            FormPage("What needs to happen?", (NotKnown("What needs to happen?"),)),
        ),
    ),
    Task(
        "Things that add risk, things that protect",
        (
            FormPage(
                "In the past 6 months, which of these have you seen or heard of?",
                (NotKnown("In the past 6 months, which of these have you seen or heard of?"),),
            ),
            FormPage("And more than 6 months ago?"),
        ),
    ),
    Task(
        "How much help is needed",
        (
            FormPage(
                "What level of need do you believe this is?",
                (Chosen("What level of need do you believe this is?", "Universal Plus"),),
            ),
        ),
    ),
    Task(
        "What the child and the parents say",
        (
            FormPage(
                "What does the child say?",
                (
                    Chosen("Have you been able to hear what the child thinks?", "No"),
                    Chosen("Why not?", "The child did not want to talk about it"),
                ),
            ),
            FormPage(
                "What do the parents or carers say?",
                (NotKnown("What do the parents or carers say?"),),
            ),
        ),
    ),
    Task(
        "Who knows about this referral",
        (
            FormPage(
                "Who knows that you are making this referral?",
                (Chosen("Who knows that you are making this referral?", "The child and a parent or carer"),),
            ),
        ),
    ),
    Task(
        "Agreement to be helped",
        (
            FormPage(
                "Has the family agreed to be helped?",
                (
                    Chosen("Has the family agreed to be helped?", "Not asked"),
                    Written("Why were they not asked?", "The parent left before we could talk about it."),
                ),
            ),
        ),
    ),
    Task(
        "Where this goes, and why you may share it",
        (
            FormPage("Where should this go?"),
            FormPage(
                "Why may you share this?",
                (
                    Chosen("What allows you to use this information?", "Public task"),
                    Chosen("Why may you share sensitive information?", "Safeguarding of children and people at risk"),
                    Chosen(
                        "Which law lets you share with them?",
                        "Children Act 2004, section 10: working together for children",
                    ),
                ),
            ),
        ),
    ),
)


def every_task(given: str, family: str) -> tuple[Task, ...]:
    """The whole form in the order of its list."""
    return (SAFE, who(given, family), *REST)


def fill_in(hand: Hand, task: Task) -> None:
    """Do one task from the list and come back to the list."""
    screen = hand.screen
    hand.press(screen.main.get_by_role("link", name=task.title, exact=True))
    for page in task.pages:
        screen.arrived(page.title)
        for answer in page.answers:
            answer.give(hand)
        hand.press(screen.main.get_by_role("button", name="Continue"))
    screen.arrived("Make a referral")
