"""Attacks the server with clients that do not read their responses, all from one network.

    python3 benches/load/unread.py --port 3000 --process PID [attack...]

Each attack comes from 127.0.1.1 and lasts for a minute. Meanwhile a reader at 127.0.2.1, a different network, requests pages, a picture
and the whole data set every second. Prints for each attack how many of its connections are still open at the end, the peak memory of the
server and of the system's sockets, and how many of the reader's requests got a 200. Exits with 1 if more than one in ten did not, or if
connections of an attack are still open. Both ends of each socket are on this machine, so the attacker's socket memory is included.
"""

import argparse
import http.client
import socket
import struct
import sys
import threading
import time

ATTACKER, READER = "127.0.1.1", "127.0.2.1"
DURATION = 60
PAGES = ["/en", "/zh/programs", "/en/indicators/domestic-market-revenue/chart.png", "/en/data/data.zip"]


def connect(port):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.bind((ATTACKER, 0))
    one.settimeout(10)
    one.connect(("127.0.0.1", port))
    return one


def frame(kind, flags, stream, load):
    return struct.pack(">I", len(load))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + load


def http2(window, addresses):
    """Returns an HTTP/2 connection preface with an initial stream window of `window` bytes, and a request for each (host, address)."""
    sent = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, struct.pack(">HI", 4, window))
    for at, (host, address) in enumerate(addresses):
        fields = b"\x82\x86"
        for name, value in [(b"\x41", host), (b"\x44", address)]:
            fields += name + bytes([len(value)]) + value.encode()
        sent += frame(1, 5, 2 * at + 1, fields)
    return sent


def http1(host, address):
    return f"GET {address} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def windowless(port):
    """30 HTTP/2 connections with 60 streams each and a stream window of zero."""
    for number in range(30):
        yield connect(port), http2(0, [(f"h{number}-{at}.test", "/en/programs") for at in range(60)])


def one_byte(port):
    """30 HTTP/2 connections with 60 streams each and a stream window of one byte."""
    for number in range(30):
        yield connect(port), http2(1, [(f"h{number}-{at}.test", "/en/subsidies/data.json") for at in range(60)])


def pipelines(port):
    """100 connections that pipeline 500 page requests each and read no response."""
    for _ in range(100):
        yield connect(port), http1("h.test", "/en/programs") * 500


def long_answers(port):
    """192 connections that request the history of all figures."""
    for number in range(192):
        yield connect(port), http1(f"h{number}.test", "/api/v1/observations?include_history=true")


def archives(port):
    """50 connections that request the whole data set."""
    for number in range(50):
        yield connect(port), http1(f"h{number}.test", "/en/data/data.zip")


def pictures(port):
    """400 connections that request a picture, each a cache miss."""
    for number in range(400):
        yield connect(port), http1(f"h{number}.test", "/en/chart.png")


def silent(port):
    """9,000 connections that send no request."""
    for _ in range(9000):
        yield connect(port), b""


ATTACKS = {attack.__name__: attack for attack in [windowless, one_byte, pipelines, long_answers, archives, pictures, silent]}


def open_connections(port):
    """Returns the number of the attacker's connections that the server still has open."""
    attacker = socket.inet_aton(ATTACKER)[::-1].hex().upper()
    with open("/proc/net/tcp") as table:
        fields = [line.split() for line in table]
    return sum(each[1].endswith(f":{port:04X}") and each[2].startswith(attacker) and each[9] != "0" for each in fields)


def memory(process):
    with open(f"/proc/{process}/status") as status:
        server = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    with open("/proc/net/sockstat") as status:
        sockets = next(int(line.split()[-1]) * 4 / 1024 for line in status if line.startswith("TCP:"))
    return server, sockets


def ask(port, address, number):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15, source_address=(READER, 0))
        connection.request("GET", address, headers={"Host": f"reader{number}.test"})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status
    except OSError as error:
        return type(error).__name__


def run(name, options):
    sockets, most, statuses = [], [0, 0], []

    def attack():
        try:
            for one, data in ATTACKS[name](options.port):
                sockets.append(one)
                one.settimeout(1)
                if data:
                    try:
                        one.sendall(data)
                    except OSError:
                        pass
        except OSError as error:
            print(f"  the attack stopped: {error}")

    thread = threading.Thread(target=attack, daemon=True)
    begun = time.monotonic()
    thread.start()
    number = 0
    while time.monotonic() - begun < DURATION:
        number += 1
        statuses += [ask(options.port, address, f"{name}-{number}") for address in PAGES]
        most = [max(pair) for pair in zip(most, memory(options.process))]
        time.sleep(1)
    thread.join(30)
    still = open_connections(options.port)
    for one in sockets:
        one.close()
    good = statuses.count(200)
    others = {status: statuses.count(status) for status in set(statuses) - {200}}
    print(f"{name}: {len(sockets)} connections, {still} still open; peak {most[0]:.0f} MB and {most[1]:.0f} MB of sockets; "
          f"{good} of {len(statuses)} requests of the other network got a 200 {others or ''}", flush=True)
    return still == 0 and good >= 0.9 * len(statuses)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--process", type=int, required=True)
    arguments.add_argument("attacks", nargs="*", help="any of " + ", ".join(ATTACKS))
    chosen = arguments.parse_args()
    if not ATTACKS.keys() >= set(chosen.attacks):
        arguments.error("unknown attack; the attacks are " + ", ".join(ATTACKS))
    print(f"before: {memory(chosen.process)[0]:.0f} MB")
    results = [run(name, chosen) for name in chosen.attacks or ATTACKS]
    sys.exit(0 if all(results) else 1)
