#!/usr/bin/env bash
# Runs a mixed load for a long time and prints the server's memory every 15 s, to detect growth.
# Usage: benches/load/soak.sh [MINUTES]. Needs the release build of ./run.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
minutes=${1:-15} port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
pages=(
  /en /zh /en/indicators /zh/indicators/domestic-market-revenue /en/explore?preset=forecasts /zh/programs /en/programs/compare
  /en/organizations /zh/events /en/subsidies /en/search?q=studio /zh/sources /en/data.zip /en/programs/data.xlsx /en/chart.png
  /api/v1/programs /en/feed.atom /en/nothing /en/programs?place=nowhere
)
python3 benches/load/readers.py --ports "$port" --readers 24 --seconds $((minutes * 60)) --anew 0.3 "${pages[@]}" > "$scratch/readers" &
readers=$!
while kill -0 "$readers" 2> /dev/null; do
  sleep 15
  ps -o rss= -p "$server" | awk -v at="$SECONDS" '{ printf "%4d s  %.0f MB\n", at, $1 / 1024 }'
done
wait "$readers"
cat "$scratch/readers"
