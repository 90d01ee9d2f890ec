"""Registers the reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Strategic needs assessments and funder returns."""

    name = "backend.reports"
    label = "reports"
