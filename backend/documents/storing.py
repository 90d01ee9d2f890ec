"""The document store: Django's storage `documents`, a folder unless the operator names another kind."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

_FOLDERS, _LENGTH = 2, 16


def store() -> Storage:
    """Return the document store."""
    return storages["documents"]


def keep(content: bytes) -> str:
    """Write bytes under a new random name and return the name."""
    name = secrets.token_hex(_LENGTH)
    return store().save(f"{name[:_FOLDERS]}/{name}", ContentFile(content))


def read(name: str) -> bytes:
    """Return the bytes of a name; raise OSError when the store does not have them."""
    with store().open(name) as file:
        content: bytes = file.read()
    return content


def forget(name: str) -> None:
    """Delete the bytes of a name; a name that is gone is no error."""
    store().delete(name)


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, by which a changed file is known."""
    return hashlib.sha256(content).hexdigest()


def names_before(moment: datetime) -> Iterator[str]:
    """Yield what was stored before `moment`, a folder at a time."""
    folders, _files = store().listdir("")
    for folder in sorted(folders):
        _folders, files = store().listdir(folder)
        for file in sorted(files):
            name = f"{folder}/{file}"
            if store().get_modified_time(name) < moment:
                yield name
