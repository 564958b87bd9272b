"""What an answer costs with one plan and with many: every route, page and question, asked of two stores by turns.

    python -m bench.growth [--plans 300] [--turns 5] [--stores embedded:/one embedded:/many] [--only duties]

Order of steps: two stores are filled with the plans of `bench.folder`, one with the first of them alone, unless two are given;
each address is asked of both by turns, first to warm up, nothing kept; of each the least processor time of this process
counts, in which the embedded engine runs too (on a Neo4j server the clock). An address whose share of the two is over the
bar is marked. What reads all plans by its nature is not asked: files of every row, statistics over all plans.

Prints milliseconds with one plan and with many, and their ratio, address by address. Fails nothing.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from fastapi import FastAPI

from api.answers.questions import questions
from api.app import create_app
from api.settings import Settings
from bench.folder import UNITS, load, make, place
from graph.library.cards import parameters_of

BAR = 1.5
FREE = 1.0  # milliseconds by which an answer may differ whatever the ratio: below it, the clock of the processor is too coarse
NEVER = ("/v1/documents/{ref}/dossier", "/v1/units/{ref}/dossier", "/v1/backup", "/v1/audit")  # every row, or a key

PAGES = (
    "/",
    "/units/{ref}",
    "/units/{ref}/shared-with/{other}",
    "/items/{ref}",
    "/items",
    "/regulations/{ref}",
    "/documents/{ref}",
    "/documents/{ref}/text",
    "/documents/{ref}/findings",
    "/questions",
)

REGION, BODIES = place(1)
UNIT, OTHER = (f"{REGION}:{body}" for body in BODIES[:2])
REGULATION = f"{REGION}行政程序规定"


async def ask(app: FastAPI, address: str) -> tuple[int, bytes]:
    """Status and body of one GET, past the network."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), (b"accept", b"text/html" if not path.startswith("/v1") else b"*/*")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    status, body = 0, b""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    await app(scope, receive, send)
    return status, body


def addresses(app: FastAPI, document: str, item: str, section: str) -> list[str]:
    """Every GET of the service with what the first plan has, the lists also narrowed, and every question."""
    paths = app.openapi()["paths"]
    found = []
    for path in (*(path for path, methods in paths.items() if "get" in methods), *PAGES):
        if path in NEVER or "{name}" in path:
            continue
        kind = path.removeprefix("/v1").split("/")[1]
        ref = {"documents": document, "items": item, "regulations": REGULATION, "units": UNIT}.get(kind, "")
        found.append(path.replace("{ref}", ref).replace("{other}", OTHER))
    given = {
        "/v1/ask": [{"q": f"{UNITS[0]}牵头哪些任务"}, {"q": "哪些任务没有牵头单位"}],
        "/v1/search": [{"q": "清理规范性文件"}, {"q": BODIES[0]}, {"q": "行政程序"}],
        "/v1/items/groups": [],
        "/v1/items": [
            {},
            {"q": "清理规范性文件"},
            {"unit": UNIT},
            {"unit": UNIT, "role": "lead", "no_date": "true"},
            {"cites": REGULATION},
            {"due_before": "2012-12-31"},
            {"document": document},
        ],
        "/v1/documents": [{}, {"q": "实施方案"}, {"region": REGION}],
        "/v1/units": [{}, {"q": UNITS[0]}, {"region": REGION}],
        "/v1/regulations": [{}, {"q": "行政程序"}],
        f"/v1/units/{UNIT}/duties": [{}, {"limit": "10"}, {"role": "lead"}, {"document": document}],
        f"/v1/regulations/{REGULATION}/citing-items": [{}, {"limit": "10"}],
        "/v1/paths": [{"from": f"regulation:{REGULATION}", "to": f"unit:{UNIT}"}],
    }
    made = [f"{path}?{urlencode(one)}".rstrip("?") for path in found for one in given.get(path, [{}])]
    values = {
        "unit": UNIT,
        "other": OTHER,
        "regulation": REGULATION,
        "item": item,
        "section": section,
        "document": document,
        "by": "2012-12-31",
        "fact": f"{item}|lead|{BODIES[0]}|1",
    }
    for name, query in questions().items():
        needed = {p.name: values.get(p.name, "1") for p in parameters_of(query) if not p.nullable}
        made.append(f"/v1/questions/{name}?{urlencode(needed)}".rstrip("?"))
        if "document" not in needed and any(p.name == "document" for p in parameters_of(query)):
            made.append(f"/v1/questions/{name}?{urlencode({**needed, 'document': document})}")
    return list(dict.fromkeys(made))


async def measure(apps: list[FastAPI], address: str, turns: int, *, clock: bool) -> list[list[float]]:
    """Milliseconds of each turn, for each app; nothing if one of them refuses."""
    taken: list[list[float]] = [[] for _ in apps]
    read = time.perf_counter if clock else time.process_time
    for turn in range(turns + 2):
        for app, times in zip(apps, taken, strict=True):
            began = read()
            status, body = await ask(app, address)
            took = (read() - began) * 1000
            if status != 200:
                print(f"{unquote(address)} answered {status}: {body[:300].decode(errors='replace')}", flush=True)
                return []
            if turn > 1:
                times.append(took)
    return taken


async def compare(urls: list[str], turns: int, only: str) -> None:
    """The table of two stores."""
    async with AsyncExitStack() as running:
        apps = [create_app(Settings(store=url, answer_cache_bytes=0, local_use=True)) for url in urls]
        for app in apps:
            await running.enter_async_context(app.router.lifespan_context(app))
        document = f"{REGION}-{REGION[:2]}政发2011-1"
        plan = f"/v1/documents/{document}/items?limit=1"
        first = json.loads((await ask(apps[0], plan))[1])["items"][0]
        asked = [a for a in addresses(apps[0], document, first["id"], first["section"]["id"]) if only in a]
        asked.sort(key=lambda address: "ask" in address)  # the longest at the end
        print(f"{'':9}{'one':>9}{'many':>9}{'ratio':>8}   load {os.getloadavg()[0]:.1f}")
        over = count = 0
        for address in asked:
            if not (taken := await measure(apps, address, turns, clock="neo4j" in urls[1])):
                continue
            one, many = min(taken[0]), min(taken[1])
            beyond = many > BAR * one and many > one + FREE
            over, count = over + beyond, count + 1
            print(
                f"{'over' if beyond else '':9}{one:9.1f}{many:9.1f}{many / one:8.2f}   {unquote(address)}", flush=True
            )
        print(f"bar: {BAR} times; {over} of {count} over it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=300)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--stores", nargs=2, help="one with the first plan of bench.folder, and one with many of them")
    parser.add_argument("--only", default="", help="addresses with these letters alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        urls = given.stores
        if not urls:
            urls = [f"embedded:{scratch}/store-{plans}" for plans in (1, given.plans)]
            for plans, url in zip((1, given.plans), urls, strict=True):
                folder = Path(scratch) / f"plans-{plans}"
                make(folder, plans)
                load(folder, url)
        asyncio.run(compare(urls, given.turns, given.only))


if __name__ == "__main__":
    main()
