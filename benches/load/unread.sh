#!/usr/bin/env bash
# Readers who ask and do not read, and one network that asks for everything: what do they take, and what do the others still get?
# `benches/load/unread.sh [attack...]`; needs what ./run has built. Each attack takes about a minute.
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
ulimit -n "$(ulimit -Hn)"
scratch_server "$port"
# shellcheck disable=SC2154 # scratch_server sets it
python3 benches/load/unread.py --port "$port" --process "$server" "$@"
