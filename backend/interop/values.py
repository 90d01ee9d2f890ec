"""Single values of a feed: text without markup, ages, dates, addresses of the web, money."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

Say = Callable[[str], None]
_TAGS = re.compile(r"<(/?)(p|br|li|div|h[1-6]|ul|ol)\b[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,500}>")
_NO_LIMIT = 99


def plain(value: Any) -> str:
    """Return text without markup, hidden characters and needless space."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    text = html.unescape(_ANY_TAG.sub("", _TAGS.sub("\n", str(value))))
    text = re.sub(r"[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", "", text)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def line(value: Any) -> str:
    """Return text on one line."""
    return " ".join(plain(value).split())


def cut(text: str, most: int, what: str, say: Say) -> str:
    """Return text that fits; say so when some of it went."""
    if len(text) <= most:
        return text
    say(f"The {what} is longer than the {most:,} characters we keep. The end was cut off.")
    return f"{text[: most - 1].rstrip()}…"


def age(value: Any, what: str, say: Say) -> int | None:
    """Return whole years, none for no limit; say what is not an age."""
    text = line(value)
    if not text:
        return None
    try:
        years = float(text)
    except ValueError:
        say(f"The {what} “{text[:30]}” is not a number. It was left out.")
        return None
    if not 0 <= years <= 150:
        say(f"The {what} {text[:30]} cannot be an age. It was left out.")
        return None
    return None if years >= _NO_LIMIT else int(years)


def is_a_date(value: Any) -> bool:
    """Say whether a value is a date, or a time that begins with one, as the standard writes it."""
    try:
        date.fromisoformat(line(value)[:10])
    except ValueError:
        return False
    return True


def hour(value: Any, say: Say) -> str:
    """Return an hour of the day as people read it, or none."""
    text = line(value)[:5]
    if text and not re.match(r"^([01]?\d|2[0-4]):[0-5]\d$", text):
        say(f"The time “{text}” is not an hour of the day, like 16:00. It was left out.")
        return ""
    return text


def website(value: Any, say: Say) -> str:
    """Return an address that is safe to follow, or none."""
    text = line(value)
    if not text:
        return ""
    if re.match(r"^[\w-]+(\.[\w-]+)+([/?#]\S*)?$", text):
        text = f"https://{text}"
    if not re.match(r"^https?://[^\s<>\"']+$", text, re.IGNORECASE) or len(text) > 300:
        say("The web address is not one that begins with https:// or http://. It was left out.")
        return ""
    return text


def email(value: Any, say: Say) -> str:
    """Return an email address, or none."""
    text = line(value)
    if text and not re.match(r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", text):
        say("The email address is not complete. It was left out.")
        return ""
    return text[:254]


def amount(value: Any, say: Say) -> float | None:
    """Return an amount of money, none where nothing is said."""
    text = line(value).replace("£", "").replace(",", "")
    if not text:
        return None
    try:
        money = float(text)
    except ValueError:
        say(f"The cost “{text[:30]}” is not a number. It was left out.")
        return None
    if not 0 <= money < 1_000_000:
        say(f"The cost {text[:30]} cannot be right. It was left out.")
        return None
    return money
