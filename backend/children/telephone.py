"""Telephone numbers as they compare: however a number is written, with a country or without, it is one number."""

from collections.abc import Iterable
from functools import lru_cache

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

_HERE = "GB"
# A record with more numbers than these lists whole families: the first few find it.
_MOST = 6


def comparable(written: Iterable[str]) -> list[str]:
    """Return the numbers found in what people wrote, each once, with the country and without spaces."""
    return list(dict.fromkeys(number for text in written for number in _found(text)))[:_MOST]


@lru_cache(maxsize=4_096)
def _found(text: str) -> tuple[str, ...]:
    # Possible is enough: which ranges are given out changes, and a number for drama has to compare too.
    matches = PhoneNumberMatcher(text, _HERE, leniency=Leniency.POSSIBLE)
    return tuple(format_number(match.number, PhoneNumberFormat.E164) for match in matches)
