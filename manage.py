#!/usr/bin/env python
"""The command line of Alongside; without DATABASE_URL it works on this checkout's own embedded PostgreSQL."""

import os
import sys

from django.core.management import execute_from_command_line

from backend.operations.surroundings import database_urls_for_this_command


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    with database_urls_for_this_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
