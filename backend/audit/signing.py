"""The key that signs checkpoints, and the roots outside the database: a file a day that is only written at its end."""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Signed:
    """One checkpoint: which rows it covers, their root, and the signature of all of it."""

    number: int
    at: datetime
    # How many rows the log had.
    size: int
    # Rows of transactions before this one were all covered.
    horizon: int
    root: bytes
    signature: bytes = b""

    def words(self) -> bytes:
        """Return what is signed."""
        moment = int(self.at.timestamp() * 1_000_000)
        return f"alongside audit 1\n{self.number}\n{moment}\n{self.size}\n{self.horizon}\n{self.root.hex()}\n".encode()


def sign(one: Signed) -> bytes:
    """Sign a checkpoint with the server's key."""
    return _private_key().sign(one.words())


def public_keys() -> list[Ed25519PublicKey]:
    """Return the keys whose signatures count: the server's own, and those it had before."""
    former = [Ed25519PublicKey.from_public_bytes(base64.b64decode(one)) for one in settings.AUDIT_PUBLIC_KEYS]
    return [*([_private_key().public_key()] if settings.AUDIT_SIGNING_KEY else []), *former]


def is_signed(one: Signed, keys: list[Ed25519PublicKey]) -> bool:
    """Say whether one of these keys signed exactly this."""
    for key in keys:
        try:
            key.verify(one.signature, one.words())
        except InvalidSignature:
            continue
        return True
    return False


def _private_key() -> Ed25519PrivateKey:
    if not settings.AUDIT_SIGNING_KEY:
        raise ImproperlyConfigured("AUDIT_SIGNING_KEY is not set: nothing would prove that the access log is whole.")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.AUDIT_SIGNING_KEY))


def outside() -> Iterator[Signed]:
    """Yield the checkpoints that were written outside the database, in their order; a broken line ends as unsigned."""
    for path in _files():
        for line in path.read_bytes().splitlines():
            yield _read(line)


def last_outside() -> int:
    """Return the number of the latest checkpoint outside; 0 for none."""
    for path in reversed(_files()):
        lines = path.read_bytes().splitlines()
        if lines:
            return _read(lines[-1]).number
    return 0


def write_outside(one: Signed) -> None:
    """Put a checkpoint at the end of its day's file and wait until the disk has it."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = {
        "number": one.number,
        "at": one.at.isoformat(),
        "size": one.size,
        "horizon": one.horizon,
        "root": one.root.hex(),
        "signature": one.signature.hex(),
    }
    opened = os.open(folder / f"roots-{one.at:%Y-%m-%d}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(opened, orjson.dumps(line) + b"\n")
        os.fsync(opened)
    finally:
        os.close(opened)


def forget_outside() -> None:
    """Throw the files away, with the log that they speak of: only before a demo city is made anew."""
    for path in _files():
        path.unlink()


def _folder() -> Path:
    return Path(settings.AUDIT_FOLDER)


def _files() -> list[Path]:
    return sorted(_folder().glob("roots-*.jsonl"))


def _read(line: bytes) -> Signed:
    try:
        said: dict[str, Any] = orjson.loads(line)
        return Signed(
            number=int(said["number"]),
            at=datetime.fromisoformat(said["at"]),
            size=int(said["size"]),
            horizon=int(said["horizon"]),
            root=bytes.fromhex(said["root"]),
            signature=bytes.fromhex(said["signature"]),
        )
    except (ValueError, KeyError, TypeError):
        # Somebody wrote in it: as good as unsigned, and what it covers is found by the numbers that are missing.
        return Signed(0, datetime.fromtimestamp(0, UTC), 0, 0, sha256(line).digest())
