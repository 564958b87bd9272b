"""The extractor's score on the annotated corpus, beside the last committed one: figures, facts gained, facts lost.

    python bench/score.py [--accept]

The corpus and its measure lie under ZEREN_SHARED (default ../shared) and stay there: of the facts found, ``bench/score.json``
keeps digests only, so that a later run can tell which of them it no longer finds.  A fact of the annotation that was found
and is lost, or a new fact that the annotation does not have, ends the run with exit code 1; ``--accept`` writes the new state
as the committed one (the commit message says why a loss was taken).
"""

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from graph.model import to_json
from loaders.plan import parse_plan

Fact: TypeAlias = tuple[Any, ...]
Figures: TypeAlias = dict[str, list[int]]

SHARED = Path(os.environ.get("ZEREN_SHARED", "../shared"))
KEPT = Path(__file__).with_name("score.json")


def measure() -> ModuleType:
    """The corpus' own score.py as a module: what counts as found is said there, not here."""
    spec = importlib.util.spec_from_file_location("corpus_score", SHARED / "corpus" / "score.py")
    if spec is None or spec.loader is None or not (SHARED / "corpus" / "score.py").is_file():
        raise SystemExit(
            f"there is no corpus/score.py under {SHARED}; set ZEREN_SHARED to the folder that holds corpus/."
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def facts_of(
    score: ModuleType, record: dict[str, Any], plan: dict[str, Any]
) -> dict[str, tuple[set[Fact], set[Fact], set[Fact]]]:
    """For each kind of fact: found, missed, extra."""
    made = {}
    for kind, strict in (("duties", False), ("duties, strict", True)):
        hits, missed, extra = score.match(record, plan, strict)
        made[kind] = (_numbered(hits), _numbered(missed), _numbered(extra))
    wanted = {score.squeeze(title) for title in record["citations"]}
    found = {score.squeeze(c["title"]) for i in plan["items"] for c in i["citations"]}
    found |= {score.squeeze(c["title"]) for c in plan["citations"]}
    cited = [{("citation", title) for title in group} for group in (wanted & found, wanted - found, found - wanted)]
    made["citations"] = (cited[0], cited[1], cited[2])
    return made


def _numbered(facts: list[Fact]) -> set[Fact]:
    """Equal facts told apart by their count."""
    seen: dict[Fact, int] = defaultdict(int)
    made = set()
    for fact in facts:
        seen[fact] += 1
        made.add((*fact, seen[fact]))
    return made


def digest(text: str, kind: str, fact: Fact) -> str:
    return hashlib.sha256(repr((text, kind, fact)).encode()).hexdigest()[:16]


def run(score: ModuleType) -> tuple[Figures, dict[str, Fact], dict[str, Fact], dict[str, Fact]]:
    """Figures by kind and format; the facts found, missed and extra by their digest."""
    figures: Figures = defaultdict(lambda: [0, 0, 0])
    found: dict[str, Fact] = {}
    missed: dict[str, Fact] = {}
    extra: dict[str, Fact] = {}
    for path in sorted((SHARED / "corpus" / "open").glob("[0-9]*.json")):
        record = json.loads(path.read_text("utf-8"))
        plan = to_json(parse_plan(record["text"], issued_on=str(record["year"])))
        for kind, groups in facts_of(score, record, plan).items():
            for part in (record["format"], "all"):
                for n, group in enumerate(groups):
                    figures[f"{kind} | {part}"][n] += len(group)
            found |= {digest(record["id"], kind, fact): (record["id"], kind, *fact) for fact in groups[0]}
            missed |= {digest(record["id"], kind, fact): (record["id"], kind, *fact) for fact in groups[1]}
            extra |= {digest(record["id"], kind, fact): (record["id"], kind, *fact) for fact in groups[2]}
        for n, figure in enumerate(score.dates(record, plan)):
            figures["dated deadlines | all"][n] += figure
    return dict(figures), found, missed, extra


def show(figures: Figures, before: Figures) -> None:
    print(
        f"{'fact':16} {'':8} {'found':>6} {'missed':>6} {'extra':>6} {'P':>6} {'R':>6} {'F1':>6}   since the last commit"
    )
    for name, (hits, missed, extra) in sorted(figures.items()):
        kind, part = name.split(" | ")
        precision = hits / (hits + extra) if hits + extra else 1.0
        recall = hits / (hits + missed) if hits + missed else 1.0
        f1 = 2 * hits / (2 * hits + missed + extra) if missed or extra else 1.0
        was = before.get(name)
        changed = (
            " ".join(f"{now - then:+}" for now, then in zip((hits, missed, extra), was, strict=True)) if was else "new"
        )
        print(
            f"{kind:16} {part:8} {hits:6} {missed:6} {extra:6} {precision:6.3f} {recall:6.3f} {f1:6.3f}   "
            + ("" if changed == "+0 +0 +0" else changed)
        )


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--accept", action="store_true", help="keep this state as the committed one")
    accept = arguments.parse_args().accept
    figures, found, missed, extra = run(measure())
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {"figures": {}, "found": [], "extra": []}
    show(figures, kept["figures"])
    gained = found.keys() - set(kept["found"])
    lost = set(kept["found"]) - found.keys()
    added = extra.keys() - set(kept["extra"])
    print(f"\nfacts gained: {len(gained)}, lost: {len(lost)}; new extra facts: {len(added)}")
    for sign, facts, keys in (("+", found, gained), ("-", missed, lost & missed.keys()), ("extra", extra, added)):
        for key in sorted(keys)[:20]:
            print(f"  {sign} {' '.join(map(str, facts[key]))}")
    if accept:
        state = {"figures": figures, "found": sorted(found), "extra": sorted(extra)}
        KEPT.write_text(json.dumps(state, indent=0, sort_keys=True) + "\n", "utf-8")
        return 0
    if lost or added:
        print("a fact was lost or a false one gained: mend it, or take it with --accept and say why.", file=sys.stderr)
    return 1 if lost or added else 0


if __name__ == "__main__":
    sys.exit(main())
