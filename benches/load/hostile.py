"""Addresses that nobody means: what does the server say to each of them?

    python3 benches/load/hostile.py --port 3000 --addresses 1000000 [--readers 8] [--seed 1]

Prints how many answers of each status came, how long they took in milliseconds, and each address whose answer was a 5xx, came later
than a second or broke off; with any of those it ends with 1. The same seed asks for the same addresses.
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

ROOMS = ["indicators", "explore", "disagreements", "programs", "programs/compare", "programs/match", "subsidies", "organizations",
         "events", "places", "sources", "search", "suggest", "data", "api", "about"]
THINGS = ["indicators/domestic-market-revenue", "programs/pudong-10-package", "organizations/col-group", "places/shanghai",
          "sources/yicai-2025-12-08", "data/revisions/1"]
BEGINNINGS = ["/en/", "/zh/", "/", "/embed/en/", "/api/v1/", "/sdmx/3.0/data/dataflow/", "/fn/", "/pkg/", "/fr/"]
ENDINGS = ["", "/", "/download", "/data.csv", "/data.xlsx", "/chart.svg", "/chart.png", "/feed.atom", "/..", "/%2e%2e/etc/passwd", "//", "/%00"]
NAMES = ["q", "place", "kind", "year", "on", "as_of", "after", "sort", "series", "preset", "units", "base", "from", "to", "entity",
         "producer", "rows", "topic", "instrument", "level", "does", "needs", "find", "locale", "query", "x"]
VALUES = ["shanghai", "2025", "0000", "-1", "1e9", "2025-02-30", "9999-12-31", "grant", "paid", "film", "短剧", "%", "'", "\"><script>", "null",
          "../../etc/passwd", "\x00", "\ufffd", "a.b.c", "domestic-market-revenue.china.dataeye", "999999999999999999999", "true", ""]


def noise(source, most):
    """Bytes as they come, written as an address has to write them."""
    return urllib.parse.quote_from_bytes(source.randbytes(source.randrange(most)))


def address(source):
    path = source.choice(BEGINNINGS[:2] if source.random() < 0.5 else BEGINNINGS)
    kind = source.randrange(4)
    path += source.choice(ROOMS if kind else THINGS) if kind < 3 else noise(source, 60)
    path += source.choice(ENDINGS) if source.random() < 0.5 else ""
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


async def ask_all(options):
    source = random.Random(options.seed)
    left = options.addresses
    statuses, times, wrong = collections.Counter(), [], []

    async def reader(number):
        nonlocal left
        one = Reader(types.SimpleNamespace(ports=[options.port]), collections.Counter(), number)
        while left > 0:
            left -= 1
            asked = address(source)
            status = None
            for _ in range(2):
                if one.streams is None:
                    await one.connect()
                begun = time.monotonic()
                try:
                    status = await asyncio.wait_for(one.ask(asked, "observatory.test"), 30)
                    break
                except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
                    # The server may have closed the connection after the answer before: asked once more on a new one.
                    one.away()
            took = (time.monotonic() - begun) * 1000
            statuses[status] += 1
            times.append(took)
            if status is None or status >= 500 or took > LATE:
                wrong.append((status, round(took), asked[:200]))

    await asyncio.gather(*(reader(number) for number in range(options.readers)))
    for status, count in sorted(statuses.items(), key=str):
        print(f"{status}: {count}")
    print(percentiles(times))
    for status, took, asked in wrong[:MOST_SHOWN]:
        print(f"{status} after {took} ms: {asked}")
    print(f"{len(wrong)} of {len(times)} were a 5xx, later than {LATE} ms or broken off")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--addresses", type=int, default=100_000)
    arguments.add_argument("--readers", type=int, default=8)
    arguments.add_argument("--seed", type=int, default=1)
    sys.exit(asyncio.run(ask_all(arguments.parse_args())))
