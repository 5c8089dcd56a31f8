#!/usr/bin/env bash
# How long the search takes at 100,000 documents: the running server, asked one question after another, beside a plain scan of
# the same texts by psql. `benches/load/search.sh [documents] [rounds]`; needs what ./run has built.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
documents=${1:-100000} rounds=${2:-20} port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"

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
T
# Rows without words get them when the program starts.
scratch_server_away
scratch_server "$port"
sql -c "vacuum analyze event"

questions=(微短剧 短剧 浦东 枫叶 上海政策 出海 补贴 "AI短剧" "short drama" "micro-drama" pudong visa "fund shanghai" reel crazy 2025 "浦东 visa" "微短剧 policy" platform xyzzy fengye 콘진원 "CNY 50 billion" "reelshort revenue" reelshrt)
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
