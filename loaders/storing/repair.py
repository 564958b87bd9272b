"""The repair of a store: what a check found is mended, as far as the stored texts say how.

Order of steps: check the whole store; remove what no document states; write units and instruments as the documents state them; store
documents that differ again, from their own text and options; look again, as removing may show more. With ``dry_run`` the first look
is all, and says what would be done.

Never touched: labels, types and properties of others, judgements, notes. What cannot be mended is told with the way out.

Example: an item copied by hand with its lead: both are removed. A deadline that was deleted: its document is stored again.

Left to others: finding (`loaders.storing.check`), writing a plan (`loaders.storing.load`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

from graph.errors import ZerenError
from graph.schema import NODE, RELATIONSHIP
from graph.store.contract import ReadTransaction, Store, WriteTransaction
from graph.store.shapes import of_node, of_type
from loaders.plan import read_plan
from loaders.storing.check import CheckReport, SharedNodes, check_all
from loaders.storing.differences import SHARED
from loaders.storing.fault_codes import Difference
from loaders.storing.load import load_plan
from loaders.storing.rows import Properties
from loaders.storing.stored_source import stored_source, stored_texts

Action: TypeAlias = Literal["remove", "write", "store-again", "leave"]

ROUNDS = 3  # removing may show that a document has to be stored again
SIGN = "\x1f"
_AT_ONCE = 200  # names in one statement that removes relationships: each is compared with all of them

_ADDED = frozenset(("added-node", "orphan", "crude-node", "nameless-node"))
_LINKED = frozenset(("added-relationship", "doubled-relationship", "wrong-ends", "unplanned-relationship"))
_LEFT: Mapping[str, str] = {
    "text-changed": "原文已不是载入时的原文，无法由它自身修复：请用原来的文件重新载入（zeren load 文件 --replace）",
    "text-missing": "库中没有它的原文：请用原来的文件重新载入（zeren load 文件），或移除它（zeren remove 标识）",
    "options-unreadable": "读取选项无法读出：请用原来的文件重新载入（zeren load 文件 --replace）",
    "judgement-wrong": "判断由人作出，不由修复改动：请重新判断（zeren judge），或在数据库中删去这条关系",
}
_OUTDATED = "由另一版本的解析器读出：请运行 zeren migrate 重读"
_OF_OTHERS = "它带有本系统以外的标签、关系或判断，不予改动：请先在数据库中去掉这些"


class Mending(Struct, frozen=True):
    """What was done, or would be, with one thing: ``why`` is a sentence in Chinese; for ``leave`` the way out."""

    action: Action
    kind: str
    id: str
    document: str
    code: str
    why: str


class RepairReport(Struct, frozen=True):
    """``left``: what cannot be mended. ``remaining``: how many differences the check finds afterwards; with ``dry_run`` now."""

    data_version: int
    dry_run: bool
    done: tuple[Mending, ...]
    left: tuple[Mending, ...]
    remaining: int


@dataclass(slots=True)
class _Work:
    """What one look at the store gives to do."""

    nodes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    nameless: set[str] = field(default_factory=set)
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    aliases: list[str] = field(default_factory=list)
    shared: dict[str, list[Properties]] = field(default_factory=lambda: defaultdict(list))
    documents: set[str] = field(default_factory=set)
    done: list[Mending] = field(default_factory=list)
    left: list[Mending] = field(default_factory=list)

    def act(self, action: Action, d: Difference, why: str = "") -> None:
        made = Mending(action, d.kind, d.id, d.document, d.code, why or d.message)
        (self.left if action == "leave" else self.done).append(made)


def repair_store(store: Store, *, dry_run: bool, now: str) -> RepairReport:
    """Mend what `check` names, at ``now`` (ISO time); with ``dry_run`` only say what would be done."""
    done: dict[tuple[str, str, str], Mending] = {}
    left: list[Mending] = []
    for _ in range(ROUNDS):
        report, shared = check_all(store)
        work = _plan_work(store, report, shared)
        left = work.left
        if not dry_run and work.done:
            _remove(store, work)
            left = left + _store_again(store, work, now)
        done |= {(m.action, m.kind, m.id): m for m in work.done}
        if dry_run or not work.done:
            break
    else:
        report, shared = check_all(store)
        left = _plan_work(store, report, shared).left
    stays = {(m.kind, m.id) for m in left}
    mended = tuple(m for m in done.values() if dry_run or (m.kind, m.id) not in stays)
    return RepairReport(report.data_version, dry_run, mended, tuple(left), len(report.differences))


def _plan_work(store: Store, report: CheckReport, shared: SharedNodes) -> _Work:
    work = _Work()
    kept = _of_others(store, report.differences)
    cut_off = _cut_off(store, [d.document for d in report.differences if d.code == "text-missing"])
    for d in report.differences:
        if d.document in report.outdated and d.code not in _ADDED | _LINKED:
            work.act("leave", d, _OUTDATED)
        elif d.kind == "SourceText" and d.id in cut_off.values():
            continue  # it is put back to its document
        elif (d.kind, d.id) in kept:
            work.act("leave", d, _OF_OTHERS)
        elif d.code in _LINKED:
            own = d.id if RELATIONSHIP[d.kind].has_id and d.id != " → ".join(d.near) else ""
            work.links[d.kind].append(SIGN.join((d.near[0], own, d.near[1])))
            work.act("remove", d)
        elif d.code == "nameless-node":
            work.nameless.add(d.kind)
            work.act("remove", d)
        elif d.code in _ADDED:
            work.nodes[d.kind].append(d.id)
            work.act("remove", d)
        elif d.code == "alias-nowhere":
            work.aliases.append(d.id)
            work.act("remove", d)
        elif d.kind in SHARED and d.change == "changed":
            work.shared[d.kind].append(_as_stated(shared, d.kind, d.id))
            work.act("write", d)
        elif d.code in _LEFT and not (d.code == "text-missing" and d.document in cut_off):
            work.act("leave", d, _LEFT[d.code])
        else:
            work.documents.add(d.document)
            work.act("store-again", d)
    return work


def _of_others(store: Store, differences: Iterable[Difference]) -> set[tuple[str, str]]:
    """The nodes to be removed that bear labels or relationships of others, or a judgement."""
    asked: dict[str, list[str]] = defaultdict(list)
    for d in differences:
        if d.code in _ADDED - {"nameless-node"}:
            asked[d.kind].append(d.id)

    def work(reading: ReadTransaction) -> set[tuple[str, str]]:
        found = set()
        for label, ids in asked.items():
            for row in reading.rows(of_node("unstated-nodes", label), {"ids": ids}):
                if row["foreign"] or row["judged"] or len(row["labels"]) > 1:
                    found.add((label, row["id"]))
        return found

    return store.read(work)


def _as_stated(shared: SharedNodes, label: str, key: str) -> Properties:
    """The properties to write so that a unit or an instrument is as all documents state it."""
    wanted, stored = shared.wanted[(label, key)], shared.stored[(label, key)]
    gone = {name: None for name in stored if name in NODE[label].types and name not in wanted}
    return wanted | gone


def _cut_off(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Those of the documents without a text whose text is there, only not at them → the id of the text."""

    def work(reading: ReadTransaction) -> dict[str, str]:
        found = {}
        for document in documents:
            properties, texts = stored_texts(reading, document)
            named = properties.get("text_sha256")
            if isinstance(named, str) and not texts and reading.rows("load/stored-node/source-text", {"ids": [named]}):
                found[document] = named
        return found

    return store.read(work)


