"""Sends malformed and random addresses and checks every response.

    python3 benches/load/hostile.py --port 3000 --addresses 1000000 [--readers 8] [--seed 1]

Prints the number of responses of each status, percentiles of their time in milliseconds, and the first addresses whose response was a
5xx, took more than a second or was aborted. Exits with 1 if there was any such response. The same seed gives the same addresses.
"""

import argparse
import asyncio
import collections
import random
import sys
import time
import types
import urllib.parse

from readers import Reader, percentiles

LATE = 1000
MOST_SHOWN = 20

SECTIONS = ["indicators", "explore", "disagreements", "programs", "programs/compare", "programs/match", "subsidies", "organizations",
            "events", "places", "sources", "search", "data", "api", "about"]
ENTRIES = ["indicators/domestic-market-revenue", "programs/pudong-10-package", "organizations/col-group", "places/shanghai",
           "sources/yicai-2025-12-08", "data/revisions/1"]
PREFIXES = ["/en/", "/zh/", "/", "/embed/en/", "/api/v1/", "/sdmx/3.0/data/dataflow/", "/fn/", "/pkg/", "/fr/"]
SUFFIXES = ["", "/", "/download", "/data.csv", "/data.xlsx", "/chart.svg", "/chart.png", "/feed.atom", "/..", "/%2e%2e/etc/passwd", "//", "/%00"]
NAMES = ["q", "place", "kind", "year", "on", "as_of", "after", "sort", "series", "preset", "units", "base", "from", "to", "entity",
         "producer", "rows", "topic", "instrument", "level", "does", "needs", "find", "locale", "query", "x"]
VALUES = ["shanghai", "2025", "0000", "-1", "1e9", "2025-02-30", "9999-12-31", "grant", "paid", "film", "短剧", "%", "'", "\"><script>", "null",
          "../../etc/passwd", "\x00", "\ufffd", "a.b.c", "domestic-market-revenue.china.dataeye", "999999999999999999999", "true", ""]


def noise(source, most):
    """Returns fewer than `most` random bytes, percent-encoded."""
    return urllib.parse.quote_from_bytes(source.randbytes(source.randrange(most)))


def address(source):
    path = source.choice(PREFIXES[:2] if source.random() < 0.5 else PREFIXES)
    kind = source.randrange(4)
    path += source.choice(SECTIONS if kind else ENTRIES) if kind < 3 else noise(source, 60)
    path += source.choice(SUFFIXES) if source.random() < 0.5 else ""
    if source.random() < 0.05:
        at = source.randrange(1, len(path) + 1)
        path = path[:at] + noise(source, 8) + path[at:]
    pairs = []
    for _ in range(source.choice([0, 1, 1, 2, 3, 30])):
        value = urllib.parse.quote(source.choice(VALUES)) if source.random() < 0.7 else noise(source, 40)
        pairs.append(f"{source.choice(NAMES)}={value}" if source.random() < 0.95 else noise(source, 20))
    if source.random() < 0.001:
        pairs.append("q=" + "a" * source.choice([7_000, 9_000, 100_000]))
    return path + ("?" + "&".join(pairs) if pairs else "")


async def send_all(options):
    source = random.Random(options.seed)
    left = options.addresses
    statuses, times, wrong = collections.Counter(), [], []

    async def reader(number):
        nonlocal left
        one = Reader(types.SimpleNamespace(ports=[options.port]), collections.Counter(), number)
        while left > 0:
            left -= 1
            target = address(source)
            status = None
            for _ in range(2):
                if one.streams is None:
                    await one.connect()
                begun = time.monotonic()
                try:
                    status = await asyncio.wait_for(one.ask(target, "observatory.test"), 30)
                    break
                except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
                    # The server may have closed the connection after the previous response: retry once on a new one.
                    one.disconnect()
            took = (time.monotonic() - begun) * 1000
            statuses[status] += 1
            times.append(took)
            if status is None or status >= 500 or took > LATE:
                wrong.append((status, round(took), target[:200]))

    await asyncio.gather(*(reader(number) for number in range(options.readers)))
    for status, count in sorted(statuses.items(), key=str):
        print(f"{status}: {count}")
    print(percentiles(times))
    for status, took, target in wrong[:MOST_SHOWN]:
        print(f"{status} after {took} ms: {target}")
    print(f"{len(wrong)} of {len(times)} were a 5xx, took more than {LATE} ms or were aborted")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--addresses", type=int, default=100_000)
    arguments.add_argument("--readers", type=int, default=8)
    arguments.add_argument("--seed", type=int, default=1)
    sys.exit(asyncio.run(send_all(arguments.parse_args())))
