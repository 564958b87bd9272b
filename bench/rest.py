"""The headline queries over REST, measured: requests per second and latency at 8 connections, beside a route that does
nothing, and the memory of the serving process.

Order of steps: a child process opens an empty embedded store, loads the sample plan and serves it on a free port, as
``zeren serve`` does; this process asks each address over 8 kept connections, first to warm up, then five runs; the
median run counts.  Every answer is checked: status 200 and the expected number of rows.  All of it is done twice: with
every answer made anew (``ZEREN_ANSWER_CACHE_BYTES=0``), and as the service is shipped, which keeps the answers of one
data version.

Reproduce: ``python -m bench.rest`` (``--seconds 5`` a run, ``--store embedded:/path`` for a store that is loaded already)

Left to others: the engine alone (``bench/`` of the store), loading.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

CONNECTIONS = 8
RUNS = 5
UNIT, REGULATION = quote("市政府法制办"), quote("湖南省行政程序规定")
ADDRESSES = (
    # name, address, rows expected (None: no list)
    ("do nothing", "/healthz", None),
    ("duties of a unit, by name", f"/v1/units/{UNIT}/duties", 29),
    ("duties of a unit, with words", f"/v1/units/{UNIT}/duties?evidence=full", 29),
    ("items citing a regulation", f"/v1/regulations/{REGULATION}/citing-items?evidence=full", 3),
)
BARS = {"p99": 50.0, "rate": 300.0, "rss": 400.0}


@dataclass(frozen=True, slots=True)
class Run:
    """One run against one address: requests per second, and latencies in milliseconds, sorted."""

    rate: float
    latencies: list[float]

    def percentile(self, share: float) -> float:
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


def serve(store_url: str, port: int, plan: str | None) -> None:
    """The child: load the plan and serve, as ``zeren serve`` does."""
    import uvicorn

    from api.app import create_app
    from api.settings import Settings
    from graph.store.opening import open_store
    from loaders.files.read import read_path
    from loaders.plan import parse_plan
    from loaders.storing.load import load_plan

    if plan is not None:
        store = open_store(store_url)
        load_plan(parse_plan(read_path(plan)), store, now="2026-01-01T00:00:00+00:00")
        store.close()
    settings = Settings(store=store_url, port=port, local_use=True)
    uvicorn.run(create_app(settings), host=settings.host, port=port, log_level="warning")


async def measure(port: int, address: str, rows: int | None, seconds: float) -> Run:
    """Ask ``address`` over `CONNECTIONS` kept connections for ``seconds``."""
    ends = time.perf_counter() + seconds
    began = time.perf_counter()
    latencies = await asyncio.gather(*(_ask(port, address, rows, ends) for _ in range(CONNECTIONS)))
    took = time.perf_counter() - began
    together = sorted(one for some in latencies for one in some)
    return Run(len(together) / took, together)


async def _ask(port: int, address: str, rows: int | None, ends: float) -> list[float]:
    """One connection, one request after the other; a bare client, so that it costs the server little of the machine."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n".encode()
    latencies: list[float] = []
    checked = b""
    while time.perf_counter() < ends:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        latencies.append((time.perf_counter() - began) * 1000)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{address} answered {head.splitlines()[0].decode()}: {body[:300].decode()}")
        if body != checked:
            if rows is not None and json.loads(body)["total"]["value"] != rows:
                raise SystemExit(f"{address} has {json.loads(body)['total']['value']} rows; expected {rows}.")
            checked = body
    writer.close()
    await writer.wait_closed()
    return latencies


def _memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} is gone.")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait(port: int, child: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start; its own words are above.")


def main() -> None:
    parser = argparse.ArgumentParser(description="The headline queries over REST, measured.")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of a run")
    parser.add_argument("--store", help="a store that is loaded already, instead of the sample in a new one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.store or f"embedded:{folder}/store"
        plan = [] if given.store else [str(Path("examples", "loudi-2017.txt").absolute())]
        for title, room in (("every answer made anew", "0"), ("answers kept while no data changes", None)):
            port = _free_port()
            environment = dict(os.environ) | ({} if room is None else {"ZEREN_ANSWER_CACHE_BYTES": room})
            command = [sys.executable, "-m", "bench.rest", "serve", url, str(port), *plan]
            child = subprocess.Popen(command, env=environment)
            try:
                _wait(port, child)
                print(f"\n{title}")
                _report(port, child.pid, given.seconds)
            finally:
                child.terminate()
                child.wait(30)


def _report(port: int, pid: int, seconds: float) -> None:
    print(
        f"{CONNECTIONS} connections, median of {RUNS} runs of {seconds:g} s, {os.cpu_count()} cores shared by both ends"
    )
    print(f"{'':32}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}")
    met = True
    for name, address, rows in ADDRESSES:
        asyncio.run(measure(port, address, rows, max(2.0, seconds)))  # the engine compiles what runs often
        runs = [asyncio.run(measure(port, address, rows, seconds)) for _ in range(RUNS)]
        rate = statistics.median(run.rate for run in runs)
        p50 = statistics.median(run.percentile(0.5) for run in runs)
        p99 = statistics.median(run.percentile(0.99) for run in runs)
        print(f"{name:32}{rate:12.0f}{p50:10.1f}{p99:10.1f}", flush=True)
        met = met and (rows is None or (p99 <= BARS["p99"] and rate >= BARS["rate"]))
    rss = _memory(pid)
    print(f"memory of the serving process: {rss:.0f} MB")
    bars = f"p99 ≤ {BARS['p99']:g} ms, ≥ {BARS['rate']:g} requests/s, ≤ {BARS['rss']:g} MB"
    print(f"bars ({bars}): {'met' if met and rss <= BARS['rss'] else 'NOT met'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)
    else:
        main()
