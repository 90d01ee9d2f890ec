#!/bin/sh
# Writes the lock files: every platform, every hash, and no address of any index.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
export UV_SYSTEM_CERTS=true
for name in UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS; do
    unset "$name"
done
export PIP_CONFIG_FILE=/dev/null
if uv --version >/dev/null 2>&1; then uv=uv; else uv=.tools/uv/bin/uv; fi
compile() {
    "$uv" pip compile -q --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url "$@"
}
step "Locking what the product runs on" compile requirements.in -o requirements.lock
step "Locking what its tests run on" compile -c requirements.lock requirements-dev.in -o requirements-dev.lock
for group in requirements-*.in; do
    [ "$group" = requirements-dev.in ] || step "Locking $group" compile -c requirements.lock "$group" -o "${group%.in}.lock"
done
sh tools/lock_hosts.sh
