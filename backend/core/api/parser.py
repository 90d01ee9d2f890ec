"""JSON in, strictly: what a careless or hostile client can send is a 400 with a sentence, never a 500."""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from backend.core.errors import Invalid, TooLarge, UnsupportedType

MAX_BYTES = 1_000_000
MAX_DEPTH = 32


class StrictJSONParser(BaseParser):
    """Parse UTF-8 JSON: no repeated keys, NaN, lone surrogates, NUL, deep nesting or bodies over a megabyte."""

    media_type = "application/json"
    max_bytes = MAX_BYTES

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the body as a dict; raise Invalid, TooLarge or UnsupportedType."""
        charset = _charset(media_type or "")
        if charset not in ("", "utf-8", "utf8"):
            raise UnsupportedType("Send the request as JSON in UTF-8.")
        raw = stream.read(self.max_bytes + 1)
        if len(raw) > self.max_bytes:
            raise TooLarge("That is more than we can take in one go. Shorten it and send it again.")
        if not raw.strip():
            return {}
        return _object(raw)


def _charset(media_type: str) -> str:
    _, _, parameters = media_type.partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def _object(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8")
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Invalid("The request is not valid JSON.") from error
    if not isinstance(data, dict):
        raise Invalid("The request must be a JSON object.")
    _check(data)
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("repeated key")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _check(data: Any) -> None:
    """Walk without recursion, so that depth is refused before it can hurt."""
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        level = [child for value in level for child in _children(value)]
        if not level:
            return
    raise Invalid("The request is nested too deeply.")


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for key in value:
            _check_text(key)
        return value.values()
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int) and abs(value) > 2**53:
        raise Invalid("A number in the request is too large.")
    return ()


def _check_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Invalid("The text contains characters that cannot be stored.")
