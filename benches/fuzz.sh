#!/usr/bin/env bash
# Fuzzes the parsers of query strings, periods, data set files, SDMX keys and texts to check.
# Usage: benches/fuzz.sh [MINUTES_EACH] [TARGET...]. Interesting inputs are stored in fuzz/corpus, crashes in fuzz/artifacts.
# Installs cargo-fuzz. RUSTC_BOOTSTRAP enables the unstable flags of fuzzing in the stable compiler, so no nightly is needed.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
need_rust > /dev/null
need_cargo_tool cargo-fuzz cargo-fuzz "$CARGO_FUZZ" "fuzzing" 2
minutes=${1:-15}
shift || true
targets=("$@")
if [ ${#targets[@]} = 0 ]; then targets=(query period import sdmx check); fi
export RUSTC_BOOTSTRAP=1 SQLX_OFFLINE=true
# The pages are in the same crate, although no target uses them. Compiling them as one codegen unit, with full view types and coverage
# instrumentation, would take more than twenty gigabytes of memory.
export RUSTFLAGS="--cfg erase_components"
tool() { cargo fuzz "$1" --sanitizer none --codegen-units 16 "${@:2}"; }
for target in "${targets[@]}"; do
  mkdir -p "fuzz/corpus/$target"
  tool build "$target"
  # Safe Rust needs no address sanitizer, and without it the throughput is twenty times as high.
  tool run "$target" "fuzz/corpus/$target" -- -max_total_time=$((minutes * 60)) -timeout=10 -max_len=8192 \
    -rss_limit_mb=4096 -print_final_stats=1 2>&1 | tail -n 12
  # Minimizes the corpus to the inputs that add coverage.
  tool cmin "$target" "fuzz/corpus/$target" 2>&1 | tail -n 1
  echo "$target: $(find "fuzz/corpus/$target" -type f | wc -l) inputs in the minimized corpus"
done