def _remove(store: Store, work: _Work) -> None:
    """Remove what no document states, and write what documents share, in one transaction."""

    def write(writing: WriteTransaction) -> None:
        for kind, links in work.links.items():
            for at in range(0, len(links), _AT_ONCE):
                given = {"links": links[at : at + _AT_ONCE], "sign": SIGN}
                writing.rows(of_type("remove-unstated-links", kind), given)
        for label, ids in work.nodes.items():
            writing.rows(of_node("remove-unstated", label), {"ids": ids})
        for label in sorted(work.nameless):
            writing.rows(of_node("remove-nameless", label))
        if work.aliases:
            writing.rows("load/remove-aliases-nowhere", {"ids": work.aliases})
        for label, nodes in work.shared.items():
            rows = [{"id": node["id"], "properties": node} for node in nodes]
            writing.rows(of_node("merge-node", label), {"rows": rows})

    store.write(write)


def _store_again(store: Store, work: _Work, now: str) -> list[Mending]:
    """Store documents again from their own texts; those that could not be, with the reason."""
    left = []
    for document in sorted(work.documents):
        try:
            _store_document(store, document, now)
        except (ZerenError, KeyError, TypeError, ValueError) as error:
            left.append(Mending("leave", "Document", document, document, "", f"未能重新存入：{error}"))
    return left


def _store_document(store: Store, document: str, now: str) -> None:
    def look(reading: ReadTransaction) -> tuple[Properties, list[Properties]]:
        properties, texts = stored_texts(reading, document)
        asked = {"ids": [properties.get("text_sha256") or ""]}
        own = [row["properties"] for row in reading.rows("load/stored-node/source-text", asked)]
        return properties, own if len(texts) != 1 else texts

    properties, texts = store.read(look)
    if not properties or not texts:
        raise ValueError(f"the document {document!r} has no source text any more")
    source, options = stored_source(properties, texts[0])
    plan = read_plan(source, options)
    # a copy under an id made by hand, or a document whose id was changed: it gives way to the id that its text gives
    load_plan(plan, store, replace=plan.document.id != document, allow_empty=True, now=now)
