#!/bin/sh
# Runs a command with each file in /run/secrets as a variable of the same name in capitals: database_url is DATABASE_URL.
# They are in no layer of the image, in no list of the container's settings, and in no log.
set -eu
for file in /run/secrets/*; do
    [ -r "$file" ] || continue
    name=$(basename "$file" | tr '[:lower:]' '[:upper:]')
    export "$name=$(cat "$file")"
done
exec "$@"
