#!/usr/bin/env bash
# Runs its arguments with FRONTDESK_TEST_DATABASE set to a PostgreSQL server that it starts for them and stops afterwards.
# For tests only: the server does not sync to disk and trusts whoever reaches its socket. It is not for keeping data.
#
#   scripts/with-postgres.sh cargo test -p frontdesk-store
#
# Where FRONTDESK_TEST_DATABASE is set already, that server is used and none is started.
set -euo pipefail

main() {
    if [ $# -eq 0 ]; then
        echo "usage: $0 COMMAND [ARGUMENT...]" >&2
        exit 2
    fi
    if [ -n "${FRONTDESK_TEST_DATABASE:-}" ]; then
        exec "$@"
    fi
    local programs
    programs=$(find_programs) || { install_postgres && programs=$(find_programs); }

    # Short, because a socket's path has at most 107 bytes; and where the server's own user may enter.
    directory=$(mktemp -d /tmp/frontdesk-pg.XXXXXX)
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP

    start "$programs"
    local status=0
    FRONTDESK_TEST_DATABASE="postgres:///postgres?host=$directory&user=postgres" "$@" || status=$?
    exit "$status"
}

# Prints the directory of initdb, pg_ctl and postgres: the newest of Debian's, or what the path has.
find_programs() {
    local candidate
    for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        if [ -x "$candidate/initdb" ]; then
            echo "$candidate"
            return
        fi
    done
    candidate=$(command -v initdb) || return 1
    dirname "$candidate"
}

# Installs the server without the cluster that the package would make and start for the whole machine.
install_postgres() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "$0: no PostgreSQL server found; install one (Debian: postgresql), or set FRONTDESK_TEST_DATABASE" >&2
        exit 1
    fi
    mkdir -p /etc/postgresql-common
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    fi
    {
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql
    } >&2
}

# PostgreSQL refuses to run as root.
as_server_user() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

start() {
    local programs=$1
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$directory"
    fi
    control="$programs/pg_ctl"
    local settings="-k $directory -c listen_addresses= -c max_connections=300 -c fsync=off -c full_page_writes=off"
    if ! as_server_user "$programs/initdb" -D "$directory/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$directory.log" 2>&1 ||
        ! as_server_user "$control" -D "$directory/data" -l "$directory/server.log" -o "$settings" -w start >>"$directory.log" 2>&1; then
        echo "$0: PostgreSQL does not start:" >&2
        cat "$directory.log" >&2
        if [ -e "$directory/server.log" ]; then cat "$directory/server.log" >&2; fi
        exit 1
    fi
}

stop() {
    if [ -e "$directory/data/postmaster.pid" ]; then
        as_server_user "$control" -D "$directory/data" -m immediate stop >/dev/null || true
    fi
    rm -rf "$directory" "$directory.log"
}

main "$@"
