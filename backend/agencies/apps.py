"""Registers the agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Reference tables that every other app leans on."""

    name = "backend.agencies"
    label = "agencies"
