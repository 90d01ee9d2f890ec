"""Names as keys: two spellings of one name that differ only by accents, case or punctuation find each other."""

import unicodedata


def name_key(given_name: str, family_name: str) -> str:
    """Return `family|given` reduced to letters and digits without accents and case, for exact candidates."""
    return f"{_plain(family_name)}|{_plain(given_name)}"


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in decomposed if character.isalnum())
