#!/bin/sh
# Makes .tools/scan, apart from .venv, and looks through the product with it; writes the bills of materials to var/sbom, and
# compares what they name with a list of known flaws, at OSV_URL.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
export UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
PATH="$PWD/.tools/node/bin:$PATH"
export PATH
lock=requirements-scan.lock
stamp="$(stamp_of "$lock")"
install() {
    rm -rf .tools/scan
    if [ -x .tools/uv/bin/uv ]; then uv=.tools/uv/bin/uv; else uv=uv; fi
    if "$uv" --version >/dev/null 2>&1; then
        "$uv" venv -q --python .venv/bin/python .tools/scan \
            && "$uv" pip sync -q --require-hashes --python .tools/scan/bin/python "$lock"
    else
        .venv/bin/python -m venv .tools/scan && .tools/scan/bin/python -m pip install -q --require-hashes -r "$lock"
    fi
}
if [ "$(cat .tools/scan/alongside-lock 2>/dev/null || true)" != "$stamp" ]; then
    step "Installing what looks for flaws" install \
        || stop "The packages of $lock could not be installed; the lines above say why."
    printf '%s' "$stamp" > .tools/scan/alongside-lock
fi

mkdir -p var/sbom
step "Writing the bill of materials of the server" .tools/scan/bin/cyclonedx-py requirements requirements.lock \
    --output-reproducible --of JSON -o var/sbom/server.json
bill_of_the_web_app() {
    (cd frontend && npm sbom --sbom-format cyclonedx --package-lock-only --loglevel=error) > var/sbom/web.json
}
step "Writing the bill of materials of the web app" bill_of_the_web_app
wrong=0
.tools/scan/bin/python tools/scan.py || wrong=1
say "Comparing the lock files with a list of known flaws …"
.tools/scan/bin/python tools/known_flaws.py || wrong=1
exit $wrong
