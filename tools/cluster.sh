#!/bin/sh
# Has what a drilled cluster is made of, all from Debian's packages, and starts none of it.
set -eu
cd "$(dirname "$0")/.."
. tools/say.sh

[ "$(id -u)" = 0 ] || stop "The drill of a cluster runs its servers by the account postgres, and only root may do that."
has_all() {
    for program in patroni etcd haproxy pgbackrest /usr/lib/postgresql/15/bin/postgres; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
    # Patroni needs it where another package brought urllib3's way to OpenSSL.
    python=/usr/bin/python3
    "$python" -c 'import idna' 2>/dev/null
}
install_all() {
    command -v apt-get >/dev/null 2>&1 || return 1
    export DEBIAN_FRONTEND=noninteractive
    # Packages start what they bring unless this says no; whatever said it before is put back.
    policy=/usr/sbin/policy-rc.d kept=
    [ ! -e "$policy" ] || { kept=$(mktemp) && cp -p "$policy" "$kept"; }
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
    apt-get -qq update </dev/null >/dev/null 2>&1 || true
    code=0
    apt-get -qq install -y --no-install-recommends patroni python3-idna etcd-server haproxy pgbackrest postgresql-15 \
        </dev/null >/dev/null 2>&1 || code=1
    if [ -n "$kept" ]; then cp -p "$kept" "$policy" && rm -f "$kept"; else rm -f "$policy"; fi
    return $code
}
has_all || step "Installing etcd, Patroni, HAProxy and pgBackRest for the drill" install_all || true
has_all || stop "The drill needs Debian's packages patroni, python3-idna, etcd-server, haproxy, pgbackrest and postgresql-15."
