"""Does this checkout answer as another one does?  For changes of structure that must not change an answer.

    python bench/same_answers.py BEFORE [--corpus] [--most 4000] [--without KEY]

BEFORE is the folder of another checkout with its own ``.venv`` (``make setup``).  Only what users meet is compared, so the
modules of the two may differ in every name: ``zeren parse --json`` of the sample (with ``--corpus`` also of the open
corpus under ZEREN_SHARED), every route and question of ``/v1``, the files, and the pages that links lead to, all from a
store of its own into which ``zeren load`` has put the sample.  Bodies must be equal byte for byte; the time of the load and
request ids are blanked.  Exit code 1 when anything differs; the first lines that differ are printed.

Left to others: facts against the annotation (``bench/score.py``), stores of a release (``tests/releases``).
"""

import argparse
import concurrent.futures
import contextlib
import difflib
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parents[1]
SAMPLE = "examples/loudi-2017.txt"
SHARED = Path(os.environ.get("ZEREN_SHARED", "../shared"))
AS_OF = "2018-06-01"  # a day for what depends on one
LISTS = ("documents", "findings", "items", "regulations", "units")
# never the same twice: when a plan was loaded, the id of a request, where this very store is kept
_PASSING = re.compile(
    rb"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([.]\d+)?(\+00:00|Z)?|(?<=\"request_id\": \")[0-9a-f]{16}|(?<=embedded:)[^\"]+"
)


def without_passing(body: bytes) -> bytes:
    """An answer with the time of a load, the request's id and the store's place blanked."""
    return _PASSING.sub(b"-", body)


@dataclass(frozen=True, slots=True)
class Served:
    """One checkout's service; ``address`` like http://127.0.0.1:1234."""

    checkout: Path
    address: str

    def body(self, path: str) -> bytes:
        """Status, media type and body of one answer, what passes blanked."""
        request = urllib.request.Request(self.address + path)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                status, kind, body = answer.status, answer.headers["Content-Type"], answer.read()
        except urllib.error.HTTPError as error:
            status, kind, body = error.code, error.headers["Content-Type"], error.read()
        return f"{status} {kind}\n".encode() + without_passing(body.replace(self.address.encode(), b"ADDRESS"))

    def json(self, path: str) -> Any:
        return json.loads(self.body(path).partition(b"\n")[2])


def quoted(*parts: str) -> str:
    """A path of ``/v1`` whose parts may hold anything."""
    return "/v1/" + "/".join(urllib.parse.quote(part, safe="") for part in parts)


def with_query(path: str, **query: str) -> str:
    return f"{path}?{urllib.parse.urlencode(query)}" if query else path


