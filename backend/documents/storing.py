"""The store of files: Django's storage `documents`, or another of its kind; a folder unless the operator says else."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

DOCUMENTS, EXPORTS = "documents", "exports"
_FOLDERS, _LENGTH = 2, 16
_BATCH = 50


def store(where: str = DOCUMENTS) -> Storage:
    """Return a store."""
    return storages[where]


def keep(content: bytes, where: str = DOCUMENTS) -> str:
    """Write bytes under a new random name and return the name."""
    return store(where).save(_new_name(), ContentFile(content))


def keep_file(path: Path, where: str) -> str:
    """Write a file, a piece at a time, under a new random name and return the name."""
    with path.open("rb") as file:
        return store(where).save(_new_name(), File(file))


def _new_name() -> str:
    name = secrets.token_hex(_LENGTH)
    return f"{name[:_FOLDERS]}/{name}"


def read(name: str, where: str = DOCUMENTS) -> bytes:
    """Return the bytes of a name; raise OSError when the store does not have them."""
    with store(where).open(name) as file:
        content: bytes = file.read()
    return content


def forget(name: str, where: str = DOCUMENTS) -> None:
    """Delete the bytes of a name; a name that is gone is no error."""
    store(where).delete(name)


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, by which a changed file is known."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read a piece at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def names_before(moment: datetime, where: str = DOCUMENTS) -> Iterator[str]:
    """Yield what was stored before `moment`, a folder at a time."""
    kept = store(where)
    try:
        folders, _files = kept.listdir("")
    except FileNotFoundError:  # A folder is made with the first file in it.
        return
    for folder in sorted(folders):
        _folders, files = kept.listdir(folder)
        for file in sorted(files):
            name = f"{folder}/{file}"
            if kept.get_modified_time(name) < moment:
                yield name


def sweep(where: str, moment: datetime, kept: Callable[[Collection[str]], Collection[str]]) -> int:
    """Delete what was stored before `moment` and is not among what `kept` says of its names; return how many."""
    names = list(names_before(moment, where))
    gone = 0
    for at in range(0, len(names), _BATCH):
        some = names[at : at + _BATCH]
        wanted = kept(some)
        for name in set(some) - set(wanted):
            forget(name, where)
            gone += 1
    return gone
