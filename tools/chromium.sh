#!/bin/sh
# Has a Chromium for the browser tests and prints its path; installs Debian's package where that is allowed.
# First the one without a window: the same engine, but a page of its own costs it a quarter of the work.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh

find_browser() {
    for candidate in "${CHROMIUM:-}" chromium-headless-shell /usr/bin/chromium chromium chromium-browser google-chrome; do
        [ -n "$candidate" ] || continue
        found=$(command -v "$candidate" 2>/dev/null) || continue
        if "$found" --version >/dev/null 2>&1; then printf '%s\n' "$found"; return 0; fi
    done
    return 1
}
install_browser() {
    if [ "$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else return 1; fi
    command -v apt-get >/dev/null 2>&1 || return 1
    export DEBIAN_FRONTEND=noninteractive
    $as apt-get -qq update </dev/null >/dev/null 2>&1 || true
    for package in chromium-headless-shell chromium; do
        $as apt-get -qq install -y --no-install-recommends $package fonts-liberation </dev/null >/dev/null 2>&1 && return 0
    done
    return 1
}
# What runs every test may install the better one beside another.
if [ "${CI:-}" = true ] && [ -z "${CHROMIUM:-}" ] && ! command -v chromium-headless-shell >/dev/null 2>&1; then
    step "Installing a Chromium without a window for the browser tests" install_browser >&2 || true
fi
if ! find_browser; then
    step "Installing Chromium for the browser tests" install_browser >&2 || true
    find_browser || stop "The browser tests need Chromium: install it (Debian: apt install chromium) or set CHROMIUM to its path."
fi
