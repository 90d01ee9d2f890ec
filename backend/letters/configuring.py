"""Templates of letters, as the app below keeps them in versions that two people of a partnership agree."""

from functools import partial
from typing import Any

from backend.agencies.reference import read
from backend.configuration.kinds import Kind, register_kind
from backend.letters.inputs import TemplateInput
from backend.letters.rules import TEMPLATES
from backend.workflow.descriptors import describe
from backend.workflow.views import validated


def register() -> None:
    """Register the kind."""
    register_kind(
        Kind(
            code=TEMPLATES,
            label="Templates of letters",
            intro="What a letter on a case begins with. Whoever writes it sees it filled in and puts it into their own "
            "words before it is kept.",
            noun="template",
            form=partial(describe, TemplateInput),
            read=partial(validated, TemplateInput),
            title=lambda entry: str(entry["name"]),
            shipped=_shipped,
        )
    )


def _shipped() -> tuple[str, list[dict[str, Any]]]:
    told = read(TEMPLATES)
    entries = [(one["code"], {name: one[name] for name in ("name", "reader", "text")}) for one in told["entries"]]
    return told["note"], [{"code": code, **validated(TemplateInput, entry)} for code, entry in entries]
