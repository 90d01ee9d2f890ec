"""The virus scanner behind one address: clamd in earnest; in the demonstration one that knows the test file only.

clamd's protocol is a dozen lines; the clients on the package index are under a licence that we do not take.
"""

import socket
from collections.abc import Callable, Mapping
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings

_CHUNK = 65_536
_SECONDS = 30
# https://www.eicar.org: what every scanner takes for a virus, in two parts so that none takes this file for one.
_TEST_FILE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Verdict(Enum):
    """What the scanner says; `unknown` when it says nothing, and then the document waits."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"


def scan(content: bytes) -> Verdict:
    """Return the verdict of the scanner that the settings name; without one nothing is ever said to be clean."""
    address = urlsplit(settings.DOCUMENT_SCANNER)
    return _SCANNERS[address.scheme](settings.DOCUMENT_SCANNER, content)


def _nobody(_address: str, _content: bytes) -> Verdict:
    return Verdict.UNKNOWN


def _demo(_address: str, content: bytes) -> Verdict:
    return Verdict.INFECTED if _TEST_FILE in content else Verdict.CLEAN


def _clamd(address: str, content: bytes) -> Verdict:
    """Send the bytes as INSTREAM (clamd's manual): chunks with their length before them, a zero at the end."""
    try:
        with _connected(address) as link:
            link.sendall(b"zINSTREAM\0")
            for at in range(0, len(content), _CHUNK):
                part = content[at : at + _CHUNK]
                link.sendall(len(part).to_bytes(4, "big") + part)
            link.sendall((0).to_bytes(4, "big"))
            answer = _answer(link)
    except OSError:
        return Verdict.UNKNOWN
    if answer.endswith(b": OK"):
        return Verdict.CLEAN
    return Verdict.INFECTED if answer.endswith(b" FOUND") else Verdict.UNKNOWN


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=_SECONDS)
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(_SECONDS)
    try:
        link.connect(parts.path)
    except OSError:
        link.close()
        raise
    return link


def _answer(link: socket.socket) -> bytes:
    parts = []
    while part := link.recv(1024):
        parts.append(part)
        if b"\0" in part:
            break
    return b"".join(parts).rstrip(b"\0\n")


_SCANNERS: Mapping[str, Callable[[str, bytes], Verdict]] = {"": _nobody, "demo": _demo, "clamd": _clamd}