@contextlib.contextmanager
def serve(checkout: Path, plans: Iterable[Path], store: Path) -> Iterator[Served]:
    """The checkout's own program, serving a store into which its own ``load`` has put ``plans``."""
    program = str(checkout / ".venv" / "bin" / "zeren")
    environment = {**os.environ, "ZEREN_STORE": f"embedded:{store}", "ZEREN_LOCAL_USE": "true"}
    for plan in plans:
        subprocess.run([program, "load", str(plan)], cwd=checkout, env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [program, "serve", "--port", "0"], cwd=checkout, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        met = re.search(r"http://127\.0\.0\.1:\d+", line)
        if met is None:
            raise SystemExit(f"{program} serve said {line!r}; expected its address.")
        yield Served(checkout, met[0])
    finally:
        process.terminate()
        process.wait(30)


def addresses(served: Served, most: int | None = None) -> list[str]:
    """The paths of ``/v1`` to ask for: each list, each object with all below it, each question, text put in words."""
    every = {"evidence": "full"}
    ids = {
        kind: [row["id"] for row in served.json(with_query(f"/v1/{kind}", whole="true"))["items"]] for kind in LISTS[:1]
    }
    ids |= {
        kind: [row["id"] for row in served.json(with_query(f"/v1/{kind}", whole="true"))["items"]]
        for kind in ("items", "regulations", "units")
    }
    few = {kind: found[:most] for kind, found in ids.items()}
    made = [f"/v1/{one}" for one in ("catalog", "judgements", "questions")]
    for kind in LISTS:
        path = f"/v1/{kind}"
        made += [path, with_query(path, limit="3"), with_query(path, q="法制"), with_query(path, q="没有的词")]
        made += [with_query(path, whole="true", format=form) for form in ("json", "csv", "ndjson")]
    made += [with_query("/v1/items", unit=unit, role="lead") for unit in few["units"][:12]]
    made += [with_query("/v1/items", due_before=AS_OF), with_query("/v1/items", due_after=AS_OF)]
    for document in few["documents"]:
        made += [with_query(quoted("documents", document), **every), quoted("documents", document, "text")]
        made += [quoted("documents", document, part) for part in ("coverage", "repairs", "sections", "matrix")]
        made += [
            with_query(quoted("documents", document, part), whole="true", **every) for part in ("items", "findings")
        ]
    for item in few["items"]:
        made += [with_query(quoted("items", item), **every), with_query(quoted("items", item, "chain"), **every)]
    for unit in few["units"]:
        made += [quoted("units", unit), with_query(quoted("units", unit, "duties"), whole="true", **every)]
        made.append(with_query(quoted("units", unit, "duties"), whole="true", format="csv"))
    for one, other in itertools.pairwise(few["units"][:40]):
        made.append(with_query(quoted("units", one, "shared-with", other), **every))
    for regulation in few["regulations"]:
        made += [quoted("regulations", regulation)]
        made.append(with_query(quoted("regulations", regulation, "citing-items"), whole="true", **every))
    for regulation, unit in zip(few["regulations"][:12], few["units"], strict=False):
        made.append(with_query("/v1/paths", **{"from": f"regulation:{regulation}", "to": f"unit:{unit}"}))
    for question in served.json("/v1/questions")["items"]:
        for parameters in asked(question, few):
            made.append(with_query(quoted("questions", question["id"]), whole="true", **every, **parameters))
            made.append(with_query(quoted("questions", question["id"]), limit="2", **parameters))
    phrases = [case["ask"] for cases in phrasings() for case in cases]
    made += [with_query("/v1/ask", q=phrase) for phrase in (phrases if most is None else phrases[: 4 * most])]
    return list(dict.fromkeys(made))


def asked(question: dict[str, Any], ids: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """The parameters to ask one question with: what it must have from the graph, then what it may have, one by one."""
    values = {
        "unit": ids["units"][:12], "other": ids["units"][1:2], "regulation": ids["regulations"][:8],
        "item": ids["items"][:20], "document": ids["documents"], "section": ["一", "1"],
        "by": ["2017-12-31"], "from": ["2017-01-01"], "to": ["2020-12-31"], "as_of": [AS_OF],
        "role": ["lead", "responsible", "cooperating", "leader"], "without": ["responsible", "anybody"],
        "relation": ["implements"], "light": ["red"], "fact": ["deadline"],
    }  # fmt: skip
    needed = [p["name"] for p in question["parameters"] if p["required"]]
    optional = [p["name"] for p in question["parameters"] if not p["required"] and p["name"] in values]
    fixed = {"as_of": AS_OF} if "as_of" in optional else {}
    for combination in itertools.product(*(values.get(name, ["1"]) for name in needed)):
        given = fixed | dict(zip(needed, combination, strict=True))
        yield given
        for name in optional:
            if name not in needed and combination == tuple(values.get(n, ["1"])[0] for n in needed):
                for value in values[name]:
                    yield given | {name: value}


def phrasings() -> Iterator[list[dict[str, Any]]]:
    """What people type, by question (tests/gold/asked.yaml)."""
    for path in sorted(HERE.glob("tests/**/asked.yaml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from ([loaded] if isinstance(loaded, list) else loaded.values())


def pages(served: Served, most: int) -> list[str]:
    """The pages that links lead to from the home page, and what they load."""
    seen, waiting = {"/"}, ["/"]
    while waiting and len(seen) < most:
        kind, _, body = served.body(waiting.pop(0)).partition(b"\n")
        if b"text/html" not in kind:
            continue
        for link in re.findall(rb"(?:href|src)=\"(/[^\"#]*)", body):
            path = link.decode().replace("&amp;", "&")
            if path not in seen and not re.match(r"/(docs|openapi|v1/.*format=(xlsx|docx))", path):
                seen.add(path)
                waiting.append(path)
    return sorted(seen)


def parsed(checkout: Path, plan: Path, *options: str) -> bytes:
    program = str(checkout / ".venv" / "bin" / "zeren")
    done = subprocess.run(
        [program, "parse", "--json", *options, str(plan)], cwd=checkout, capture_output=True, check=False
    )
    return done.stdout + done.stderr


def without_key(body: bytes, key: str | None) -> bytes:
    """A JSON body without a key that was added on purpose; any other body as it is."""
    return re.sub(rf', "{key}": (?:"[^"]*"|null)'.encode(), b"", body) if key else body


def first_difference(before: bytes, now: bytes) -> str:
    one, other = (re.sub(rb"([,{\[>])", rb"\1\n", body).decode(errors="replace").splitlines() for body in (before, now))
    lines = list(difflib.unified_diff(one, other, "before", "now", n=1, lineterm=""))
    return "\n".join(f"    {line[:200]}" for line in lines[:14])


def compare(name: str, before: bytes, now: bytes) -> bool:
    if before == now:
        return True
    print(f"DIFFERS {name}\n{first_difference(before, now)}")
    return False


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("before", type=Path, help="folder of the other checkout, with its own .venv")
    arguments.add_argument("--corpus", action="store_true", help="also parse every open text of the corpus")
    arguments.add_argument("--most", type=int, default=4000, help="pages to follow")
    arguments.add_argument("--without", metavar="KEY", help="a key that was added on purpose, left out of both")
    given = arguments.parse_args()
    checkouts = (given.before.absolute(), HERE)
    differing = total = 0
    with tempfile.TemporaryDirectory() as folder:
        plans: list[tuple[str, Path, tuple[str, ...]]] = [("sample", HERE / SAMPLE, ())]
        for path in sorted((SHARED / "corpus" / "open").glob("[0-9]*.json")) if given.corpus else ():
            record = json.loads(path.read_text("utf-8"))
            text = Path(folder) / f"{path.stem}.txt"
            text.write_text(record["text"], encoding="utf-8")
            plans.append((path.stem, text, ("--issued-on", str(record["year"]))))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for name, plan, options in plans:
                bodies = list(pool.map(lambda c, p=plan, o=options: parsed(c, p, *o), checkouts))
                total += 1
                one, other = (without_key(body, given.without) for body in bodies)
                differing += not compare(f"parse --json {name}", one, other)
        print(f"{total} plans parsed, {differing} differ", flush=True)
        with (
            serve(checkouts[0], [HERE / SAMPLE], Path(folder) / "before") as before,
            serve(checkouts[1], [HERE / SAMPLE], Path(folder) / "now") as now,
        ):
            asks = addresses(before)
            asks += pages(before, given.most)
            for ask in asks:
                total += 1
                differing += not compare(urllib.parse.unquote(ask), before.body(ask), now.body(ask))
        print(f"{len(asks)} answers compared; of {total} comparisons {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
