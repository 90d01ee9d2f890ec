#!/bin/sh
# Writes what is generated from the code: the API's schema, the tables of states and permissions, the web app's types.
# With --check it writes nothing and fails where the committed files differ.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
PATH="$PWD/.tools/node/bin:$PATH"
export PATH

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.venv/bin/python manage.py reference "$scratch/reference" >"$scratch/reference.log" 2>&1 \
    || { tail -n 30 "$scratch/reference.log" >&2; stop "the reference could not be written from the code."; }
# The generator is npm's; it says much on success and all that matters on failure.
(cd frontend && npm_config_loglevel=error npx --no-install openapi-typescript "$scratch/reference/openapi.yaml" \
    --output "$scratch/schema.d.ts" >"$scratch/generator.log" 2>&1) \
    || { cat "$scratch/generator.log" >&2; stop "openapi-typescript could not read the API's schema."; }

if [ "${1:-}" = --check ]; then
    wrong=0
    for file in "$scratch"/reference/*; do
        diff -u "docs/reference/$(basename "$file")" "$file" | head -40 | grep . && wrong=1
    done
    diff -u frontend/src/api/schema.d.ts "$scratch/schema.d.ts" | head -40 | grep . && wrong=1
    [ $wrong = 0 ] || stop "Generated files are not what the code says: run make schema and commit what it writes."
else
    mkdir -p docs/reference
    cp "$scratch"/reference/* docs/reference/
    cp "$scratch/schema.d.ts" frontend/src/api/schema.d.ts
    say "docs/reference and frontend/src/api/schema.d.ts are written."
fi
