"""Spreadsheets of OpenDocument 1.3 (OASIS, ISO/IEC 26300), written as they stream.

The libraries that write them hold the whole table in memory (odfpy, odfdo) or are not kept up; what we need of the
standard is this page, and the tests read it back with a reader of somebody else's.
"""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from django.utils.timezone import localtime

from backend.core.spreadsheets.cells import ENGLISH, Cell, Sheet, in_words

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_KIND}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
_NUMBERS = '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
_NUMBERS += '<number:text>/</number:text><number:year number:style="long"/>'
_HOURS = '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
_HOURS += '<number:minutes number:style="long"/>'
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.3" xmlns:office="{_NAMES}:office:1.0" xmlns:table="{_NAMES}:table:1.0"
 xmlns:text="{_NAMES}:text:1.0" xmlns:style="{_NAMES}:style:1.0" xmlns:number="{_NAMES}:datastyle:1.0"
 xmlns:fo="{_NAMES}:xsl-fo-compatible:1.0"><office:automatic-styles>
<number:date-style style:name="days">{_NUMBERS}</number:date-style>
<number:date-style style:name="moments">{_NUMBERS}{_HOURS}</number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="days"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="moments"/>
<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="wide" style:family="table-column">
<style:table-column-properties style:column-width="4cm"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>"""
_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def write(file: IO[bytes], sheets: Sequence[Sheet], _folder: Path) -> None:
    """Write sheets as a document."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and as it is, so that the kind of file is known from its first bytes.
        archive.writestr("mimetype", _KIND, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for part in _content(sheets):
                content.write(part.encode())


def _content(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield _HEAD
    for sheet in sheets:
        yield f"<table:table table:name={quoteattr(sheet.title)}>"
        yield f'<table:table-column table:style-name="wide" table:number-columns-repeated="{len(sheet.columns)}"/>'
        yield _row([_words(in_words(column, ENGLISH), ' table:style-name="heading"') for column in sheet.columns])
        for row in sheet.rows:
            yield _row([_cell(cell) for cell in row])
        yield "</table:table>"
    yield _TAIL


def _row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(cell: Cell) -> str:
    shown = in_words(cell, ENGLISH)
    match cell:
        case datetime():
            moment = localtime(cell).replace(tzinfo=None, microsecond=0)
            return _typed("date", f'office:date-value="{moment.isoformat()}" table:style-name="moment"', shown)
        case date():
            return _typed("date", f'office:date-value="{cell.isoformat()}" table:style-name="day"', shown)
        case int() | float() | Decimal() if not isinstance(cell, bool):
            return _typed("float", f'office:value="{cell}"', shown)
        case _:
            return _words(shown) if shown else "<table:table-cell/>"


def _words(text: str, style: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{style}><text:p>{escape(text)}</text:p></table:table-cell>'


def _typed(kind: str, value: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{escape(shown)}</text:p></table:table-cell>'
