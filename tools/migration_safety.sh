#!/bin/sh
# Looks for migrations that would break a server running the version before, on a database with rows in it.
set -eu
cd "$(dirname "$0")/.."
# Every app of ours that has migrations.
apps=$(cd backend && for folder in */migrations; do echo "${folder%/migrations}"; done)
# Left out, each with its reason:
# - drafts 0002 says "unique" anew of rows that were unique already by less (record and form): no row can break it, and
#   the version before inserts with ON CONFLICT DO NOTHING, which any unique index satisfies.
# - cases 0024 says "unique" of a column that it adds: it is empty in every row, and the version before leaves it empty.
# - disagreements 0002 says "unique" of the turn a disagreement begins with: the version before writes it once too.
# - rights 0003 says "unique" anew of the same rows and of those in a state that it brings: none are in it yet.
# - rights 0004 is the same again, of withdrawals.
# - demonstration 0002, interventions 0004 and 0006, outcomes 0002 add columns that are never empty, each with a default
#   of the database: the version before leaves them out and gets it.
exec .venv/bin/python manage.py lintmigrations --settings backend.config.checking_settings --database owner --no-cache \
    --ignore-initial-migrations --sql-analyser postgresql --include-apps $apps \
    --ignore-name 0002_drafts_of_ones_own 0024_action_of_a_decision 0002_what_each_side_says 0003_refused_by_two 0004_withdrawn_by_two \
    0002_past 0004_what_the_family_knows 0006_goals 0002_corrections --quiet ignore ok
