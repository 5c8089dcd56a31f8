#!/usr/bin/env bash
# Fails over a Patroni cluster of three nodes on this machine (etcd, HAProxy, synchronous replication) under two servers and their readers:
# kills the leader, kills it again during an import, and freezes a leader, which comes back later. Prints what readers met, and what is
# published at the end on each node.
# Usage: benches/load/cluster.sh. Needs the release build of ./run, and patroni, etcd-server and haproxy. Takes about four minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
for program in patroni etcd haproxy; do
  have "$program" || [ -x "/usr/sbin/$program" ] || die "$program is needed (Debian: apt install patroni etcd-server haproxy)"
done
PATH=$PATH:/usr/sbin
observatory=${OBSERVATORY:-${CARGO_TARGET_DIR:-target}/release/observatory}
bin=$(postgres_bin)
base=$((20000 + RANDOM % 10000))
etcd=$base peer=$((base + 1)) writes=$((base + 2)) first=$((base + 3)) second=$((base + 4))
scratch_folder observatory-cluster
chmod 777 "$scratch"
declare -A pids
cleanup() {
  for pid in "${pids[@]}"; do kill -CONT -- "-$pid" 2> /dev/null || true; kill -9 -- "-$pid" 2> /dev/null || true; done
  for node in 1 2 3; do
    if [ -f "$scratch/node$node/postmaster.pid" ]; then kill -9 "$(head -n 1 "$scratch/node$node/postmaster.pid")" 2> /dev/null || true; fi
  done
  sleep 1
  rm -rf "$scratch"
}
trap cleanup EXIT

# start NAME COMMAND...: runs a program in a process group of its own.
start() {
  local name=$1
  shift
  # Postgres refuses to run as root.
  if [ "$(id -u)" = 0 ]; then set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; fi
  (cd "$scratch" && exec setsid "$@" > "$scratch/$name.log" 2>&1) &
  pids[$name]=$!
  disown
}
rest() { echo $((base + 10 + $1)); }
postgres_port() { echo $((base + 20 + $1)); }

