#!/usr/bin/env bash
# Measures failover with two servers, a primary and a streaming replica on this machine. A server, the replica and the primary are killed
# and restarted in turn while readers send requests; readers fail over to the other server when a connection is refused.
# Usage: benches/load/replicas.sh. Needs the release build of ./run. Takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
first=$((20000 + RANDOM % 10000)) second=$((30001 + RANDOM % 10000))
bin=$(postgres_bin)
scratch_folder observatory-bench
replica=$scratch/replica other=''
cluster() { (cd "$scratch" && ordinary "$bin/pg_ctl" -D "$1" -w "${@:2}" > /dev/null); }
cleanup() {
  if [ -n "$other" ]; then kill "$other" 2> /dev/null || true; fi
  scratch_server_away
  cluster "$replica" -m immediate stop 2> /dev/null || true
  scratch_away
}
trap cleanup EXIT
primary_settings="-c listen_addresses='' -c unix_socket_directories='$scratch/postgres' -c jit=off"
replica_settings="-c listen_addresses='' -c unix_socket_directories='$replica' -c jit=off"
scratch_postgres "-c jit=off"
(cd "$scratch" && ordinary mkdir -m 700 "$replica" 2> /dev/null) || { mkdir -m 700 "$replica" && chown 65534:65534 "$replica"; }
(cd "$scratch" && ordinary "$bin/pg_basebackup" -h "$scratch/postgres" -U postgres -D "$replica" -R -X stream 2> /dev/null)
# The primary's socket and its lock file are in its data folder. The replica must not use copies of them.
rm -f "$replica"/.s.PGSQL.* "$replica/log"
cluster "$replica" -l "$replica/log" -o "$replica_settings" start || { cat "$replica/log"; die "The replica did not start."; }
export DATABASE_REPLICA_URLS="postgres://postgres@localhost/postgres?host=$replica"
scratch_server "$first"
one=$server
scratch_server "$second"
other=$one
pages=(/en /zh/indicators/domestic-market-revenue /en/programs /zh/organizations /en/events /en/subsidies/data.csv)
served_by_replica() {
  "$bin/psql" -qAtX -h "$replica" -U postgres -c "select coalesce(sum(xact_commit), 0) from pg_stat_database where datname = 'postgres'"
}
before=$(served_by_replica)
python3 benches/load/readers.py --ports "$first,$second" --seconds 40 --anew 0.2 --timeline "${pages[@]}" > "$scratch/readers" &
watched=$!
log() { echo "$(($(date +%s) - begun)) s: $*"; }
begun=$(date +%s)
sleep 4
log "killing the first server"
kill -9 "$other"
wait "$other" 2> /dev/null || true
sleep 4
log "restarting it"
running=$server
scratch_server "$first"
other=$server server=$running
sleep 2
echo "transactions on the replica so far: $(($(served_by_replica) - before))"
log "killing the replica"
cluster "$replica" -m immediate stop
sleep 4
log "restarting it"
cluster "$replica" -l "$replica/log" -o "$replica_settings" start
sleep 4
log "killing the primary"
cluster "$scratch/postgres" -m immediate stop
sleep 4
log "restarting it"
cluster "$scratch/postgres" -l "$scratch/postgres/log" -o "$primary_settings" start
sleep 3
log "publishing a revision"
cp -r data "$scratch/data"
sed -i '$d' "$scratch/data/statements.csv"
chmod -R a+rX "$scratch/data"
"${CARGO_TARGET_DIR:-target}/release/observatory" import "$scratch/data" --log warn | head -n 1
sleep 2
for port in "$first" "$second"; do
  curl -fs "http://127.0.0.1:$port/readyz"
  echo
done
wait "$watched"
cat "$scratch/readers"
