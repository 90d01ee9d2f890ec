"""How apps above say what a form is called, where it is, and what goes when its draft is deleted unsent."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from backend.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Form:
    """A form in the words of its reader; `abandon(root_id, actor)` ends the record a deleted draft belonged to.

    `is_own`: what is typed in it adds to a record that goes on without it; nobody but its author reads it before it is
    sent, and each person may be writing their own.
    """

    name: str
    label: str
    path: str
    abandon: Callable[[UUID, Actor], object] | None = None
    is_own: bool = False


_forms: dict[str, Form] = {}


def register_form(
    name: str,
    *,
    label: str,
    path: str,
    abandon: Callable[[UUID, Actor], object] | None = None,
    is_own: bool = False,
) -> None:
    """Add a form from an app's `ready()`: label "referral", path "/referrals/{root_id}/form"."""
    form = Form(name, label, path, abandon, is_own)
    if _forms.get(name, form) != form:
        raise ValueError(f"there is another form called {name}")
    _forms[name] = form


def form_named(name: str) -> Form:
    """Return a form; one that nobody registered is simply a form, found on the home page."""
    return _forms.get(name, Form(name, "form", "/"))
