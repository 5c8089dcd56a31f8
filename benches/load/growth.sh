#!/usr/bin/env bash
# Compares response times with a thousand times as much data. `observatory sample` writes two data sets: 10,000 observations, and ten
# million with a hundred thousand organizations, programmes and amounts. Each is imported into a separate database and served by a process
# without a response cache; requests for every kind of page alternate between the two processes.
# Usage: benches/load/growth.sh [OBSERVATIONS] [ROUNDS]. Needs the release build of ./run. Ten million observations take about 15 GB and
# half an hour, most of it the import. With GROWTH_STATE=DIR the data sets and databases are stored in that folder and reused by later runs,
# which only repeat the requests. Remove the folder when the data set or the schema has changed.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
few=10000 many=${1:-10000000} rounds=${2:-15}
small_port=$((20000 + RANDOM % 10000)) large_port=$((30001 + RANDOM % 10000))
program=${CARGO_TARGET_DIR:-target}/release/observatory
[ -x "$program" ] || die "$program does not exist. Please run ./run first."
servers=()
servers_away() {
  local one
  for one in "${servers[@]}"; do kill "$one" 2> /dev/null || true; done
  for one in "${servers[@]}"; do wait "$one" 2> /dev/null || true; done
}
if [ -n "${GROWTH_STATE:-}" ]; then
  mkdir -p "$GROWTH_STATE"
  scratch=$(cd "$GROWTH_STATE" && pwd)
  chmod 755 "$scratch"
  trap 'servers_away; scratch_stop fast' EXIT
else
  scratch_folder observatory-bench
  trap 'servers_away; scratch_away' EXIT
fi
scratch_postgres "-c jit=off -c shared_buffers=2GB -c effective_cache_size=8GB -c maintenance_work_mem=512MB -c max_wal_size=16GB \
  -c checkpoint_timeout=30min -c fsync=off -c synchronous_commit=off -c max_connections=100"

now() { date +%s%N; }
seconds() { awk -v begun="$1" -v done="$(now)" 'BEGIN { printf "%.1f s", (done - begun) / 1e9 }'; }
address() { printf 'postgres://postgres@localhost/growth_%s?host=%s/postgres' "$1" "$scratch"; }

# prepare OBSERVATIONS: creates the data set in $scratch and its database, unless they exist.
prepare() {
  local data=$scratch/data-$1 database=growth_$1 begun
  if [ ! -d "$data" ]; then
    begun=$(now)
    rm -rf "$data.unfinished"
    "$program" sample "$data.unfinished" --observations "$1" | sed 's/ to .*//'
    mv "$data.unfinished" "$data"
    say "written in $(seconds "$begun"), $(du -sh "$data" | cut -f 1)"
  fi
  if [ "$(sql -c "select count(*) from pg_database where datname = '$database'")" = 1 ] \
    && [ "$(sql -d "$database" -c "select to_regclass('revision') is not null")" = t ] \
    && [ "$(sql -d "$database" -c "select count(*) > 0 from revision")" = t ]; then
    say "$1 observations are already published"
    return
  fi
  sql -c "set client_min_messages = warning" -c "drop database if exists $database" -c "create database $database"
  begun=$(now)
  DATABASE_URL=$(address "$1") "$program" import "$data" --log warn | tail -n 1
  say "checked and published in $(seconds "$begun")"
  begun=$(now)
  # Stands in for autovacuum, which would do the same sooner or later.
  sql -d "$database" -c "vacuum analyze"
  say "vacuumed in $(seconds "$begun"), $(sql -c "select pg_size_pretty(pg_database_size('$database'))")"
}

# serve OBSERVATIONS PORT: starts the program on that database and waits until its warm-up is complete.
serve() {
  local log=$scratch/server-$1.log
  DATABASE_URL=$(address "$1") CACHE_MEGABYTES=0 REQUESTS_PER_SECOND=0 "$program" --port "$2" --log warn > "$log" 2>&1 &
  servers+=($!)
  for _ in $(seq 1 300); do
    # The warm-up reads the data of this page last. Once it is served, no request waits for the warm-up.
    if curl -fs -m 20 "http://127.0.0.1:$2/en/disagreements" > /dev/null; then return; fi
    sleep 0.2
  done
  cat "$log"
  die "The server with $1 observations did not start."
}

