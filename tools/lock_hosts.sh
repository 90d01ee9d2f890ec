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
for folder in frontend bench/lighthouse; do
    if grep -nE '"resolved": *"' $folder/package-lock.json || grep -nE '^[^#]*registry *=' $folder/.npmrc; then
        echo "alongside: the lock or .npmrc of $folder names a registry." >&2
        found=1
    fi
done
exit $found
