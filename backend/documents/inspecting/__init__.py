"""Is a file what it says it is, and can it do nothing but be read? Bytes in; the bytes to keep out, or a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.documents.inspecting import images, pdf, plain, word
from backend.documents.inspecting.refusing import Refused

LARGEST = 20_000_000
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: how it is served, and what makes the bytes that are kept of it."""

    media_type: str
    label: str
    make_safe: Callable[[bytes], bytes]


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", "PDF", pdf.make_safe),
    "jpg": Kind("image/jpeg", "JPEG picture", images.jpeg),
    "jpeg": Kind("image/jpeg", "JPEG picture", images.jpeg),
    "png": Kind("image/png", "PNG picture", images.png),
    "docx": Kind(_WORD, "Word file", word.make_safe),
    "txt": Kind("text/plain; charset=utf-8", "Plain text", plain.make_safe),
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: what it is, and its bytes, which for a picture are new ones."""

    kind: Kind
    extension: str
    content: bytes


def inspect(name: str, content: bytes) -> Inspected:
    """Return the file as it may be kept; raise Refused with a sentence for the person who chose it.

    The extension says what the file claims to be and the bytes must agree: nothing is guessed.
    """
    _, dot, extension = name.rpartition(".")
    kind = KINDS.get(extension.lower()) if dot else None
    if kind is None:
        raise Refused("Choose a PDF, a picture (JPEG or PNG), a Word file (.docx) or plain text (.txt).")
    if not content:
        raise Refused("The file is empty.")
    if len(content) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // _MEGABYTE} MB. Split it, or save it smaller.")
    return Inspected(kind, extension.lower(), kind.make_safe(content))
