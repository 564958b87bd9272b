"""The stretch of each item in the repaired text: where it begins and ends, its body, its heading; and what of a node is an
item of its own (a part, a paragraph).

1. An item ends with the line of its last assignment, else at the next node.
2. Its body lies between its label and its first assignment; its heading is the first sentence of the body.  Behind an
   assignment that stands in its heading (一、项目入库（县发改局）⏎…) the body is what follows.

Left to others: which nodes are items (`loaders.items.choose`), which items stand above others (`loaders.items.parents`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from graph.model import ItemKind, Span
from loaders.duties.clause import Clause
from loaders.lexicon.marks import trim
from loaders.lexicon.vocabulary import any_of, load_yaml
from loaders.phrases.bearers import only_bearers
from loaders.structure.outline import Node

# a heading longer than this is no heading: the item is a paragraph without one
LONGEST_HEADING = 80
_LONGEST_TITLE = 40
_SENTENCES = re.compile("[。；;\n]")
_PROGRESS = re.compile(rf"\n[ \t]*(?:{any_of(load_yaml('roles')['progress'])})[:：]")
# 主要职责：…: what is to be done, behind who does it
_CONTENT = re.compile(
    rf"(?:{any_of((*load_yaml('columns')['columns']['content'], *load_yaml('roles')['duties']))})[:：]"
)
# 请各责任单位于每月25日前报送…: a paragraph that closes the plan and speaks to all
TO_ALL = re.compile(
    rf"(?:请|希望?|望)?(?:各|以上|上述|有关|相关|全体)[^，,。；;\n]{{0,10}}(?:{any_of((*load_yaml('roles')['asks_for_bodies'], '乡镇', '镇街', '街道', '县区', '责任人'))})"
)
# the mark of the second of a series, and what makes it the first one
_SECOND, _FIRST = re.compile(r"二是|其二|第二[，,、]"), str.maketrans("二", "一")
_MEASURES_AHEAD = re.compile(r"整[改治](?:措施|举措)[:：]?\s*\Z")
# 行政主体：县住建局: a label that gives no role, and its words
_UNKNOWN_FIELD = re.compile(r"[\u4e00-\u9fff（）()]{2,10}[:：](?P<words>[^:：。\n]{2,60})")
# what may stand between two clauses of one assignment
_BETWEEN = " 。；;，,、.|｜丨\n\t)）〕●◆■▲◎○•"


@dataclass(slots=True)
class ChosenItem:
    """A node that becomes an item: its assignments, and its stretches in the repaired text."""

    node: Node
    clauses: list[Clause]
    start: int
    end: int
    body: Span = (0, 0)
    heading: Span = (0, 0)
    part: int | None = None  # 1… for each stretch of an item with several assignments
    unnumbered: bool = False  # ``node`` is the heading it stands under, or a row of a table
    is_heading: bool = False  # it is the heading itself, which has an assignment; it is unnumbered, too
    cites: Span | None = None  # where its rules are cited, if not in its body: the whole row of a table
    kind: ItemKind | None = None  # where it is known: the row of a table of problems
    section: str = ""  # its section's id, known once the sections are built
    above: "ChosenItem | None" = None  # the nearest item above, known once all are chosen


def groups_of(text: str, clauses: list[Clause], fields: Collection[int] = ()) -> list[list[Clause]]:
    """Clauses that belong together: nothing but marks and white space between them, or one inside another; a time alone
    joins its neighbour, and so does another role behind other fields of one record (整改措施：…). ``fields`` are the places of the
    labels that open lines and give no role.
    """
    groups: list[list[Clause]] = []
    reach = 0  # how far those seen so far go
    for clause in clauses:
        inside, reach = clause.span[0] < reach, max(reach, (clause.stretch or clause.span)[1])
        if clause.stretch:
            if groups and groups[-1][-1].stretch == clause.stretch:
                groups[-1].append(clause)
            else:
                groups.append([clause])
            continue
        touches = bool(groups) and (inside or not text[groups[-1][-1].span[1] : clause.span[0]].strip(_BETWEEN))
        touches = touches or (bool(groups) and _of_record(text, groups[-1], clause, fields))
        if touches or (groups and (clause.role == "deadline" or all(c.role == "deadline" for c in groups[-1]))):
            groups[-1].append(clause)
        else:
            groups.append([clause])
    return groups


def _of_record(text: str, group: list[Clause], clause: Clause, fields: Collection[int]) -> bool:
    """Whether a clause goes on in the record of a group: a field stands between them, or bodies behind a label that gives no
    role, and none of the group has its role.
    """
    if clause.rule.name != "label-line" or any(c.rule.name != "label-line" or c.role == clause.role for c in group):
        return False
    behind = text[group[-1].span[1] : clause.span[0]]
    if group[-1].span[1] + len(behind) - len(behind.lstrip(_BETWEEN)) in fields:
        return True
    unknown = _UNKNOWN_FIELD.fullmatch(behind.strip(_BETWEEN))
    return unknown is not None and only_bearers(unknown["words"])


def whole_and_parts(text: str, node: Node, groups: list[list[Clause]], last: int) -> list[ChosenItem]:
    """The item of a node, which ends before ``last``, and its parts if it contains several assignments."""
    if len(groups) < 2:
        item = stretch(text, node, groups[0] if groups else [], node.start, node.text, last)
        take_text_behind(text, item, last)
        return [item]
    parts = []
    start = node.text
    for n, group in enumerate(groups, 1):
        start = _start_of(text, start, group)
        part = stretch(text, node, group, start, start, group[-1].span[1])
        part.part = n
        parts.append(part)
        start = part.end
    _begin_series(text, node, parts)
    return [stretch(text, node, [], node.start, node.text, parts[-1].end), *parts]


def _begin_series(text: str, node: Node, parts: list[ChosenItem]) -> None:
    """Let the first part begin where its series does: 台账不全。整改措施：|一是… （县档案局）；|二是… （县财政局）.

    Behind the label of measures all parts are measures.
    """
    second = _SECOND.match(text, parts[1].start)
    group = parts[0].clauses
    at = text.find(second[0].translate(_FIRST), node.text + 1, group[0].span[0]) if second else -1
    if at < 0:
        return
    parts[0] = stretch(text, node, group, at, at, group[-1].span[1])
    parts[0].part = 1
    if _MEASURES_AHEAD.search(text, node.text, at):
        for part in parts:
            part.kind = ItemKind.MEASURE


def take_text_behind(text: str, item: ChosenItem, last: int) -> None:
    """Give an item whose assignment stands in its heading what is to be done behind it: 一、项目入库（县发改局）⏎6月底前….

    At the end of the document one paragraph is the item's, for nobody can tell which of the others are.
    """
    if not item.clauses or item.clauses[0].stretch:
        return
    title = trim(text, item.node.text, item.clauses[0].span[0])
    if not 0 < title[1] - title[0] <= _LONGEST_TITLE or _SENTENCES.search(text, *title):
        return
    first = max(clause.span[1] for clause in item.clauses)
    first += len(text[first:last]) - len(text[first:last].lstrip(_BETWEEN))
    if "\n" in text[title[1] : item.clauses[0].span[0]] and not _CONTENT.match(text, first):
        return  # labels below a task: what stands behind them only remarks on it
    if text[max(0, item.start - 6) : item.start].rstrip(" \t\n。；;").endswith(("）", ")", "〕", "】")):
        return  # the item before ends with its bracket, and so does this one
    line = text.find("\n", first, last) if last == len(text) else -1
    if last == len(text) and TO_ALL.match(text, first):
        return
    told = _PROGRESS.search(text, max(0, first - 1), last)
    last = min(told.start() if told else last, line if line >= 0 else last)
    end = first + len(text[first:last].rstrip())
    if end > first:
        item.body, item.heading, item.end = (first, end), title, max(item.end, end)


def _start_of(text: str, start: int, group: list[Clause]) -> int:
    """Where a part begins that follows another part, which ends at ``start``."""
    if group[0].stretch:
        return group[0].stretch[0]
    before = text[start : group[0].span[0]]
    start += len(before) - len(before.lstrip(_BETWEEN))
    bullet = text.rfind("——", start, group[0].span[0])
    # a bullet at the start of its line begins the stretch; the dashes are no part of it
    return bullet + 2 if bullet >= 0 and not text[bullet - 1 : bullet].strip() else start


def is_heading(text: str, node: Node, clause: int) -> bool:
    """Whether the first line of a node is a heading over paragraphs: short, without a full stop, and the first
    assignment comes later.
    """
    line = text.find("\n", node.text, clause)
    return 0 <= line - node.text <= _LONGEST_TITLE and not text[node.text : line].rstrip().endswith(
        ("。", "；", ";", "：", ":")
    )


def paragraphs(text: str, node: Node, groups: list[list[Clause]]) -> list[ChosenItem]:
    """The unnumbered items under a heading: each paragraph that contains an assignment."""
    made = []
    start = text.index("\n", node.text) if node.label else 0
    for group in groups:
        if group[0].stretch:
            line = group[0].stretch[0]
        else:
            first = group[0].span[0]
            # a label on a line of its own belongs to the paragraph before it
            line = max(start, text.rfind("\n", start, start + len(text[start:first].rstrip())))
            words = text[line:first]
            line += len(words) - len(words.lstrip(_BETWEEN))
        item = stretch(text, node, group, line, line, group[-1].span[1])
        item.unnumbered = True
        made.append(item)
        start = item.end
    return made


def stretch(text: str, node: Node, clauses: list[Clause], start: int, inner: int, last: int) -> ChosenItem:
    """The item of a stretch that ends with the line of its last clause, or at ``last``."""
    if clauses and clauses[0].stretch:
        last = clauses[0].stretch[1]
    elif clauses:
        line = text.find("\n", clauses[-1].span[1], last)
        if line >= 0:
            last = line
    end = body_end = start + len(text[start:last].rstrip())
    # where the assignment opens its stretch (市公安局负责…), what it asks stands behind it
    if clauses and clauses[0].span[0] < end and text[inner : clauses[0].span[0]].strip():
        body_end = clauses[0].span[0]
    words = text[inner:body_end].lstrip()
    first = max(inner, body_end) - len(words)
    body = (first, first + len(words.rstrip()))
    return ChosenItem(node, clauses, start, end, body, _heading(text, body))


def _heading(text: str, body: Span) -> Span:
    start, end = body
    limit = min(end, start + LONGEST_HEADING + 1)
    stop = text.find("\n", start, limit)
    sentence = text.find("。", start, limit if stop < 0 else stop)
    stop = sentence if sentence >= 0 else stop
    if stop >= 0:
        return start, stop
    return body if end - start <= LONGEST_HEADING else (start, start)
