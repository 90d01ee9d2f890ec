#!/bin/sh
# Has Lighthouse and what drives the browser for it, apart from the web app's packages: it is four times their size.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
PATH="$PWD/.tools/node/bin:$PATH"
export PATH
sh tools/node.sh
cd bench/lighthouse

packages="$(stamp_of package.json package-lock.json)"
if [ "$(cat node_modules/.alongside-lock 2>/dev/null || true)" != "$packages" ]; then
    step "Installing Lighthouse" npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
    printf '%s' "$packages" > node_modules/.alongside-lock
fi
