"""Names as keys: spellings of one name that differ by accents, case or punctuation are one, and each has a sound."""

import re
import unicodedata
from functools import lru_cache

_SOUND_LENGTH = 5
# Letters that stand for one sound in names from many languages; the longer spelling first.
_FIRST_SOUNDS = (
    ("kn", "n"), ("gn", "n"), ("wr", "r"), ("ph", "f"), ("gh", "g"), ("kh", "k"), ("ch", "c"), ("sch", "s"),
    ("sh", "s"), ("zh", "z"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ck", "k"), ("x", "s"),
)  # fmt: skip
_CODES = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")
_SILENT = re.compile("[aeiouhwy]")
_STARTS = str.maketrans("cqzjvp", "kksgfb")


def name_key(given_name: str, family_name: str) -> str:
    """Return `family|given` reduced to letters and digits without accents and case, for exact candidates."""
    return f"{plain(family_name)}|{plain(given_name)}"


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """Return a name's letters and digits without accents and case."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in decomposed if character.isalnum())


def words(name: str) -> tuple[str, ...]:
    """Return the parts of a name, each plain: a double-barrelled name has two."""
    return tuple(part for part in (plain(word) for word in re.split(r"[\s\-‐-―/,]+", name)) if part)


@lru_cache(maxsize=65_536)
def sound(name: str) -> str:
    """Return how a plain name sounds: its first sound and the codes of the consonants after it, at most five signs.

    Built like Soundex, with first letters that sound alike brought together (Philip and Filip, Catherine and Kathryn,
    Emine and Amina), because most families here did not choose the spelling that a form-filler gave their name.
    """
    if not name:
        return ""
    for spelling, instead in _FIRST_SOUNDS:
        if name.startswith(spelling):
            name = instead + name[len(spelling) :]
            break
    first = "a" if name[0] in "aeiouhyw" else name[0].translate(_STARTS)
    codes, before = [], name[0].translate(_CODES)
    for letter in _SILENT.sub(" ", name[1:]):
        code = letter.translate(_CODES)
        if code not in {before, " "}:
            codes.append(code)
        if code != " ":
            before = code
    return (first + "".join(codes))[:_SOUND_LENGTH]
