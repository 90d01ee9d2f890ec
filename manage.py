#!/usr/bin/env python
"""The command line of Alongside; without DATABASE_URL it works on this checkout's own embedded PostgreSQL."""

import os
import sys

from django.core.management import execute_from_command_line

from backend.operations.management.commands.up import Command as Up
from backend.operations.surroundings import database_urls_for_this_command


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    with database_urls_for_this_command(sys.argv):
        if sys.argv[1:2] == ["up"]:
            # What it starts loads the applications anyway; loading them here first would make everybody wait twice.
            Up().run_from_argv(sys.argv)
        else:
            execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