prepare "$few"
prepare "$many"
serve "$few" "$small_port"
serve "$many" "$large_port"

# Series that both data sets have: the first copies of organizations, for an indicator of the real data.
series=$(sql -d "growth_$few" -c "select string_agg(distinct 'series=' || indicator_id || '.' || entity || '.' || producer, '&')
  from observation where indicator_id = 'app-downloads'
    and entity in (select distinct entity from observation where indicator_id = 'app-downloads' and entity like '%-2' order by entity limit 4)")
addresses=(
  /en /zh
  /en/indicators "/en/indicators?q=revenue&topic=apps"
  /en/indicators/domestic-market-revenue /en/indicators/app-downloads /zh/indicators/app-downloads "/en/indicators/app-downloads?rows=all"
  "/en/indicators/app-downloads?entity=reelshort"
  "/en/indicators/company-revenue?entity=col-group" /en/indicators/company-revenue /en/indicators/domestic-market-revenue/download
  "/en/explore?preset=forecasts" "/zh/explore?preset=company-profit" "/en/explore?$series" "/en/explore?$series&kind=panels&units=index"
  "/en/explore?find=downloads" "/en/explore?$series&find=studio"
  /en/disagreements "/zh/disagreements?topic=apps"
  /en/programs "/en/programs?place=shanghai&instrument=grant" "/en/programs?q=overseas" "next:/en/programs" "/zh/programs?sort=place"
  /en/programs/sh-guide-fund /en/programs/sh-measures-2024
  /en/programs/compare "/en/programs/compare?place=shanghai&place=shanghai-pudong&place=hangzhou"
  "/en/programs/compare?program=sh-guide-fund&program=pudong-visa"
  /en/programs/match "/en/programs/match?place=shanghai-pudong&does=production&does=overseas&needs=works&needs=people"
  /en/subsidies "/en/subsidies?kind=paid&year=2024" "/en/subsidies?q=film" "/zh/subsidies?place=shanghai" "next:/en/subsidies"
  /en/subsidies/sub-sh-guide-2024
  /en/organizations "/en/organizations?pudong=headquartered&kind=company" "/en/organizations?place=shanghai" "/en/organizations?q=media"
  "next:/en/organizations" /zh/organizations
  /en/organizations/col-group /zh/organizations/col-group /en/organizations/crazy-maple-studio-2 /en/organizations/pudong-government
  /en/events "/en/events?kind=policy&place=shanghai" "/en/events?year=2025" /en/events/ev-2015-01-21-col
  /en/places /en/places/shanghai /zh/places/shanghai-pudong /en/places/china
  /en/sources "/en/sources?q=subsidy" "/zh/sources?kind=government" "next:/en/sources" /en/sources/yicai-2025-12-08 /en/sources/caixin-2025-06-25
  "/en/search?q=film" "/en/search?q=waigaoqiao" "/zh/search?q=%E5%BE%AE%E7%9F%AD%E5%89%A7" "/en/search?q=studio&kind=organization"
  "/fn/suggest?locale=en&q=shang"
  /en/data /en/data/revisions/1 /en/about /en/api
  /api/v1/programs "/api/v1/observations?indicator=app-downloads" "/api/v1/organizations/col-group" "/api/v1/subsidies?kind=paid"
  /en/organizations/download "/en/organizations/data.csv?place=shanghai-pudong"
  /en/feed.atom /en/organizations/col-group/feed.atom /en/programs/dates.ics /sitemap.xml
  /embed/en/indicators/domestic-market-revenue /embed/zh/indicators/app-downloads "/embed/en/explore?$series"
)
python3 benches/load/growth.py --ports "$small_port,$large_port" --named "$few,$many" --rounds "$rounds" "${addresses[@]}"
for at in 0 1; do
  ps -o rss= -p "${servers[$at]}" | awk -v which="$at" '{ printf "memory of the server with %s data: %.0f MB\n", which ? "more" : "less", $1 / 1024 }'
done
