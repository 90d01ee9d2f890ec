#!/bin/sh
# Looks for migrations that would break a server running the version before, on a database with rows in it.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python manage.py lintmigrations --settings backend.config.checking_settings --database owner --no-cache \
    --ignore-initial-migrations --sql-analyser postgresql --include-apps core agencies access audit notifications \
    deadlines drafts workflow directory children sharing cases referrals matching --quiet ignore ok
