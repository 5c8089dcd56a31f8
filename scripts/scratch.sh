# Disposable Postgres cluster and folder. Sourced after lib.sh, by ./test and the benches.
# shellcheck shell=bash

# Runs a command as an unprivileged user if this is root, because Postgres refuses to run as root.
ordinary() {
  if [ "$(id -u)" != 0 ]; then "$@"; else setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; fi
}

# scratch_folder NAME: creates $scratch, readable by the unprivileged user.
scratch_folder() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/$1.XXXXXX")
  chmod 755 "$scratch"
}

# scratch_postgres [SETTINGS]: starts a cluster on a socket in $scratch, an existing or a new one, and sets DATABASE_URL. Encoding and
# locale are those of a private cluster, regardless of the machine's settings.
scratch_postgres() {
  local bin
  bin=$(postgres_bin)
  mkdir -p "$scratch/postgres"
  if [ "$(id -u)" = 0 ]; then chown 65534:65534 "$scratch/postgres"; fi
  ( cd "$scratch" \
    && { [ -f "$scratch/postgres/PG_VERSION" ] \
      || LC_ALL=C ordinary "$bin/initdb" -D "$scratch/postgres" -U postgres -A trust \
        --encoding UTF8 --locale C --no-sync > /dev/null; } \
    && ordinary "$bin/pg_ctl" -D "$scratch/postgres" -l "$scratch/postgres/log" -w start -o \
      "-c listen_addresses='' -c unix_socket_directories='$scratch/postgres' ${1:-}" > /dev/null ) \
    || die "The scratch Postgres did not start."
  DATABASE_URL="postgres://postgres@localhost/postgres?host=$scratch/postgres"
  export DATABASE_URL
}

# scratch_stop MODE: stops the cluster, if there is one, in the given pg_ctl mode: fast, or immediate if its data are no longer needed.
scratch_stop() {
  if [ -f "$scratch/postgres/postmaster.pid" ]; then
    (cd "$scratch" && ordinary "$(postgres_bin)/pg_ctl" -D "$scratch/postgres" -m "$1" stop > /dev/null 2>&1)
  fi
}

# Stops the cluster, if there is one, and removes the folder.
scratch_away() {
  scratch_stop immediate
  rm -rf "$scratch"
}

sql() { "$(postgres_bin)/psql" -qAtX -h "$scratch/postgres" -U postgres -v ON_ERROR_STOP=1 "$@"; }

# scratch_server PORT: starts the release build on the scratch Postgres and waits until it is ready; $server is its process id.
scratch_server() {
  "${CARGO_TARGET_DIR:-target}/release/observatory" --port "$1" --log warn > "$scratch/server.log" 2>&1 &
  server=$!
  for _ in $(seq 1 150); do
    if curl -fs "http://127.0.0.1:$1/readyz" > /dev/null; then return; fi
    sleep 0.2
  done
  cat "$scratch/server.log"
  die "The server did not start."
}

scratch_server_away() {
  if [ -n "${server:-}" ]; then kill "$server" 2> /dev/null; wait "$server" 2> /dev/null || true; fi
}

# copy_figures ROWS: copies the shipped figures repeatedly with different dates: the same texts and joins, a unique key for each row.
copy_figures() {
  local rows=$1
  say "Copying figures up to $rows rows"
  sql << T
insert into observation (indicator_id, entity, period_start, period_end, producer, value, value_high, qualifier, basis, headline, source_id,
                         note_en, note_zh, valid)
select indicator_id, entity, date '0001-01-01' + n, date '0001-01-01' + n + place::int, producer, value, value_high,
       qualifier, basis, false, source_id, note_en, note_zh, '[1,)'
from (select *, row_number() over () as place from observation) shipped,
     generate_series(1, (select $rows / count(*) from observation)::int) n;
vacuum analyze observation;
T
}
