"""Registers the sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Agreements and disclosures."""

    name = "backend.sharing"
    label = "sharing"
