# What ./test and ./bench need beside the SDK: a throw-away PostgreSQL on loopback, a browser. Sourced after tools.sh. start_postgres sets $postgres (a connection string); stop_postgres removes all of it.

as_postgres() {
    if [ "$(id -u)" != 0 ]; then "$@"; else runuser -u postgres -- "$@"; fi
}

find_postgres() {
    local folder
    for folder in "$(command -v pg_config >/dev/null && pg_config --bindir || true)" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then postgres_bin=$folder; return 0; fi
    done
    return 1
}

# start_postgres [durable]: without "durable" it trades safety for speed, which tests do not need.
start_postgres() {
    find_postgres || return 1
    postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/waymark-postgres-XXXXXX")
    [ "$(id -u)" != 0 ] || chown postgres "$postgres_folder"
    local options="-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c shared_buffers=256MB -c max_wal_size=2GB -c timezone=UTC" port tries
    [ "${1:-}" = durable ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    (cd / && as_postgres "$postgres_bin/initdb" -D "$postgres_folder/data" -U waymark -A trust -E UTF8 --locale=C.UTF-8 --no-sync) >"$postgres_folder.log" 2>&1 || { cat "$postgres_folder.log" >&2; return 1; }
    for tries in 1 2 3 4 5 6 7 8; do
        port=$((20000 + (RANDOM + $$) % 20000))
        if (cd / && as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -w -t 60 -l "$postgres_folder/server.log" -o "$options -p $port" start) >>"$postgres_folder.log" 2>&1; then
            postgres="Host=127.0.0.1;Port=$port;Username=waymark;Database=postgres"
            return 0
        fi
    done
    cat "$postgres_folder/server.log" >&2
    return 1
}

stop_postgres() {
    [ -n "${postgres_folder:-}" ] || return 0
    (cd / && as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop) >/dev/null 2>&1 || true
    rm -rf "$postgres_folder" "$postgres_folder.log"
    postgres_folder=
}

# install_missing postgresql|chromium…: what is not here, by apt.
install_missing() {
    local name missing=() as=() log
    for name in "$@"; do
        case $name in
            postgresql) find_postgres || missing+=(postgresql) ;;
            chromium) find_chromium >/dev/null || missing+=(chromium fonts-dejavu-core) ;;
        esac
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]} …"
    command -v apt-get >/dev/null || stop "Install ${missing[*]} first: apt-get is not here to do it."
    [ "$(id -u)" = 0 ] || as=(sudo -n)
    log="$here/artifacts/apt.log"
    { "${as[@]}" apt-get update && "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 \
        || { tail -n 20 "$log" >&2; stop "Could not install ${missing[*]}."; }
}

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
