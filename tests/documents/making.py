"""Honest files, and the means to make hostile ones, all of them made here: nothing hostile lies in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf
from PIL import Image

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
BODY = """<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t>
</w:r></w:p></w:body></w:document>"""


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def pdf(extra: Mapping[str, Any] | None = None, **saving: Any) -> bytes:
    """One empty page, with whatever `extra` adds to its catalogue."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    for key, value in (extra or {}).items():
        document.Root[key] = document.make_indirect(value)
    out = io.BytesIO()
    document.save(out, **saving)
    return out.getvalue()


def action(name: str, **more: Any) -> pikepdf.Dictionary:
    """What a PDF does when it is opened."""
    return pikepdf.Dictionary({"/Type": pikepdf.Name.Action, "/S": pikepdf.Name(f"/{name}"), **more})


def word(parts: Mapping[str, str | bytes] | None = None, *, without: str = "") -> bytes:
    """A Word file of one line, with parts added or put in place of others."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": BODY.format(text="We met on Tuesday."),
        **(parts or {}),
    }
    made.pop(without, None)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in made.items():
            package.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str, mode: str = "External") -> str:
    """The relations of a document, one of them to something outside."""
    return RELS.replace(
        "</Relationships>",
        f'<Relationship Id="r9" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>',
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many points and holds none of them."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + lines + chunk(b"IEND", b"")
