"""Word files: text and pictures. Macros, embedded programs and whatever is fetched on opening are not taken."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from backend.documents.inspecting.refusing import Refused

_SAVE = "Save it as a plain Word file (.docx) or as PDF and choose that."
_BROKEN = f"This is not a Word file that can be opened. {_SAVE}"
_ACTIVE = f"This Word file runs or fetches something. {_SAVE}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MOST_PARTS = 2_000
MOST_BYTES = 100_000_000
# Text shrinks about tenfold; what shrinks a hundredfold and more was made to burst.
MOST_RATIO = 200
_SMALL = 1_000_000
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
_END_LENGTH = 22
_PROGRAMS = re.compile(
    r"vba|macro|activex|\.bin$|embeddings/|\.(exe|dll|js|vbs|ps1|bat|cmd|scr|hta|jar|lnk|docm|dotm|swf|html?)$",
    re.IGNORECASE,
)
_FETCHES = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE)
_FIELD = re.compile(rb"<w:(?:instrText|fldSimple)\b[^>]*?(?:w:instr=\"([^\"]*)\"|>([^<]*)<)", re.DOTALL)


def make_safe(content: bytes) -> bytes:
    """Return the file as it is; raise Refused when it is none, would burst, or does more than be read."""
    if not content.startswith(b"PK\x03\x04") or content.rfind(_END) != len(content) - _END_LENGTH:
        raise Refused(_BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _is_sound(package)
            _is_word(package)
            for name, part in _xml_parts(package):
                _is_inert(name, part)
    except Refused:
        raise
    # The reader meets whatever a stranger made: each of its failures means that this is no Word file.
    except Exception as error:
        raise Refused(_BROKEN) from error
    return content


def _is_sound(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise Refused(_BROKEN)
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refused("This Word file is too large once it is unpacked.")
    for part in parts:
        if part.flag_bits & _ENCRYPTED or "\\" in part.filename or part.filename.startswith("/"):
            raise Refused(_BROKEN)
        if ".." in part.filename.split("/") or ":" in part.filename:
            raise Refused(_BROKEN)
        if part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Refused("This Word file is too large once it is unpacked.")
        if _PROGRAMS.search(part.filename):
            raise Refused(_ACTIVE)


def _is_word(package: zipfile.ZipFile) -> None:
    kinds = _parsed(_read(package, "[Content_Types].xml"))
    declared = {element.get("ContentType", "") for element in kinds.iter()}
    if _MAIN not in declared:
        raise Refused(_BROKEN)
    if any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in declared):
        raise Refused(_ACTIVE)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """Read one part, never more of it than it says it has: what says less than it holds would burst."""
    size = package.getinfo(name).file_size
    with package.open(name) as part:
        content = part.read(size + 1)
    if len(content) > size:
        raise Refused(_BROKEN)
    return content


def _xml_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for part in package.infolist():
        content = _read(package, part.filename)
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            yield part.filename, content
        elif content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF") or content[:2] == b"MZ":
            raise Refused(_ACTIVE)


def _parsed(content: bytes) -> ElementTree.Element:
    """Return the XML; a document type or an entity is refused before it is read, so none can grow or fetch."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise Refused(_BROKEN)
    lower = content.lower()
    if b"<!doctype" in lower or b"<!entity" in lower:
        raise Refused(_ACTIVE)
    if re.match(rb"\s*(\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"'](?!utf-8)", lower):
        raise Refused(_BROKEN)
    return ElementTree.fromstring(content)  # noqa: S314 - nothing that could grow or fetch is left in it


def _is_inert(name: str, content: bytes) -> None:
    root = _parsed(content)
    if name.lower().endswith(".rels"):
        for element in root.iter():
            is_link = element.get("Type", "").endswith("/hyperlink")
            target = element.get("Target", "")
            if element.get("TargetMode", "").lower() == "external" and not (is_link and _is_web(target)):
                raise Refused(_ACTIVE)
            if ".." in target.split("/")[1:]:
                raise Refused(_BROKEN)
    for attribute, text in _FIELD.findall(content):
        if _FETCHES.search(attribute or text):
            raise Refused(_ACTIVE)


def _is_web(target: str) -> bool:
    return target.lower().startswith(("https://", "http://", "mailto:"))
