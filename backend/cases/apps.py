"""Registers the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and the transfer of their lead."""

    name = "backend.cases"
    label = "cases"
