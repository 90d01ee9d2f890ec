"""A case as its own page reads it: what can be done is named there, and asked on pages of its own."""

from typing import Any


def without_forms(data: dict[str, Any]) -> dict[str, Any]:
    """Return a case without the questions of its options: they are most of it, and asked on pages of their own."""
    named = [{**option, "input": []} for option in data["options"]]
    transfer = data["transfer"]
    if transfer:
        transfer = {**transfer, "options": [{**option, "input": []} for option in transfer["options"]]}
    return {**data, "options": named, "transfer": transfer}
