# A throw-away PostgreSQL cluster on loopback, for ./test and ./bench. Source it; call postgres_start, and postgres_stop when done.
# Sets WAYMARK_TEST_POSTGRES. initdb refuses root, so as root everything runs as the user postgres.

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

postgres_as() { if [ "$(id -u)" = 0 ]; then su postgres -c "$1"; else bash -c "$1"; fi; }

postgres_start() {
  if [ -z "$(postgres_bin)" ]; then
    echo "Installing PostgreSQL …" >&2
    apt_install postgresql
  fi
  local bin port
  bin=$(postgres_bin)
  POSTGRES_DIR=$(mktemp -d "${TMPDIR:-/tmp}/waymark-pg-XXXXXX")
  if [ "$(id -u)" = 0 ]; then chown postgres "$POSTGRES_DIR"; fi
  postgres_as "'$bin/initdb' -D '$POSTGRES_DIR/data' -A trust -U waymark --encoding=UTF8 --locale=C >'$POSTGRES_DIR/initdb.log' 2>&1"
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    if postgres_as "'$bin/pg_ctl' -D '$POSTGRES_DIR/data' -w -t 30 -l '$POSTGRES_DIR/server.log' \
        -o '-p $port -h 127.0.0.1 -k $POSTGRES_DIR -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=512MB' start >/dev/null"; then
      export WAYMARK_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=waymark;Database=postgres"
      return 0
    fi
  done
  echo "PostgreSQL did not start; its log: $POSTGRES_DIR/server.log" >&2
  return 1
}

postgres_stop() {
  [ -n "${POSTGRES_DIR:-}" ] || return 0
  postgres_as "'$(postgres_bin)/pg_ctl' -D '$POSTGRES_DIR/data' -m immediate stop >/dev/null 2>&1" || true
  rm -rf "$POSTGRES_DIR"
}

apt_install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "$* is missing. Install it with your package manager and start again." >&2
    return 1
  fi
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >&2
}
