"""Compares the response times of addresses with and without known_on, on one server without a response cache.

    python3 benches/load/known_on.py --port 3000 --day 2025-12-05 [--rounds 15] ADDRESS…

Requests alternate between the two forms of each address. Prints the median milliseconds of both and their ratio; `*` marks a ratio above 1.5.
The first request for a day fills the indexes of that day; it is timed apart, with another day for each address.
"""

import argparse
import datetime
import http.client
import statistics
import time

BOUND = 1.5


def ask(connection, address, expected=(200,)):
    """Returns the seconds from the request to the last byte."""
    begun = time.monotonic()
    connection.request("GET", address, headers={"host": "observatory.test"})
    response = connection.getresponse()
    response.read()
    if response.status not in expected:
        raise SystemExit(f"{address}: status {response.status}")
    return time.monotonic() - begun


def known(address, day):
    return f"{address}{'&' if '?' in address else '?'}known_on={day}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--day", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("addresses", nargs="+")
    asked = parser.parse_args()
    connection = http.client.HTTPConnection("127.0.0.1", asked.port, timeout=600)
    above = 0
    print(f"{'without':>9} {'with':>9} {'ratio':>6}  {'first':>9}")
    for number, address in enumerate(asked.addresses, start=1):
        # A row may not have been known that early.
        first = ask(connection, known(address, asked.day - datetime.timedelta(weeks=number)), (200, 404))
        plain, restricted = [], []
        for round_ in range(asked.rounds + 2):
            times = ask(connection, address), ask(connection, known(address, asked.day))
            # The first two rounds warm up.
            if round_ >= 2:
                plain.append(times[0])
                restricted.append(times[1])
        before, after = statistics.median(plain) * 1000, statistics.median(restricted) * 1000
        mark = "*" if after > BOUND * before else " "
        above += mark == "*"
        print(f"{before:9.1f} {after:9.1f} {after / before:6.2f}{mark} {first * 1000:9.1f}  {address}", flush=True)
    print(f"{above} of {len(asked.addresses)} above {BOUND}")


if __name__ == "__main__":
    main()
