# Sourced by the other scripts here: progress with seconds, and an end with one clear sentence.
say() { printf '%s\n' "$*"; }
stop() { printf 'alongside: %s\n' "$*" >&2; exit 1; }
# step "What is being done" command …   prints what, then how long it took.
step() {
    what=$1; shift
    say "$what …"
    began=$(date +%s)
    "$@" || return $?
    took=$(( $(date +%s) - began ))
    [ "$took" -lt 2 ] || say "  done in $took s"
}
# stamp_of FILE…   one word for the content of the files.
stamp_of() { cat "$@" | cksum | tr ' ' '-'; }
