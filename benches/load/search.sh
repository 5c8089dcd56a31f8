#!/usr/bin/env bash
# How long the search takes at 100,000 documents: the running server, asked one question after another, beside a plain scan of
# the same texts by psql. `benches/load/search.sh [documents] [rounds]`; needs what ./run has built.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
need_postgres > /dev/null
documents=${1:-100000} rounds=${2:-20} port=$((20000 + RANDOM % 20000))
bin=$(postgres_bin)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/observatory-bench.XXXXXX")
chmod 755 "$scratch" && mkdir "$scratch/postgres"
ordinary() { if [ "$(id -u)" != 0 ]; then "$@"; else setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; fi; }
clean_up() {
  if [ -n "${server:-}" ]; then kill "$server" 2> /dev/null; wait "$server" 2> /dev/null || true; fi
  (cd "$scratch" && ordinary "$bin/pg_ctl" -D "$scratch/postgres" -m immediate stop > /dev/null 2>&1) || true
  rm -rf "$scratch"
}
trap clean_up EXIT
if [ "$(id -u)" = 0 ]; then chown 65534:65534 "$scratch/postgres"; fi
( cd "$scratch"
  ordinary "$bin/initdb" -D "$scratch/postgres" -U postgres -A trust --no-sync > /dev/null
  ordinary "$bin/pg_ctl" -D "$scratch/postgres" -w start \
    -o "-c listen_addresses='' -c unix_socket_directories='$scratch/postgres' -c jit=off" > /dev/null )
sql() { "$bin/psql" -qAtX -h "$scratch/postgres" -U postgres -v ON_ERROR_STOP=1 "$@"; }

DATABASE_URL="postgres://postgres@localhost/postgres?host=$scratch/postgres" \
  "${CARGO_TARGET_DIR:-target}/release/observatory" --port "$port" --log warn > "$scratch/server.log" 2>&1 &
server=$!
for _ in $(seq 1 100); do if curl -fs "http://127.0.0.1:$port/readyz" > /dev/null; then break; fi; sleep 0.2; done

# Titles and notes of the shipped data in new combinations: as dense in common words as the real thing.
say "Adding $documents documents"
sql << T
insert into known.event (id, first_revision) select 'bench-' || n, 1 from generate_series(1, $documents) n;
with texts as (
  select array_agg(en) as en, array_agg(zh) as zh from (
    select title_en as en, title_zh as zh from event union all select name_en, name_zh from program) named
)
insert into event (id, date, title_en, title_zh, kind, source_id, note_en, note_zh, valid)
select 'bench-' || n, '2025', en[1 + n * 7 % cardinality(en)], zh[1 + n * 7 % cardinality(zh)], 'other',
       (select min(id) from source),
       en[1 + n * 11 % cardinality(en)] || '. ' || en[1 + n * 13 % cardinality(en)],
       zh[1 + n * 11 % cardinality(zh)] || '。' || zh[1 + n * 13 % cardinality(zh)], '[1,)'
from texts, generate_series(1, $documents) n;
vacuum analyze event;
T

questions=(微短剧 短剧 浦东 枫叶 上海政策 出海 补贴 "AI短剧" "short drama" "micro-drama" pudong visa "fund shanghai" reel crazy 2025 "浦东 visa" "微短剧 policy" platform xyzzy)
urls=$scratch/urls
for _ in $(seq 1 "$rounds"); do
  for question in "${questions[@]}"; do
    encoded=$(printf '%s' "$question" | od -An -tx1 | tr -d '\n' | sed 's/ /%/g')
    printf 'url = "http://127.0.0.1:%s/en/search?q=%s"\noutput = /dev/null\n' "$port" "$encoded"
  done
done > "$urls"
sorted() { sort -n | awk '{ t[NR] = $1 * 1000 } END { printf "%s: p50 %.1f ms, p95 %.1f ms, longest %.1f ms of %d\n", what, t[int(NR * 0.5)], t[int(NR * 0.95)], t[NR], NR }' what="$1"; }
# Once to warm up, once to measure; all on one connection.
curl -s -K "$urls" -w '%{time_total}\n' > /dev/null
curl -s -K "$urls" -w '%{time_total}\n' | sorted "whole page, all kinds"
sed 's#/search?#/suggest?#' "$urls" > "$urls.suggest"
curl -s -K "$urls.suggest" -w '%{time_total}\n' | sorted "suggestions"
for question in "${questions[@]}"; do
  begun=$(date +%s%N)
  sql -c "select count(*) from event where concat_ws(' ', title_en, title_zh, note_en, note_zh) ilike '%$question%'" > /dev/null
  echo "$((($(date +%s%N) - begun) / 1000))" | awk '{ print $1 / 1e6 }'
done | sorted "a scan of the same texts by psql, for comparison"
