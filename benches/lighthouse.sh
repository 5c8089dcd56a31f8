#!/usr/bin/env bash
# Runs Lighthouse on each kind of page, simulating a phone on a slow network. Prints the four scores out of 100, the largest contentful
# paint, the cumulative layout shift, the address and the failed audits.
# Usage: benches/lighthouse.sh [ADDRESS...]. Needs the release build of ./run. Installs lighthouse from npm. Takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
need_node "Lighthouse runs on Node" "$PLAYWRIGHT_NODE"
need_chromium > /dev/null
LIGHTHOUSE=12.8.2
tools=$CACHE/lighthouse
if [ "$("$tools/node_modules/.bin/lighthouse" --version 2> /dev/null)" != "$LIGHTHOUSE" ]; then
  npm install --silent --no-fund --no-audit --prefix "$tools" "lighthouse@$LIGHTHOUSE"
fi
port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
trap 'scratch_server_away; scratch_away' EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
pages=("$@")
if [ ${#pages[@]} = 0 ]; then
  pages=(
    /en /zh/indicators /zh/indicators/domestic-market-revenue /en/explore?preset=forecasts /en/disagreements /zh/programs
    /en/programs/pudong-10-package /en/programs/compare /zh/programs/match /en/subsidies /zh/organizations
    /en/organizations/crazy-maple-studio /zh/events /en/events/ev-2025-12-05-summit /zh/places/shanghai-pudong /en/sources
    /zh/sources/yicai-2025-12-08 /en/search?q=studio /en/data /zh/api /en/about /en/indicators/domestic-market-revenue/download
  )
fi
for page in "${pages[@]}"; do
  curl -fs -o /dev/null -H 'accept-encoding: gzip' "http://127.0.0.1:$port$page"
  CHROME_PATH=$CHROMIUM "$tools/node_modules/.bin/lighthouse" "http://127.0.0.1:$port$page" --quiet --output=json --output-path="$scratch/report.json" \
    --chrome-flags="--headless=new --no-sandbox --disable-background-networking" > /dev/null 2>&1 || true
  # shellcheck disable=SC2016  # the expressions are JavaScript's
  node -e '
    const { categories, audits } = JSON.parse(require("fs").readFileSync(process.argv[1]));
    const scores = Object.values(categories).map((each) => Math.round(each.score * 100)).join(" ");
    const failed = Object.values(categories).flatMap((each) => each.auditRefs.filter((ref) => ref.weight > 0).map((ref) => audits[ref.id]))
      .filter((audit) => audit.score !== null && audit.score < 0.9).map((audit) => audit.id);
    const shown = (id) => audits[id]?.displayValue ?? "?";
    console.log(`${scores}  LCP ${shown("largest-contentful-paint")}  CLS ${shown("cumulative-layout-shift")}  ${process.argv[2]}  ${failed.join(" ")}`);
  ' "$scratch/report.json" "$page"
done
