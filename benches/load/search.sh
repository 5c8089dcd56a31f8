#!/usr/bin/env bash
# Measures search latency with 100,000 documents: sends the running server one query after another. A sequential scan of the same texts
# by psql is the comparison. Usage: benches/load/search.sh [DOCUMENTS] [ROUNDS]. Needs the release build of ./run.
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

# Recombines titles and notes of the shipped data, so that common words are as frequent as in the real texts.
say "Adding $documents documents"
sql << T
insert into identity.event (id, first_revision) select 'bench-' || n, 1 from generate_series(1, $documents) n;
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
# The program fills in missing search words when it starts.
scratch_server_away
scratch_server "$port"
sql -c "vacuum analyze event"

queries=(微短剧 短剧 浦东 枫叶 上海政策 出海 补贴 "AI短剧" "short drama" "micro-drama" pudong visa "fund shanghai" reel crazy 2025 "浦东 visa" "微短剧 policy" platform xyzzy fengye 콘진원 "CNY 50 billion" "reelshort revenue" reelshrt)
urls=$scratch/urls
# Each request is for a host of its own, so that no answer is a cache hit. `next` resets all options of curl.
request=0
for _ in $(seq 1 "$rounds"); do
  for query in "${queries[@]}"; do
    encoded=$(printf '%s' "$query" | od -An -tx1 | tr -d '\n' | sed 's/ /%/g')
    request=$((request + 1))
    [ "$request" = 1 ] || echo next
    printf 'url = "http://127.0.0.1:%s/en/search?q=%s"\nheader = "Host: PASS%s.example"\noutput = /dev/null\nwrite-out = "%%{time_total}\\n"\n' \
      "$port" "$encoded" "$request"
  done
done > "$urls"
summarize() { sort -n | awk '{ t[NR] = $1 * 1000 } END { printf "%s: p50 %.1f ms, p95 %.1f ms, longest %.1f ms of %d\n", label, t[int(NR * 0.5)], t[int(NR * 0.95)], t[NR], NR }' label="$1"; }
# One pass to warm up, one to measure. Each pass uses one connection.
sed 's/PASS/warm/' "$urls" | curl -s -K - > /dev/null
sed 's/PASS/page/' "$urls" | curl -s -K - | summarize "results page, all kinds"
sed 's/PASS/suggest/; s#/en/search?#/fn/suggest?locale=en\&#' "$urls" | curl -s -K - | summarize "suggestions"
for query in "${queries[@]}"; do
  begun=$(date +%s%N)
  sql -c "select count(*) from event where concat_ws(' ', title_en, title_zh, note_en, note_zh) ilike '%$query%'" > /dev/null
  echo "$((($(date +%s%N) - begun) / 1000))" | awk '{ print $1 / 1e6 }'
done | summarize "comparison: psql, a scan of the same texts"
