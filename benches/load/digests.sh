#!/usr/bin/env bash
# Measures how long digests for ten thousand readers take when a thousand rows have changed, and the memory it needs.
# Usage: benches/load/digests.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
scratch_folder observatory-bench
trap scratch_away EXIT
scratch_postgres "-c jit=off"
SQLX_OFFLINE=true cargo bench --quiet --features ssr --bench digests
