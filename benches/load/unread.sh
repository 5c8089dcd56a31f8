#!/usr/bin/env bash
# Attacks the server with clients that do not read their responses, all from one network, and measures the server's memory and how many
# requests of another network are still answered.
# Usage: benches/load/unread.sh [ATTACK...]. Needs the release build of ./run. Each attack takes about a minute.
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
