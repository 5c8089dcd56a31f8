#!/usr/bin/env bash
# Measures cache hits per second, alternating with nginx serving the same bytes from memory, then cache misses per second, compared
# with Datasette's page of the same rows.
# Usage: benches/load/cached.sh [SECONDS_EACH] [ROUNDS]. Needs the release build of ./run. Installs nginx and wrk if they are missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
have nginx || system_packages "The comparison for cache hits" "nginx-light" "nginx" > /dev/null
have wrk || system_packages "The load generator" "wrk" "wrk" > /dev/null
seconds=${1:-8} rounds=${2:-3}
port=$((20000 + RANDOM % 10000)) peer=$((30001 + RANDOM % 1000)) datasette_port=$((31001 + RANDOM % 1000))
scratch_folder observatory-bench
nginx_pid='' datasette_pid=''
cleanup() {
  if [ -n "$nginx_pid" ]; then kill "$nginx_pid" 2> /dev/null || true; fi
  if [ -n "$datasette_pid" ]; then kill "$datasette_pid" 2> /dev/null || true; fi
  scratch_server_away
  scratch_away
}
trap cleanup EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"

# report LABEL: reads the output of wrk and prints requests per second and the 99th percentile.
report() { awk -v label="$1" '/99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $NF } END { printf "%-34s %9.0f a second, p99 %s%s\n", label, rate, p99, bad ? ", " bad " refused" : "" }'; }
load() { wrk -t1 -c32 -d"${seconds}s" --latency "$@"; }

memory=/dev/shm
[ -d "$memory" ] || memory=$scratch
site=$(mktemp -d "$memory/observatory-bench.XXXXXX")
chmod 755 "$site"
trap 'cleanup; rm -rf "$site"' EXIT
pages=(/en /zh/indicators/domestic-market-revenue /en/explore?preset=forecasts)
for at in "${!pages[@]}"; do
  curl -fs -H 'accept-encoding: gzip' "http://127.0.0.1:$port${pages[$at]}" > "$site/$at"
done
cat > "$scratch/nginx.conf" << T
worker_processes 2;
pid $scratch/nginx.pid;
error_log $scratch/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=100;
  client_body_temp_path $scratch/body; proxy_temp_path $scratch/proxy; fastcgi_temp_path $scratch/fastcgi;
  uwsgi_temp_path $scratch/uwsgi; scgi_temp_path $scratch/scgi;
  server {
    listen 127.0.0.1:$peer;
    root $site;
    default_type "text/html; charset=utf-8";
    add_header content-encoding gzip;
    add_header cache-control "public, max-age=0, s-maxage=60";
  }
}
T
nginx -c "$scratch/nginx.conf" -g 'daemon off; user root;' 2> /dev/null &
nginx_pid=$!
sleep 1
for at in "${!pages[@]}"; do
  printf '%s, %s bytes\n' "${pages[$at]}" "$(wc -c < "$site/$at")"
  for _ in $(seq 1 "$rounds"); do
    load -H 'accept-encoding: gzip' "http://127.0.0.1:$peer/$at" | report "  nginx"
    load -H 'accept-encoding: gzip' "http://127.0.0.1:$port${pages[$at]}" | report "  cache hit"
  done
done

# The host is part of the cache key. A different host for each request makes every one a cache miss, and no two share a render.
cat > "$scratch/misses.lua" << 'T'
local count = 0
request = function()
  count = count + 1
  wrk.headers["Host"] = "h" .. count .. ".test"
  return wrk.format()
end
T
curl -fs "http://127.0.0.1:$port/en/indicators/domestic-market-revenue/data.csv?rows=all" > "$scratch/figures.csv"
clients=${CACHE}/datasette
if [ ! -x "$clients/bin/datasette" ]; then
  python3 -m venv "$clients" && "$clients/bin/pip" install --quiet --disable-pip-version-check datasette sqlite-utils
fi
"$clients/bin/sqlite-utils" insert "$scratch/figures.db" figures "$scratch/figures.csv" --csv > /dev/null
"$clients/bin/datasette" "$scratch/figures.db" --host 127.0.0.1 --port "$datasette_port" > /dev/null 2>&1 &
datasette_pid=$!
until curl -fs "http://127.0.0.1:$datasette_port/figures/figures" > /dev/null; do sleep 0.3; done
echo "cache misses, the same $(($(wc -l < "$scratch/figures.csv") - 1)) rows"
for _ in $(seq 1 "$rounds"); do
  load "http://127.0.0.1:$datasette_port/figures/figures" | report "  Datasette, table"
  load -s "$scratch/misses.lua" "http://127.0.0.1:$port/en/indicators/domestic-market-revenue" | report "  table, chart and text"
done
