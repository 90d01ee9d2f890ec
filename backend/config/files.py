"""Where files that people hand in or take along lie."""

from typing import Any


def kept_in(folder: str) -> dict[str, Any]:
    """Return the storage of files that only the server and the worker read."""
    options = {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
