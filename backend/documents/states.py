"""States of a document: it waits until a scanner has looked at it, and is read by nobody before that."""

from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition


class DocumentStates(models.Model):
    """waiting → checked | infected; waiting, checked → withdrawn."""

    WAITING, CHECKED, INFECTED, WITHDRAWN = "waiting", "checked", "infected", "withdrawn"
    LABELS = {
        WAITING: "Being checked for viruses",
        CHECKED: "Checked",
        INFECTED: "Not kept: a virus was found",
        WITHDRAWN: "Withdrawn",
    }
    # Whose content is kept.
    KEPT = (WAITING, CHECKED)

    # Columns of the table that the edges below set.
    checked_at: datetime | None
    withdrawn_at: datetime | None
    preview_name: str
    state = FSMField(default=WAITING, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=WAITING, target=CHECKED)
    def check_clean(self, at: datetime, preview_name: str) -> None:
        """The scanner found nothing; from now on the document may be read."""
        self.checked_at = at
        self.preview_name = preview_name

    @transition(field=state, source=WAITING, target=INFECTED)
    def find_infected(self, at: datetime) -> None:
        """The scanner found something; the content goes, the fact that it came stays."""
        self.checked_at = at

    @transition(field=state, source=KEPT, target=WITHDRAWN)
    def withdraw(self, at: datetime) -> None:
        """Who added it takes it back within ten minutes: the wrong file, or the wrong child."""
        self.withdrawn_at = at
