#!/usr/bin/env bash
# Hostile input by machine: query strings, periods, a data set's files, keys of SDMX.
# `benches/fuzz.sh [minutes for each] [target...]`; what was found stays in fuzz/corpus, a crash in fuzz/artifacts.
# Installs cargo-fuzz. Without a nightly compiler the stable one is told to allow what fuzzing needs.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
need_rust > /dev/null
need_cargo_tool cargo-fuzz cargo-fuzz "$CARGO_FUZZ" "hostile input" 2
minutes=${1:-15}
shift || true
targets=("$@")
if [ ${#targets[@]} = 0 ]; then targets=(query period import sdmx); fi
export RUSTC_BOOTSTRAP=1 SQLX_OFFLINE=true
# The pages are in the same crate and none of them is tried here. Compiled as one unit and with types as deep as theirs, they and what
# is put in to watch the way through them would take more than twenty gigabytes of memory.
export RUSTFLAGS="--cfg erase_components"
tool() { cargo fuzz "$1" --sanitizer none --codegen-units 16 "${@:2}"; }
for target in "${targets[@]}"; do
  mkdir -p "fuzz/corpus/$target"
  tool build "$target"
  # Memory is looked after by the language; without the sanitizer twenty times as much is tried.
  tool run "$target" "fuzz/corpus/$target" -- -max_total_time=$((minutes * 60)) -timeout=10 -max_len=8192 \
    -rss_limit_mb=4096 -print_final_stats=1 2>&1 | tail -n 12
  # Only what reaches something of its own is kept.
  tool cmin "$target" "fuzz/corpus/$target" 2>&1 | tail -n 1
  echo "$target: $(find "fuzz/corpus/$target" -type f | wc -l) inputs kept"
done
