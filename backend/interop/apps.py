"""Registers the interop app, which owns no table."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    """The top rung of the product: what comes in from other systems goes through the commands below."""

    name = "backend.interop"
    label = "interop"
