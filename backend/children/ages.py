"""A child's age in words: what people working with the child say, from the date of birth or the expected date."""

from datetime import date

_MONTHS = 12


def age_in_words(*, born: date | None, expected: date | None, on: date) -> str | None:
    """Return “12 years”, “5 months”, “less than a month” or “expected 3 March 2027”; None when neither is known."""
    if born is not None:
        return _since(born, on)
    if expected is not None:
        return f"expected {expected.day} {expected:%B %Y}"
    return None


def months_between(born: date, on: date) -> int:
    """Return whole months of life, none before birth; a day that a month lacks is the first of the next."""
    months = (on.year - born.year) * _MONTHS + on.month - born.month - (on.day < born.day)
    return max(months, 0)


def years_between(born: date, on: date) -> int:
    """Return the age in years on a day; somebody born on 29 February turns a year on 1 March in other years."""
    return months_between(born, on) // _MONTHS


def _since(born: date, on: date) -> str:
    months = months_between(born, on)
    if months >= 2 * _MONTHS:
        return f"{months // _MONTHS} years"
    if months == 0:
        return "less than a month"
    return f"{months} months" if months > 1 else "1 month"
