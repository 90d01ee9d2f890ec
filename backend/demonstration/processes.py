"""Prepares a process that helps to make the city: imported before Django is, so it imports nothing of ours."""

import django


def ready() -> None:
    """Set Django up in a freshly started process."""
    django.setup()
