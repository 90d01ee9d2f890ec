#!/bin/sh
# Runs every check, each to its end, and says at the end which ones failed and how long each took.
set -u
cd "$(dirname "$0")/.."
PATH="$PWD/.tools/node/bin:$PATH"
export PATH
failed=
summary=
check() {
    name=$1; shift
    began=$(date +%s)
    if output=$("$@" 2>&1); then
        word=ok
    else
        word=FAILED
        failed="$failed $name"
        printf '\n--- %s ---\n%s\n' "$name" "$output"
    fi
    took=$(( $(date +%s) - began ))
    summary="$summary$(printf '  %-22s %-7s %3s s' "$name" "$word" "$took")
"
}
check "style" .venv/bin/ruff check --quiet .
check "format" .venv/bin/ruff format --check --quiet .
check "types" .venv/bin/mypy backend
check "tests can be read" .venv/bin/pytest --collect-only -q -p no:cacheprovider
check "import contracts" .venv/bin/lint-imports --no-cache
check "migrations" .venv/bin/python manage.py makemigrations --check --dry-run
check "migration safety" sh tools/migration_safety.sh
check "generated files" sh tools/reference.sh --check
check "lock files" sh tools/lock_hosts.sh
check "web app" sh -c 'cd frontend && npm run --silent check'
check "size budgets" sh tools/frontend.sh build
printf '\n%s' "$summary"
[ -z "$failed" ] || { printf '\nFailed:%s\n' "$failed"; exit 1; }
