#!/bin/sh
# `sh tools/frontend.sh packages` installs what the web app is built with; `build` builds it. Neither repeats itself.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
PATH="$PWD/.tools/node/bin:$PATH"
export PATH
sh tools/node.sh
cd frontend

packages="$(stamp_of package.json package-lock.json)"
if [ "$(cat node_modules/.alongside-lock 2>/dev/null || true)" != "$packages" ]; then
    step "Installing the web app's packages" npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
    printf '%s' "$packages" > node_modules/.alongside-lock
fi
[ "${1:-build}" = build ] || exit 0

sources() { find src scripts index.html public ./*.json ./*.ts -type f 2>/dev/null | LC_ALL=C sort; }
build="$(sources | tr '\n' '\0' | xargs -0 cat | cksum | tr ' ' '-')"
if [ ! -f dist/index.html ] || [ "$(cat node_modules/.alongside-build 2>/dev/null || true)" != "$build" ]; then
    log=node_modules/.alongside-build.log
    step "Building the web app" sh -c "npm run --silent build > $log 2>&1" || { cat $log; stop "The web app could not be built."; }
    printf '%s' "$build" > node_modules/.alongside-build
fi
