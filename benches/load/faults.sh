#!/usr/bin/env bash
# What readers meet while things go wrong: the database stops and comes back, or hangs; more ask than can be served, slow clients
# hold on, the server is told to stop. `benches/load/faults.sh`; needs what ./run has built. About two minutes.
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
away() {
  if [ -n "$slow" ]; then kill "$slow" 2> /dev/null || true; fi
  scratch_server_away
  scratch_away
}
trap away EXIT
scratch_postgres "-c jit=off"
scratch_server "$port"
pages=(/en /zh/indicators/domestic-market-revenue /en/programs /zh/organizations /en/events /en/explore?preset=forecasts /en/subsidies/data.csv)
readers() { python3 benches/load/readers.py --ports "$port" "$@" "${pages[@]}"; }
database() { (cd "$scratch" && ordinary "$(postgres_bin)/pg_ctl" -D "$scratch/postgres" -w "$@" > /dev/null); }
echo "in peace"
readers --seconds 2 > "$scratch/first"
readers --seconds 3 --anew 0.1

echo "the database stops after 4 s and is back after 10 s; a tenth of the requests are for what nobody asked before"
readers --seconds 16 --anew 0.1 --timeline > "$scratch/gone" &
watched=$!
sleep 4
database -m immediate stop
sleep 6
begun=$(date +%s%N)
database -l "$scratch/postgres/log" -o "-c listen_addresses='' -c unix_socket_directories='$scratch/postgres' -c jit=off" start
up=$(date +%s%N)
until [ "$(curl -so "$scratch/page" -w '%{http_code}' -H "host: back$RANDOM$RANDOM.test" "http://127.0.0.1:$port/en/places")" = 200 ]; do sleep 0.02; done
back=$(date +%s%N)
wait "$watched"
cat "$scratch/gone"
echo "a page is made again $(((back - up) / 1000000)) ms after the database answers ($(((up - begun) / 1000000)) ms after it was started)"

echo "a table is locked after 2 s for 8 s, so that most statements wait; a tenth of the requests are for what nobody asked before"
readers --seconds 14 --anew 0.1 --timeline > "$scratch/locked" &
watched=$!
sleep 2
sql -c "begin; lock table indicator in access exclusive mode; select pg_sleep(8)" > /dev/null
wait "$watched"
cat "$scratch/locked"

echo "300 readers at once, each for what nobody asked before"
readers --readers 300 --seconds 10 --anew 1
echo "and right after them"
readers --seconds 3

echo "400 clients that send a byte a second, and 100 that take nothing of what they asked for; beside them"
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

echo "the server is told to stop while 64 readers ask"
readers --readers 64 --seconds 8 --anew 0.1 > "$scratch/stopped" &
watched=$!
sleep 4
kill "$server"
wait "$server" || true
wait "$watched"
cat "$scratch/stopped"
server=''
