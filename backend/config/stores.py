"""Where files are kept: folders that only the server and the worker read."""

from pathlib import Path
from typing import Any

import environ


def kept_in(folder: str) -> dict[str, Any]:
    """Return Django's settings of such a folder."""
    options = {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


def proof_of_the_log(env: environ.Env, var: Path) -> tuple[str, list[str], str]:
    """Return the key that signs the access log, the public keys of former ones, and where the signed roots lie.

    See ADR 64. The key is the worker's. Whoever only verifies needs public keys and the folder.
    """
    folder = env.str("AUDIT_FOLDER", default=str(var / "audit"))
    return env.str("AUDIT_SIGNING_KEY", default=""), env.list("AUDIT_PUBLIC_KEYS", default=[]), folder
