"""Numbers that name a child: NHS number and unique pupil number, checked as their issuers define them.

NHS number: NHS data dictionary, modulus 11. UPN: Department for Education, unique pupil numbers guide, modulus 23.
"""

import re

_NHS_LENGTH = 10
_NHS_WEIGHTS = range(10, 1, -1)
_MODULUS_11, _NO_NUMBER = 11, 10
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
# The 23 letters of a UPN: no I, O or S. A letter stands for its place, also at the end of a temporary number.
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def tidy(number: str) -> str:
    """Return a number as it is stored: no spaces or hyphens, capital letters."""
    return re.sub(r"[\s-]", "", number).upper()


def spaced(postcode: str) -> str:
    """Return a postcode as people write it: capitals, and a space before the last three characters."""
    plain = tidy(postcode)
    return f"{plain[:-3]} {plain[-3:]}".strip()


def nhs_number_problem(number: str) -> str:
    """Return why a tidy text is no NHS number, as a sentence; nothing when it is one."""
    if not number.isascii() or not number.isdigit() or len(number) != _NHS_LENGTH:
        return "An NHS number has 10 digits, like 999 000 1235."
    total = sum(weight * int(digit) for weight, digit in zip(_NHS_WEIGHTS, number, strict=False))
    check = (_MODULUS_11 - total % _MODULUS_11) % _MODULUS_11
    if check == _NO_NUMBER or check != int(number[-1]):
        return "This is not an NHS number: one of its digits is wrong. Check it, or leave it out."
    return ""


def upn_problem(number: str) -> str:
    """Return why a tidy text is no unique pupil number, as a sentence; nothing when it is one."""
    if not _UPN.fullmatch(number) or number[0] not in _UPN_LETTERS or not _last_has_value(number[-1]):
        return "A unique pupil number has a letter and 12 digits, like A123456789012. A temporary one ends in a letter."
    values = [_value(character) for character in number[1:]]
    total = sum(place * value for place, value in enumerate(values, start=2))
    if number[0] != _UPN_LETTERS[total % len(_UPN_LETTERS)]:
        return "This is not a unique pupil number: its first letter does not fit. Check it, or leave it out."
    return ""


def in_groups(nhs_number: str) -> str:
    """Return an NHS number as it is read aloud: 3, 3 and 4 digits."""
    return f"{nhs_number[:3]} {nhs_number[3:6]} {nhs_number[6:]}".strip()


def _last_has_value(character: str) -> bool:
    return character.isdigit() or character in _UPN_LETTERS


def _value(character: str) -> int:
    return int(character) if character.isdigit() else _UPN_LETTERS.index(character)
