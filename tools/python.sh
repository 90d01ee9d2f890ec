#!/bin/sh
# Makes .venv from a lock: `sh tools/python.sh run` what the product needs, `traces` what sends traces too, `dev` its tests.
# Works with nothing but a Python that has venv, or with uv on PATH; does nothing when .venv is up to date.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
export UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS="${CI:+1}" PIP_DISABLE_PIP_VERSION_CHECK=1
[ -n "$UV_NO_PROGRESS" ] || unset UV_NO_PROGRESS

kind=${1:-run}
case $kind in
    run) lock=requirements.lock ;;
    traces) lock=requirements-traces.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) stop "tools/python.sh takes run, traces or dev, not $kind." ;;
esac
stamp="$(stamp_of requirements.lock requirements-traces.lock requirements-dev.lock)"
installed=$(cat .venv/alongside-lock 2>/dev/null || true)
# What the tests need includes what the product needs, with traces or without.
if .venv/bin/python -c '' 2>/dev/null; then
    [ "$installed" != "dev $stamp" ] || exit 0
    [ "$installed" != "$kind $stamp" ] || exit 0
    [ "$kind $installed" != "run traces $stamp" ] || exit 0
fi

# A name on PATH proves nothing (pyenv leaves shims for Pythons it does not have): each candidate is run.
works() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import venv, ensurepip' >/dev/null 2>&1; }
python= any=
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python /usr/bin/python3; do
    works "$candidate" || continue
    any=${any:-$candidate}
    if has_venv "$candidate"; then python=$candidate; break; fi
done
[ -n "$any" ] || stop "Python 3.11 or newer is needed and none was found: install it (Debian, Ubuntu: apt install python3 python3-venv)."

uv=
if uv --version >/dev/null 2>&1; then
    uv=uv
elif .tools/uv/bin/uv --version >/dev/null 2>&1; then
    uv=.tools/uv/bin/uv
else
    [ -n "$python" ] || stop "$any has no venv module: install it (Debian, Ubuntu: apt install python3-venv)."
    get_uv() {
        "$python" -m venv .tools/uv && .tools/uv/bin/python -m pip install -q --require-hashes -r tools/locks/uv.txt
    }
    if step "Fetching uv, which installs packages quickly" get_uv; then
        uv=.tools/uv/bin/uv
    else
        say "  uv cannot be had here; pip will do, more slowly."
    fi
fi

with_uv() {
    .venv/bin/python -c '' 2>/dev/null || "$uv" venv -q --clear --python "${python:-$any}" .venv || return 1
    "$uv" pip sync -q --require-hashes --python .venv/bin/python "$lock"
}
with_pip() {
    rm -rf .venv
    "$python" -m venv .venv && .venv/bin/python -m pip install -q --require-hashes -r "$lock"
}
if [ -n "$uv" ] && step "Installing Python packages" with_uv; then
    :
elif [ -n "$python" ] && step "Installing Python packages with pip" with_pip; then
    :
else
    stop "The Python packages could not be installed; the lines above say why. Is the package index reachable?"
fi
printf '%s %s' "$kind" "$stamp" > .venv/alongside-lock