node_settings() {
  cat << T
scope: observatory
name: node$1
etcd3:
  host: 127.0.0.1:$etcd
restapi:
  listen: 127.0.0.1:$(rest "$1")
  connect_address: 127.0.0.1:$(rest "$1")
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    primary_start_timeout: 0
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {max_connections: 100, jit: 'off', wal_log_hints: 'on'}
  initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
  pg_hba: ['local all all trust', 'host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
postgresql:
  listen: 127.0.0.1:$(postgres_port "$1")
  connect_address: 127.0.0.1:$(postgres_port "$1")
  data_dir: $scratch/node$1
  bin_dir: $bin
  pgpass: $scratch/pgpass$1
  parameters: {unix_socket_directories: '$scratch'}
  authentication:
    superuser: {username: postgres, password: none}
    replication: {username: replicator, password: none}
    rewind: {username: postgres, password: none}
T
}

start etcd etcd --data-dir "$scratch/etcd" --listen-client-urls "http://127.0.0.1:$etcd" --advertise-client-urls "http://127.0.0.1:$etcd" \
  --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
  --initial-cluster "default=http://127.0.0.1:$peer" --unsafe-no-fsync
{
  printf 'defaults\n  mode tcp\n  timeout connect 2s\n  timeout client 1h\n  timeout server 1h\n'
  printf 'listen writes\n  bind 127.0.0.1:%s\n  option httpchk OPTIONS /primary\n  http-check expect status 200\n' "$writes"
  printf '  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions\n'
  for node in 1 2 3; do printf '  server node%s 127.0.0.1:%s check port %s\n' "$node" "$(postgres_port "$node")" "$(rest "$node")"; done
} > "$scratch/haproxy.cfg"
for node in 1 2 3; do
  node_settings "$node" > "$scratch/node$node.yml"
done
start haproxy haproxy -f "$scratch/haproxy.cfg"
for node in 1 2 3; do start "patroni$node" patroni "$scratch/node$node.yml"; done

begun=$(date +%s)
log() { echo "$(($(date +%s) - begun)) s: $*"; }
leader() {
  local node
  for node in 1 2 3; do
    if [ "$node" != "${1:-}" ] && [ "$(curl -s -m 1 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$(rest "$node")/primary")" = 200 ]; then
      echo "$node"
      return
    fi
  done
}
# new_leader [OTHER]: waits until a node other than this one leads.
new_leader() {
  local found=''
  for _ in $(seq 1 240); do
    found=$(leader "${1:-}")
    if [ -n "$found" ]; then echo "$found"; return; fi
    sleep 0.5
  done
  tail -n 3 "$scratch"/*.log >&2
  die "No node became the leader."
}
# all_follow: waits until two nodes are replicas that keep up, one of them synchronous.
all_follow() {
  for _ in $(seq 1 240); do
    if [ "$(on "$(new_leader)" "select count(*) >= 2 and count(*) filter (where sync_state = 'sync') >= 1 from pg_stat_replication where state = 'streaming'")" = t ]; then return; fi
    sleep 0.5
  done
  die "The replicas do not follow."
}
on() { "$bin/psql" -qAtX -h 127.0.0.1 -p "$(postgres_port "$1")" -U postgres -d "${3:-postgres}" -c "$2"; }
fell() { kill -9 -- "-${pids[patroni$1]}" 2> /dev/null || true; kill -9 "$(head -n 1 "$scratch/node$1/postmaster.pid")" || true; }
frozen() {
  local signal=$2 parent
  parent=$(head -n 1 "$scratch/node$1/postmaster.pid")
  kill "-$signal" -- "-${pids[patroni$1]}"
  # shellcheck disable=SC2046
  kill "-$signal" "$parent" $(pgrep -P "$parent") 2> /dev/null || true
}

node=$(new_leader)
all_follow
log "node $node leads, the others follow"
on "$node" 'create database observatory'
export DATABASE_URL="postgres://postgres@127.0.0.1:$writes/observatory"
replicas=''
for each in 1 2 3; do replicas="$replicas${replicas:+,}postgres://postgres@127.0.0.1:$(postgres_port "$each")/observatory"; done
export DATABASE_REPLICA_URLS=$replicas
serve() {
  "$observatory" --port "$1" --log warn > "$scratch/server$1.log" 2>&1 &
  pids[server$1]=$!
  for _ in $(seq 1 150); do
    if curl -fs "http://127.0.0.1:$1/readyz" > /dev/null; then return; fi
    sleep 0.2
  done
  cat "$scratch/server$1.log"
  die "The server did not start."
}
set -m
serve "$first"
serve "$second"
set +m
pages=(/en /zh/indicators/domestic-market-revenue /en/programs /zh/organizations /en/events /en/subsidies/data.csv)
python3 benches/load/readers.py --ports "$first,$second" --readers "${READERS:-16}" --seconds "${SECONDS_WATCHED:-170}" --anew 0.2 "${pages[@]}" > "$scratch/readers" &
watched=$!
sleep 3

log "killing node $node, the leader"
fell "$node"
next=$(new_leader "$node")
log "node $next leads"
start "patroni$node" patroni "$scratch/node$node.yml"
node=$next
all_follow
log "three nodes again"

"$observatory" sample "$scratch/sample" --observations "${ROWS:-200000}" > /dev/null
chmod -R a+rX "$scratch/sample"
log "importing, and killing node $node, the leader, meanwhile"
"$observatory" import "$scratch/sample" --note "A sample" --log warn > "$scratch/import" 2>&1 &
import=$!
for _ in $(seq 1 600); do
  if [ "$(on "$node" "select count(*) from pg_stat_activity where query like 'insert into observation%' or query like 'copy staged_observation%'" observatory)" != 0 ]; then break; fi
  sleep 0.1
done
fell "$node"
if wait "$import"; then log "the import had ended: $(tail -n 1 "$scratch/import")"; else log "the import failed: $(tail -n 1 "$scratch/import" | cut -c 1-160)"; fi
next=$(new_leader "$node")
log "node $next leads, with revisions $(on "$next" "select string_agg(number::text, ', ') from revision" observatory) and $(on "$next" "select count(*) from observation" observatory) figures"
start "patroni$node" patroni "$scratch/node$node.yml"
node=$next
all_follow
log "importing again: $("$observatory" import "$scratch/sample" --note "A sample" --log warn 2>&1 | tail -n 1)"

log "freezing node $node, the leader"
frozen "$node" STOP
next=$(new_leader "$node")
log "node $next leads"
sleep 3
frozen "$node" CONT
log "node $node is back"
all_follow
log "three nodes again"
wait "$watched"
for each in 1 2 3; do
  echo "node $each: revisions $(on "$each" "select string_agg(number::text, ', ' order by number) from revision" observatory), $(on "$each" "select count(*) from observation" observatory) figures"
done
"$observatory" verify --log warn || true
for port in "$first" "$second"; do curl -fs "http://127.0.0.1:$port/readyz"; echo; done
cat "$scratch/readers"
