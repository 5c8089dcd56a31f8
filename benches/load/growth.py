"""Compares the response times of two servers, one with little data and one with a lot, for the same addresses.

    python3 benches/load/growth.py --ports 3000,3001 --named 10000,10000000 [--rounds 15] ADDRESS…

Requests alternate between the servers. Prints a line for each address: the response statuses, each server's median milliseconds from the
request to the last byte, and the ratio of the second to the first. `*` marks a ratio above two. `!` marks a status other than 200, whose
time does not count, or a response later than the limit, which counts as the limit. `next:ADDRESS` means the next page of that list. Send
the servers no other requests during the measurement.
"""

import argparse
import html
import http.client
import re
import statistics
import time

WARM_UP = 3
LIMIT = 15.0
TOTAL_LIMIT = 120.0
WIDEST = 80
NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')


class Late(Exception):
    """The response was not complete within the limit."""


class Server:
    def __init__(self, port):
        self.port = port
        self.connection = None

    def ask(self, address):
        """Returns the status, the body and the seconds from the request to the last byte. Raises Late after LIMIT seconds."""
        begun = time.monotonic()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
                self.connection.connect()
            return self.answer(address, begun)
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.connection = None
            if isinstance(error, TimeoutError):
                raise Late from error
            raise

    def answer(self, address, begun):
        def set_timeout():
            left = LIMIT - (time.monotonic() - begun)
            if left <= 0:
                raise TimeoutError
            self.connection.sock.settimeout(left)

        set_timeout()
        self.connection.request("GET", address, headers={"host": "observatory.test"})
        response = self.connection.getresponse()
        # If the server closes the connection after this response, http.client drops its reference to the socket.
        sock, body = self.connection.sock, []
        while True:
            if sock is not None:
                set_timeout()
            piece = response.read(1 << 16)
            if not piece:
                break
            body.append(piece)
        took = time.monotonic() - begun
        if self.connection.sock is None:
            self.connection = None
        return response.status, b"".join(body), took


class Results:
    """Statuses and times of one server for one address."""

    def __init__(self):
        self.statuses = []
        self.times = []

    def note(self, status, took):
        if status not in self.statuses:
            self.statuses.append(status)
        if status in (200, "late"):
            self.times.append(took * 1000)

    def median(self):
        return statistics.median(self.times) if self.times else None


def resolved(server, address):
    """Returns the address, or for `next:` that of the next page; None if there is no next page or no response."""
    if not address.startswith("next:"):
        return address
    try:
        _, body, _ = server.ask(address.removeprefix("next:"))
    except (OSError, http.client.HTTPException, Late):
        return None
    found = NEXT.search(body.decode("utf-8", "replace"))
    return html.unescape(found[1]) if found else None


def compare(servers, address, rounds):
    """Sends all rounds, or as many as fit into TOTAL_LIMIT seconds. The server that comes first alternates from round to round."""
    until = time.monotonic() + TOTAL_LIMIT
    results = [Results() for _ in servers]
    addresses = [resolved(server, address) for server in servers]
    for number in range(WARM_UP + rounds):
        turns = list(range(len(servers)))
        for at in turns if number % 2 == 0 else reversed(turns):
            if time.monotonic() > until and results[at].statuses:
                continue
            if addresses[at] is None:
                results[at].note("none", 0.0)
                continue
            try:
                status, _, took = servers[at].ask(addresses[at])
            except Late:
                # A late warm-up request counts as well: there may be no time for another.
                results[at].note("late", LIMIT)
                continue
            except (OSError, http.client.HTTPException) as error:
                results[at].note(type(error).__name__, 0.0)
                continue
            if number >= WARM_UP or status != 200 or time.monotonic() > until:
                results[at].note(status, took)
    return results


def shown(address):
    return address if len(address) <= WIDEST else address[: WIDEST - 1] + "…"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--ports", type=lambda text: [int(port) for port in text.split(",")], required=True)
    arguments.add_argument("--named", type=lambda text: text.split(","), required=True)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("addresses", nargs="+")
    options = arguments.parse_args()
    servers = [Server(port) for port in options.ports]
    small, large = (f"{int(name):,}" for name in options.named)
    width = max(len(shown(address)) for address in options.addresses)
    print(f"{'address':{width}}  status    {small:>12}  {large:>12}  ratio", flush=True)
    slower = wrong = 0
    for address in options.addresses:
        results = compare(servers, address, options.rounds)
        statuses = [str(status) for one in results for status in one.statuses]
        statuses = sorted(set(statuses), key=statuses.index)
        first, second = (one.median() for one in results)
        ratio = second / first if first and second else 0.0
        marks = "*" * (ratio > 2) + "!" * (statuses != ["200"])
        slower += ratio > 2
        wrong += statuses != ["200"]
        times = "  ".join("        –   " if time is None else f"{time:9.1f} ms" for time in (first, second))
        print(f"{shown(address):{width}}  {'/'.join(statuses):8}  {times}  {ratio:5.2f} {marks}".rstrip(), flush=True)
    print(f"{len(options.addresses)} addresses, {slower} more than twice as slow, {wrong} with a status other than 200")


main()
