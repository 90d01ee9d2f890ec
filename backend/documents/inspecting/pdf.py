"""PDF: pages to be read. One that runs, sends, starts or carries something else is not taken."""

import io
from collections.abc import Iterator

import pikepdf

from backend.documents.inspecting.refusing import Refused

_PRINT = "Print it to a new PDF and choose that."
_BROKEN = f"This is not a PDF that can be opened. {_PRINT}"
# Actions that do more than move within the document or open a web page in the reader's own browser.
_ACTS = frozenset(
    f"/{name}"
    for name in (
        *("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "RichMediaExecute"),
        *("Rendition", "Sound", "Movie", "GoTo3DView", "SetOCGState", "Trans"),
    )
)
_CARRIES = frozenset({"/JS", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/AF"})
# What other programs look for to open the same bytes as something else.
_OTHER_FILES = (b"PK\x05\x06", b"PK\x03\x04", b"\x7fELF", b"MZ\x90\x00", b"Rar!", b"7z\xbc\xaf\x27\x1c")
_MARKUP = (b"<html", b"<script", b"<?php", b"<svg", b"<!doctype html")
_HEAD, _TAIL = 2048, 70_000
_MOST_OBJECTS = 200_000


def make_safe(content: bytes) -> bytes:
    """Return the PDF as it is, signatures and all; raise Refused when it is none, locked, or more than pages."""
    if not content.startswith(b"%PDF-"):
        raise Refused(_BROKEN)
    _is_nothing_else(content)
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=False) as document:
            if document.is_encrypted:
                raise Refused("This PDF is locked. Save it without a password and choose that.")
            if len(document.pages) == 0:
                raise Refused(_BROKEN)
            _does_nothing(document)
    except Refused:
        raise
    except pikepdf.PasswordError as error:
        raise Refused("This PDF is locked. Save it without a password and choose that.") from error
    # The reader meets whatever a stranger made: each of its failures means that this is no PDF for others.
    except Exception as error:
        raise Refused(_BROKEN) from error
    return content


def _is_nothing_else(content: bytes) -> None:
    head, tail = content[:_HEAD].lower(), content[-_TAIL:]
    end = tail.rfind(b"%%EOF")
    after = tail[end + 5 :].strip(b"\r\n \x00") if end >= 0 else b"?"
    if after or any(mark in head for mark in _MARKUP) or any(mark in tail for mark in _OTHER_FILES[:1]):
        raise Refused(f"This PDF has another file hidden in it. {_PRINT}")
    if any(mark in content[:_HEAD] for mark in _OTHER_FILES):
        raise Refused(f"This PDF has another file hidden in it. {_PRINT}")


def _does_nothing(document: pikepdf.Pdf) -> None:
    if len(document.objects) > _MOST_OBJECTS:
        raise Refused(f"This PDF is too complicated. {_PRINT}")
    for keys, action in _dictionaries(document):
        if action in _ACTS or not _CARRIES.isdisjoint(keys):
            raise Refused(f"This PDF runs something, or carries another file. {_PRINT}")


def _dictionaries(document: pikepdf.Pdf) -> Iterator[tuple[set[str], str]]:
    """Yield the keys and the action of every dictionary, those within others included, each once."""
    waiting = [document.trailer, *document.objects]
    seen = 0
    while waiting:
        found = waiting.pop()
        seen += 1
        if seen > _MOST_OBJECTS * 10:
            raise Refused(f"This PDF is too complicated. {_PRINT}")
        if isinstance(found, pikepdf.Array):
            waiting.extend(item for item in found.as_list() if _is_inner(item))
        elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
            keys = set(found.keys())
            yield keys, str(found["/S"]) if "/S" in keys else ""
            waiting.extend(inner for inner in (found[key] for key in keys) if _is_inner(inner))


def _is_inner(item: object) -> bool:
    """Objects with a number of their own are in the document's list already."""
    return isinstance(item, pikepdf.Object) and not item.is_indirect
