#!/usr/bin/env bash
# How soon the next page is there, from the click to its first paint, once a reader has pointed at its link: in Chromium, with 100 ms on
# the way to the server and back. `benches/navigate.sh`; needs what ./run has built.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
need_node "What speaks to Chromium runs on it"
need_chromium > /dev/null
port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
BASE_URL=http://127.0.0.1:$port node benches/navigate.mjs
