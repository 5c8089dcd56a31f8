"""Simulated readers for the load tests. Each has one persistent connection, sends one request after another and records the responses.

    python3 benches/load/readers.py --ports 3000 --readers 32 --seconds 10 [--anew SHARE] [--timeline] ADDRESS…

Prints one JSON object: the number of responses of each status and their time in milliseconds, how many requests were aborted (`broken`:
the connection ended before the response was complete), how many took longer than 30 s (`late`), and how many connections were refused
(`refused`). With several ports a reader fails over to the next port when a connection is refused, as a load balancer does. `--anew` is the
share of requests that are cache misses: each has a new host, which is part of the cache key. They are counted as `miss`, all others as
`hit`. `--timeline` also prints the counts of each second.
"""

import argparse
import asyncio
import collections
import json
import random
import time


class Reader:
    def __init__(self, options, noted, number):
        self.options, self.noted = options, noted
        self.random = random.Random(number)
        self.port = options.ports[number % len(options.ports)]
        self.streams = None

    async def connect(self):
        for _ in range(len(self.options.ports)):
            try:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
                return
            except OSError:
                self.noted["refused"] += 1
                at = self.options.ports.index(self.port)
                self.port = self.options.ports[(at + 1) % len(self.options.ports)]
        await asyncio.sleep(0.05)

    def disconnect(self):
        if self.streams:
            self.streams[1].close()
        self.streams = None

    async def ask(self, address, host):
        """Sends a request and returns the status of the response. Raises if the connection ends early."""
        reader, writer = self.streams
        writer.write(f"GET {address} HTTP/1.1\r\nhost: {host}\r\naccept-encoding: gzip\r\n\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        if "content-length" in fields:
            await reader.readexactly(int(fields["content-length"]))
        elif fields.get("transfer-encoding") == "chunked":
            while (size := int((await reader.readline()).strip() or b"0", 16)) > 0:
                await reader.readexactly(size + 2)
            await reader.readline()
        if fields.get("connection") == "close":
            self.disconnect()
        return status

    async def read(self, until):
        while time.monotonic() < until:
            if self.streams is None:
                await self.connect()
                continue
            address = self.random.choice(self.options.addresses)
            is_miss = self.random.random() < self.options.anew
            host = f"h{self.random.getrandbits(48):x}.test" if is_miss else "observatory.test"
            begun = time.monotonic()
            try:
                status = await asyncio.wait_for(self.ask(address, host), 30)
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
                self.noted["late" if isinstance(error, asyncio.TimeoutError) else "broken"] += 1
                self.disconnect()
                continue
            took = (time.monotonic() - begun) * 1000
            self.noted["answers"].append((begun, status, "miss" if is_miss else "hit", took))


def percentiles(times):
    times = sorted(times)
    at = lambda share: round(times[min(len(times) - 1, int(len(times) * share))], 1)
    return {"p50": at(0.5), "p99": at(0.99), "longest": round(times[-1], 1)}


async def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--ports", type=lambda text: [int(port) for port in text.split(",")], required=True)
    arguments.add_argument("--readers", type=int, default=32)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--anew", type=float, default=0.0)
    arguments.add_argument("--timeline", action="store_true")
    arguments.add_argument("addresses", nargs="+")
    options = arguments.parse_args()
    noted = collections.Counter()
    noted["answers"] = []
    start = time.monotonic()
    readers = [Reader(options, noted, number) for number in range(options.readers)]
    await asyncio.gather(*(reader.read(start + options.seconds) for reader in readers))
    answers = noted.pop("answers")
    kinds = collections.defaultdict(list)
    for _, status, kind, took in answers:
        kinds[f"{status} {kind}"].append(took)
    responses = {name: {"count": len(times), **percentiles(times)} for name, times in sorted(kinds.items())}
    print(json.dumps({"broken": 0, "late": 0, "refused": 0, **noted, **responses}))
    if options.timeline:
        seconds = collections.defaultdict(collections.Counter)
        for begun, status, kind, _ in answers:
            seconds[int(begun - start)][f"{status} {kind}"] += 1
        for second in sorted(seconds):
            print(f"{second:4} s  " + "  ".join(f"{kind} {count}" for kind, count in sorted(seconds[second].items())))


if __name__ == "__main__":
    asyncio.run(main())
