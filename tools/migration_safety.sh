#!/bin/sh
# Looks for migrations that would break a server running the version before, on a database with rows in it.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python manage.py lintmigrations --database owner --project-root-path . --exclude-apps procrastinate account \
    contenttypes auth --quiet ignore
