"""Prepares a process that helps to make the city: imported before Django is, so it imports nothing of ours."""

import gc

import django

_OBJECTS = 50_000


def ready() -> None:
    """Set Django up in a freshly started process, which lives too briefly to look for garbage often."""
    django.setup()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 50, 100)
