#!/bin/sh
# Fails when a lock file or an npm setting names a host: packages must come from whatever registry a machine is given.
set -eu
cd "${1:-$(dirname "$0")/..}"
found=0
for file in requirements*.lock tools/locks/*.txt; do
    if grep -nE '[a-z+]+://|--(extra-)?index-url|--find-links|--trusted-host' "$file"; then
        echo "alongside: $file names a host." >&2
        found=1
    fi
done
# A package's home page or funding address is no registry; "resolved" is where npm would fetch it from.
if grep -nE '"resolved": *"' frontend/package-lock.json || grep -nE '^[^#]*registry *=' frontend/.npmrc; then
    echo "alongside: the web app's lock or .npmrc names a registry." >&2
    found=1
fi
exit $found
