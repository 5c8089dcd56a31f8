#!/usr/bin/env bash
# Compares response times of addresses with and without known_on, on one server without a response cache.
# Usage: benches/load/known_on.sh [OBSERVATIONS] [ROUNDS]. Without a number of observations the shipped data set is served. Needs the release
# build of ./run.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
many=${1:-} rounds=${2:-15}
port=$((20000 + RANDOM % 10000))
program=${CARGO_TARGET_DIR:-target}/release/observatory
[ -x "$program" ] || die "$program does not exist. Please run ./run first."
server=''
away() {
  if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; fi
  scratch_away
}
scratch_folder observatory-bench
trap away EXIT
scratch_postgres "-c jit=off -c shared_buffers=1GB -c fsync=off -c synchronous_commit=off -c max_wal_size=8GB"
export DATABASE_URL="postgres://postgres@localhost/postgres?host=$scratch/postgres"
data=data
if [ -n "$many" ]; then
  data=$scratch/data
  "$program" sample "$data" --observations "$many" | sed 's/ to .*//'
fi
"$program" import "$data" --log warn | tail -n 1
sql -c "vacuum analyze"
CACHE_MEGABYTES=0 REQUESTS_PER_SECOND=0 "$program" --port "$port" --log warn > "$scratch/server.log" 2>&1 &
server=$!
for _ in $(seq 1 300); do
  if curl -fs -m 20 "http://127.0.0.1:$port/en/disagreements" > /dev/null; then break; fi
  sleep 0.2
done
python3 benches/load/known_on.py --port "$port" --day 2026-06-30 --rounds "$rounds" \
  /en /en/indicators /en/indicators/domestic-market-revenue /en/indicators/app-downloads "/en/explore?preset=forecasts" \
  /en/disagreements /en/programs "/en/programs?place=shanghai" /en/programs/sh-guide-fund /en/subsidies /en/organizations \
  /en/organizations/crazy-maple-studio /en/events /en/places/shanghai /en/map /en/sources "/en/search?q=ReelShort" \
  "/api/v1/observations?limit=100" /api/v1/programs "/en/indicators/domestic-market-revenue/data.csv" /en/data/figures.csv \
  || { cat "$scratch/server.log"; exit 1; }
