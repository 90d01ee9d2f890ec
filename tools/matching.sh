#!/bin/sh
# Makes .tools/matching, where the bench of matching runs: the product's packages, Splink and the FEBRL sets.
# Apart from .venv, which stays small; does nothing when it is up to date.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
export UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
lock=requirements-matching.lock
stamp="$(stamp_of "$lock")"
[ "$(cat .tools/matching/alongside-lock 2>/dev/null || true)" != "$stamp" ] || exit 0

uv=
if uv --version >/dev/null 2>&1; then
    uv=uv
elif .tools/uv/bin/uv --version >/dev/null 2>&1; then
    uv=.tools/uv/bin/uv
fi
with_uv() {
    "$uv" venv -q --clear --python "$(.venv/bin/python -c 'import sys; print(sys._base_executable)')" .tools/matching \
        && "$uv" pip sync -q --require-hashes --python .tools/matching/bin/python "$lock"
}
with_pip() {
    rm -rf .tools/matching
    .venv/bin/python -m venv .tools/matching && .tools/matching/bin/python -m pip install -q --require-hashes -r "$lock"
}
if [ -n "$uv" ] && step "Installing what measures matching" with_uv; then
    :
elif step "Installing what measures matching with pip" with_pip; then
    :
else
    stop "The packages of requirements-matching.lock could not be installed; the lines above say why."
fi
printf '%s' "$stamp" > .tools/matching/alongside-lock
