#!/usr/bin/env bash
# Measures the export of ten million figures: the running server's CSV, alternating with psql's \copy of the same statement.
# Usage: benches/load/export.sh [FIGURES] [ROUNDS]. Needs the release build of ./run, and about 5 GB of disk for ten million figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
figures=${1:-10000000} rounds=${2:-3} port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c shared_buffers=1GB -c max_wal_size=8GB -c fsync=off -c synchronous_commit=off -c track_activity_query_size=16384"
scratch_server "$port"

copy_figures "$figures"
say "$(sql -c "select count(*) from observation") figures, $(sql -c "select pg_size_pretty(pg_total_relation_size('observation'))")"

url=http://127.0.0.1:$port/en/data/figures.csv?bom=0
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }
# Resident memory before the first export.
base=$(memory)
# Reads the server's statement from pg_stat_activity while it runs.
curl -s "$url" > /dev/null & one=$!
for _ in $(seq 1 100); do
  statement=$(sql -c "select query from pg_stat_activity where query like 'copy (%' and pid <> pg_backend_pid() limit 1")
  if [ -n "$statement" ]; then break; fi
  sleep 0.1
done
wait "$one"
printf '%s\n' "$statement" | tr '\n' ' ' | sed -E 's/^copy /\\copy /; s/ to stdout \(format csv\) *$/ to pstdout (format csv)/' > "$scratch/copy.sql"

now() { date +%s%N; }
peak=0
for round in $(seq 1 "$rounds"); do
  begun=$(now)
  sql -f "$scratch/copy.sql" | cat > /dev/null
  psql_ms=$((($(now) - begun) / 1000000))
  ( while kill -0 "$server" 2> /dev/null; do memory; sleep 0.2; done > "$scratch/memory" ) & watch=$!
  read -r first total bytes < <(curl -s -o /dev/null -w '%{time_starttransfer} %{time_total} %{size_download}\n' "$url")
  kill "$watch"; wait "$watch" 2> /dev/null || true
  most=$(sort -n "$scratch/memory" | tail -n 1)
  if [ "$most" -gt "$peak" ]; then peak=$most; fi
  awk -v round="$round" -v psql="$psql_ms" -v first="$first" -v total="$total" -v bytes="$bytes" 'BEGIN {
    printf "round %d: psql %.1f s, server %.1f s (%.0f MB), first byte after %.0f ms, ratio %.2f\n",
           round, psql / 1000, total, bytes / 1e6, first * 1000, psql / 1000 / total }'
done
echo "server memory: $((base / 1024)) MB before, $((peak / 1024)) MB peak, $(((peak - base) / 1024)) MB growth"

# A client disconnects: the server cancels its statement in Postgres shortly afterwards.
curl -s --max-time 1 "$url" > /dev/null || true
for tenth in $(seq 0 100); do
  if [ "$(sql -c "select count(*) from pg_stat_activity where query like 'copy (%' and state = 'active'")" = 0 ]; then break; fi
  sleep 0.1
done
echo "Postgres stopped within $((tenth * 100 + 100)) ms after the client disconnected"
