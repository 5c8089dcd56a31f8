#!/usr/bin/env bash
# Sends addresses made of fragments of real ones and of noise, and checks that each gets a page or a 4xx within a second.
# Usage: benches/load/hostile.sh [ADDRESSES] [SEED]. Needs the release build of ./run. A million take a quarter of an hour on two cores.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
REQUESTS_PER_SECOND=0 scratch_server "$port"
python3 benches/load/hostile.py --port "$port" --addresses "${1:-100000}" --seed "${2:-1}"
ps -o rss= -p "$server" | awk '{ printf "server memory: %.0f MB\n", $1 / 1024 }'
