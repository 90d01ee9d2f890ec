#!/bin/sh
# Runs every check, each to its end, two at a time, and says at the end which ones failed and how long each took.
set -u
cd "$(dirname "$0")/.."
PATH="$PWD/.tools/node/bin:$PATH"
export PATH
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
# Each row of checks keeps what they said in files of its own, so that neither speaks into the other.
check() {
    name=$1; shift
    began=$(date +%s)
    if "$@" >"$kept/$row.output" 2>&1; then
        word=ok
    else
        word=FAILED
        printf ' %s' "$name" >>"$kept/failed"
        { printf '\n--- %s ---\n' "$name"; cat "$kept/$row.output"; } >>"$kept/$row.said"
    fi
    printf '  %-22s %-7s %3s s\n' "$name" "$word" $(( $(date +%s) - began )) >>"$kept/$row.summary"
}
# Those that ask the database stand in one row: they share it.
with_the_database() {
    row=1
    check "migrations" .venv/bin/python manage.py makemigrations --check --dry-run
    check "generated files" sh tools/reference.sh --check
    check "migration safety" sh tools/migration_safety.sh
    check "types" .venv/bin/mypy backend
}
without_it() {
    row=2
    check "style" .venv/bin/ruff check --quiet .
    check "format" .venv/bin/ruff format --check --quiet .
    check "lock files" sh tools/lock_hosts.sh
    check "import contracts" .venv/bin/lint-imports --no-cache
    check "web app" sh -c 'cd frontend && npm run --silent check'
    check "size budgets" sh tools/frontend.sh build
    check "tests can be read" .venv/bin/pytest --collect-only -q -p no:cacheprovider
}
: >"$kept/failed"
with_the_database &
without_it
wait
cat "$kept"/*.said 2>/dev/null
printf '\n'
cat "$kept/1.summary" "$kept/2.summary"
[ ! -s "$kept/failed" ] || { printf '\nFailed:%s\n' "$(cat "$kept/failed")"; exit 1; }
