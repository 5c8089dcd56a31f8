#!/usr/bin/env bash
# Measures redraws of the explore page in Chromium, from a change in its form to the frame that shows the new chart. No answer is a cache hit.
# Usage: benches/redraw.sh. Needs the release build of ./run.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
need_node "The script that drives Chromium runs on Node" "$PLAYWRIGHT_NODE"
need_chromium > /dev/null
npm ci --prefix end2end --silent --no-fund --no-audit
port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
BASE_URL=http://127.0.0.1:$port node benches/redraw.mjs
