#!/usr/bin/env bash
# Measures all figures as Parquet against CSV: rows a second of both from the same server in turns, and the memory of the server. Each round
# starts the server anew, so that its Parquet file is made and not only sent.
# Usage: benches/load/parquet.sh [FIGURES] [ROUNDS]. Needs the release build of ./run, and about 10 GB of disk for ten million figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
figures=${1:-1000000} rounds=${2:-3} port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c shared_buffers=1GB -c max_wal_size=8GB -c fsync=off -c synchronous_commit=off"
scratch_server "$port"
stop() { scratch_server_away; server=; }
stop

copy_figures "$figures"
rows=$(sql -c "select count(*) from observation")
say "$rows figures"

memory() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }
read_file() { curl -s -o /dev/null -w '%{http_code} %{time_total} %{size_download}\n' "http://127.0.0.1:$port/en/data/$1"; }
peak=0
for round in $(seq 1 "$rounds"); do
  scratch_server "$port"
  read -r _ csv csv_bytes < <(read_file 'figures.csv?bom=0')
  # After the first export, so that what the server reads once at its start does not count.
  base=$(memory)
  ( while kill -0 "$server" 2> /dev/null; do memory; sleep 0.2; done > "$scratch/memory" ) & watch=$!
  read -r status made made_bytes < <(read_file figures.parquet)
  [ "$status" = 200 ] || die "figures.parquet: $status"
  read -r _ again _ < <(read_file figures.parquet)
  kill "$watch"; wait "$watch" 2> /dev/null || true
  most=$(sort -n "$scratch/memory" | tail -n 1)
  if [ $((most - base)) -gt "$peak" ]; then peak=$((most - base)); fi
  awk -v round="$round" -v rows="$rows" -v csv="$csv" -v csv_bytes="$csv_bytes" -v made="$made" -v bytes="$made_bytes" -v again="$again" 'BEGIN {
    printf "round %d: CSV %.1f s (%.0f rows a second, %.0f MB), Parquet %.1f s (%.0f rows a second, %.0f MB), ratio %.2f; sent again in %.2f s\n",
           round, csv, rows / csv, csv_bytes / 1e6, made, rows / made, bytes / 1e6, csv / made, again }'
  stop
done
echo "memory of the server grew by at most $((peak / 1024)) MB"
