#!/usr/bin/env bash
# Two servers, a primary and a streaming replica, all on this machine: each is killed in turn and comes back, while readers who turn
# to the other server where one takes no connection go on asking. `benches/load/replicas.sh`; needs what ./run has built. A minute.
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
away() {
  if [ -n "$other" ]; then kill "$other" 2> /dev/null || true; fi
  scratch_server_away
  cluster "$replica" -m immediate stop 2> /dev/null || true
  scratch_away
}
trap away EXIT
primary_settings="-c listen_addresses='' -c unix_socket_directories='$scratch/postgres' -c jit=off"
replica_settings="-c listen_addresses='' -c unix_socket_directories='$replica' -c jit=off"
scratch_postgres "-c jit=off"
(cd "$scratch" && ordinary mkdir -m 700 "$replica" 2> /dev/null) || { mkdir -m 700 "$replica" && chown 65534:65534 "$replica"; }
(cd "$scratch" && ordinary "$bin/pg_basebackup" -h "$scratch/postgres" -U postgres -D "$replica" -R -X stream 2> /dev/null)
# The primary's socket lies in its folder, and with it the lock that is not the replica's.
rm -f "$replica"/.s.PGSQL.* "$replica/log"
cluster "$replica" -l "$replica/log" -o "$replica_settings" start || { cat "$replica/log"; die "The replica does not start."; }
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
python3 benches/load/readers.py --ports "$first,$second" --seconds 40 --anew 0.2 --timeline "${pages[@]}" > "$scratch/told" &
watched=$!
told() { echo "$(($(date +%s) - begun)) s: $*"; }
begun=$(date +%s)
sleep 4
told "the first server is killed"
kill -9 "$other"
wait "$other" 2> /dev/null || true
sleep 4
told "and started again"
keep=$server
scratch_server "$first"
other=$server server=$keep
sleep 2
echo "transactions of the replica so far: $(($(served_by_replica) - before))"
told "the replica is killed"
cluster "$replica" -m immediate stop
sleep 4
told "and started again"
cluster "$replica" -l "$replica/log" -o "$replica_settings" start
sleep 4
told "the primary is killed"
cluster "$scratch/postgres" -m immediate stop
sleep 4
told "and started again"
cluster "$scratch/postgres" -l "$scratch/postgres/log" -o "$primary_settings" start
sleep 3
told "a revision is published"
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
cat "$scratch/told"
