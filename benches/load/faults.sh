#!/usr/bin/env bash
# Measures what readers see under faults: the database stops and restarts, or hangs; overload; slow clients; a graceful shutdown.
# Usage: benches/load/faults.sh. Needs the release build of ./run. Takes about two minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/scratch.sh
. scripts/scratch.sh
need_postgres > /dev/null
port=$((20000 + RANDOM % 20000))
scratch_folder observatory-bench
slow=''
cleanup() {
  if [ -n "$slow" ]; then kill "$slow" 2> /dev/null || true; fi
  scratch_server_away
  scratch_away
}
trap cleanup EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
pages=(/en /zh/indicators/domestic-market-revenue /en/programs /zh/organizations /en/events /en/explore?preset=forecasts /en/subsidies/data.csv)
readers() { python3 benches/load/readers.py --ports "$port" "$@" "${pages[@]}"; }
database() { (cd "$scratch" && ordinary "$(postgres_bin)/pg_ctl" -D "$scratch/postgres" -w "$@" > /dev/null); }
echo "baseline, no fault"
readers --seconds 2 > "$scratch/warm-up"
readers --seconds 3 --anew 0.1

echo "the database stops after 4 s and is restarted after 10 s; a tenth of the requests are cache misses"
readers --seconds 16 --anew 0.1 --timeline > "$scratch/restarted" &
watched=$!
sleep 4
database -m immediate stop
sleep 6
begun=$(date +%s%N)
database -l "$scratch/postgres/log" -o "-c listen_addresses='' -c unix_socket_directories='$scratch/postgres' -c jit=off" start
up=$(date +%s%N)
until [ "$(curl -so "$scratch/page" -w '%{http_code}' -H "host: probe$RANDOM$RANDOM.test" "http://127.0.0.1:$port/en/places")" = 200 ]; do sleep 0.02; done
rendered=$(date +%s%N)
wait "$watched"
cat "$scratch/restarted"
echo "a page renders again $(((rendered - up) / 1000000)) ms after the database is ready ($(((up - begun) / 1000000)) ms after its start)"

echo "a table is locked after 2 s for 8 s and most statements wait for it; a tenth of the requests are cache misses"
readers --seconds 14 --anew 0.1 --timeline > "$scratch/locked" &
watched=$!
sleep 2
sql -c "begin; lock table indicator in access exclusive mode; select pg_sleep(8)" > /dev/null
wait "$watched"
cat "$scratch/locked"

echo "300 concurrent readers, cache misses only"
readers --readers 300 --seconds 10 --anew 1
echo "32 readers right after them, cache hits only"
readers --seconds 3

echo "400 clients send a byte a second and 100 do not read their response; at the same time 32 readers, a tenth cache misses"
python3 - "$port" << 'T' &
import socket, sys, time
port = int(sys.argv[1])
clients = []
for number in range(500):
    client = socket.create_connection(("127.0.0.1", port))
    if number < 400:
        client.send(b"GET /en HTTP/1.1\r\nhost: slow.test\r\nx-slow: ")
    else:
        client.send(b"GET /en/data/figures.csv HTTP/1.1\r\nhost: slow%d.test\r\n\r\n" % number)
    clients.append(client)
while True:
    time.sleep(1)
    for client in clients[:400]:
        try:
            client.send(b"x")
        except OSError:
            pass
T
slow=$!
sleep 2
readers --seconds 6 --anew 0.1
kill "$slow" 2> /dev/null || true
wait "$slow" 2> /dev/null || true
slow=''

echo "the server gets SIGTERM while 64 readers send requests"
readers --readers 64 --seconds 8 --anew 0.1 > "$scratch/stopped" &
watched=$!
sleep 4
kill "$server"
wait "$server" || true
wait "$watched"
cat "$scratch/stopped"
server=''
