#!/usr/bin/env bash
# Measures how long an explore page takes from Postgres to its last byte. One client requests one state after another: first as cache
# misses (each request has a different host, which is part of the cache key), then as hits. psql reading the same rows is the comparison.
# Usage: benches/load/explore.sh [ROUNDS]. Needs the release build of ./run.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
rounds=${1:-10} port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"

market=series=domestic-market-revenue.china
states=(
  "preset=market-and-box-office" "preset=market-growth" "preset=forecasts" "preset=overseas-by-producer" "preset=company-profit"
  "$market.iimedia" "$market.iimedia&units=index&axis=log" "$market.iimedia&currency=USD&units=percent-year"
  "$market.iimedia&$market.dataeye&$market.cnsa&$market.nrta&$market.iresearch&every=year"
  "$market.iimedia&series=users-micro-drama.china.cnnic&kind=panels"
  "series=overseas-iap-revenue.overseas.dataeye&mark=program&mark=agreement&place=shanghai"
  "$market.iimedia&find=revenue"
)
urls=$scratch/urls
for _ in $(seq 1 "$rounds"); do
  for state in "${states[@]}"; do
    for locale in en zh; do
      number=$((${number:-0} + 1))
      if [ "$number" -gt 1 ]; then echo next; fi
      printf 'url = "http://127.0.0.1:%s/%s/explore?%s"\noutput = /dev/null\nheader = "host: %s%s.test"\nwrite-out = "%%{time_total}\\n"\nsilent\n' \
        "$port" "$locale" "$state" HOST "$number"
    done
  done
done > "$urls"
request_all() { sed "s/HOST/$1/" "$urls" > "$urls.now"; curl -s -K "$urls.now"; }
summarize() { sort -n | awk '{ t[NR] = $1 * 1000 } END { printf "%s: p50 %.1f ms, p95 %.1f ms, longest %.1f ms of %d\n", label, t[int(NR * 0.5)], t[int(NR * 0.95)], t[NR], NR }' label="$1"; }
# One pass to warm up, one for cache misses, one for hits. Each pass uses one connection.
request_all warm > /dev/null
request_all measured | summarize "explore page, cache miss"
request_all measured | summarize "the same, cache hit"
for _ in $(seq 1 "$rounds"); do
  begun=$(date +%s%N)
  sql -c "select * from observation where indicator_id = 'domestic-market-revenue' and valid @> 1" > /dev/null
  echo "$((($(date +%s%N) - begun) / 1000))" | awk '{ print $1 / 1e6 }'
done | summarize "comparison: psql, started each time, reading the rows of one indicator"
