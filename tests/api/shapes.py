"""The one shape of a refusal."""

import json

# How a test says what made-up requests were answered.
FUZZED = "fuzzed"


def is_refusal(content: bytes) -> bool:
    """Say whether a body says what went wrong, in sentences, and at which field."""
    body = json.loads(content)
    return (
        set(body) >= {"code", "reasons", "fields"}
        and isinstance(body["code"], str)
        and isinstance(body["reasons"], list)
        and all(isinstance(sentence, str) and sentence for sentence in body["reasons"])
        and all(isinstance(sentences, list) and sentences for sentences in body["fields"].values())
        and bool(body["reasons"] or body["fields"])
    )
