"""Where files are kept: folders that only the server and the worker read."""

from typing import Any


def kept_in(folder: str) -> dict[str, Any]:
    """Return Django's settings of such a folder."""
    options = {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
