#!/usr/bin/env bash
# Measures navigation in Chromium, from the click to the first contentful paint of the next page, with and without hovering over the link
# first, and with a network round trip of 100 ms.
# Usage: benches/navigate.sh. Needs the release build of ./run.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
need_node "The script that drives Chromium runs on Node" "$PLAYWRIGHT_NODE"
need_chromium > /dev/null
port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
BASE_URL=http://127.0.0.1:$port node benches/navigate.mjs
