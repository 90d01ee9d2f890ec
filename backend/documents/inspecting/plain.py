"""Plain text: characters only. It is served as text to be saved, so markup in it is words."""

from backend.documents.inspecting.refusing import Refused

_LAYOUT = frozenset("\t\n\r\f")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def make_safe(content: bytes) -> bytes:
    """Return the text in UTF-8; raise Refused when there is anything but text in it."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("This is not plain text, or not in UTF-8. Save it as text in UTF-8, or as PDF.") from error
    if any(character < " " and character not in _LAYOUT for character in text) or "\x7f" in text:
        raise Refused("There is something other than text in this file. Save it as PDF instead.")
    return text.encode("utf-8")
