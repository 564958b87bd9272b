"""Rows of an answer on the terminal: a table to read, the JSON envelope, or CSV.

Input is the envelope of `api.answers.lists`. ``json`` prints it unchanged; ``csv`` prints one line for each row, with nested
keys joined by dots; ``table`` prints the columns of `_COLUMNS` that have values, the other columns of the question's card, and
a last line with the total and the data version (if the terminal is too narrow, a block of lines for each row).  Beside a
name stands the clause that gives the role or relation, cut to the words around the name, and the place of the name in the
source text.

Example: ``20  改革行政执法体制  牵头  2018-12-31  牵头单位:市编办、市政府法制办。  [12301, 12307)``

Left to others: asking (`api.cli.store_commands`), control characters (`api.cli.text`).
"""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.answers.chinese.labels import RELATION_WORDS, ROLE_WORDS, chinese, left_out_said, without_date
from api.answers.nesting import flat_columns, value_at
from api.cli.text import one_line
from api.export.contacts import without_contacts
from api.export.csv_ndjson import to_csv

Row: TypeAlias = Mapping[str, Any]
TableColumn: TypeAlias = tuple[str, Callable[[Row], str]]

EXCERPT = 32  # characters of a clause that are shown, the name in it included if it is shorter
_SEPARATOR = re.compile("[、，,；;。]")
LEAST = 14  # columns of the terminal that a text in a table needs: seven Chinese characters
BETWEEN = 3  # columns of the terminal between two of a table
WIDTH = 120  # of a table that goes to a file or a pipe and has no COLUMNS


def print_rows(envelope: Row, output: str) -> None:
    """Print the answer as ``table``, ``json`` or ``csv`` on standard output."""
    if output == "json":
        print(json.dumps(envelope, ensure_ascii=False, indent=2))
    elif output == "csv":
        print(as_csv(envelope["items"], bom=not sys.stdout.isatty()), end="")
    else:
        page = terminal()
        with page.capture() as printed:
            print_table(envelope, page)
        for line in printed.get().splitlines():
            print(line.rstrip())


def terminal() -> Console:
    """The terminal, or a page of `WIDTH` columns if there is none."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


def as_csv(rows: Sequence[Row], *, bom: bool) -> str:
    """CSV as the service writes it (`api.export.csv_ndjson`), with every column that a row has; contacts are ＊ in it."""
    named = dict.fromkeys(key for row in rows for key, _ in flat_columns(row))
    # where one row has an object and another null, the object's keys are columns and the null is not
    columns = [key for key in named if not any(other.startswith(f"{key}.") for other in named)]
    return to_csv(without_contacts(list(rows)), columns, bom=bom)


def print_table(envelope: Row, page: Console) -> None:
    """Print the rows as a table on ``page``, below the title of their document and above their total."""
    rows: Sequence[Row] = envelope["items"]
    documents: dict[str, str] = {}
    for document in filter(None, map(_document, rows)):
        documents[document["id"]] = documents.get(document["id"]) or document.get("title") or ""
    if len(documents) == 1:
        ((key, title),) = documents.items()
        page.print(Text(one_line(f"{title}  {key}".strip()), "bold"))
    columns = _columns_of(rows, envelope.get("headings", {}), several=len(documents) > 1)
    heads = [head for head, _ in columns]
    cells = [[one_line(make(row)) for _, make in columns] for row in rows]
    if rows and _fits(heads, cells, page.width):
        page.print(_table(heads, cells))
    else:
        _print_blocks(heads, cells, page)
    page.print(Text(_total(envelope), "dim"))


def _fits(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a table leaves at least `LEAST` columns for each text that needs them."""
    longest = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
    needs = (each if head in _NARROW else min(each, LEAST) for head, each in zip(heads, longest, strict=True))
    return sum(needs) + BETWEEN * (len(heads) - 1) <= width


def _table(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in _NARROW, justify="right" if head == "序号" else "left")
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _print_blocks(heads: Sequence[str], cells: Sequence[Sequence[str]], page: Console) -> None:
    """Print each row as a block, one line for each field with a value; the terminal wraps long lines."""
    for row in cells:
        for head, words in zip(heads, row, strict=True):
            if words:
                page.print(Text.assemble((f"{head}：", "bold"), words), soft_wrap=True)
        page.print()


def _columns_of(rows: Sequence[Row], headings: Mapping[str, str], *, several: bool) -> list[TableColumn]:
    """The columns: the place, the names, the roles, the other columns of the card, and the words of evidence."""
    known = [(head, make) for head, make in _COLUMNS if any(make(row) for row in rows)]
    if several:
        known.insert(0, ("文件", lambda row: str(_document(row).get("id", ""))))
    before = [column for column in known if column[0] in _BEFORE_NAMES]
    named = [(headings[key], _value_of(key)) for key in _NAMES if key in headings]
    roles = [column for column in known if column[0] in _ROLES]
    others = [(head, _value_of(key)) for key, head in _other_columns(rows, headings)]
    proofs = [column for column in known if column not in before and column not in roles]
    return before + named + roles + others + proofs


def _total(envelope: Row) -> str:
    total = envelope["total"]
    words = Counter(
        ROLE_WORDS.get(row.get("role", "")) or RELATION_WORDS.get(row.get("relation", "")) for row in envelope["items"]
    )
    kinds = " · ".join(f"{word} {count}" for word, count in words.items() if word)
    least = "" if total["relation"] == "eq" else "至少 "
    parts = [f"共 {least}{total['value']} 条" + (f"（{kinds}）" if kinds else "")]
    parts += [f"未列入：{left_out_said(left['reason'])} {left['count']}" for left in envelope.get("left_out", ())]
    return "，".join([*parts, f"数据版本 {envelope['data_version']}"])


def _document(row: Row) -> Row:
    document = row.get("document")
    if isinstance(document, Mapping):
        return document
    evidence = row.get("evidence") or {}
    key = (row.get("item") or {}).get("document_id") or evidence.get("document_id") or row.get("document_id")
    return {"id": key, "title": row.get("document_title")} if key else {}


def _item(row: Row, key: str) -> str:
    item = row.get("item")
    return chinese("", item.get(key)) if isinstance(item, Mapping) else ""


def _heading(row: Row) -> str:
    if "item" in row and row["item"] is None:
        return "（整个文件）"
    return _item(row, "heading")


def _section(row: Row) -> str:
    section = (row.get("item") or {}).get("section") or {}
    return chinese("", section.get("label") or section.get("title"))


def _due(row: Row) -> str:
    due = row.get("due") or {}
    timing = row.get("timing")
    words = [chinese("", due.get("date")) or (without_date(timing) if timing else "")]
    if due.get("basis") == "document":
        words.append("推定")
    if row.get("ongoing"):
        words.append("常态")
    return " ".join(filter(None, words))


def _proof(row: Row) -> str:
    evidence = row.get("evidence") or {}
    quote, clause = evidence.get("quote"), evidence.get("clause_quote")
    if not clause or not evidence.get("clause"):
        return chinese("", quote)
    if not quote:
        return excerpt(clause, 0, 0)
    at = evidence["span"][0] - evidence["clause"][0]
    return excerpt(clause, at, at + len(quote)) if 0 <= at < len(clause) else chinese("", quote)


def excerpt(clause: str, start: int, end: int) -> str:
    """``clause`` cut to about `EXCERPT` characters around its part from ``start`` to ``end``: its label stays, and
    where there are separators it is cut at one.

    >>> excerpt("责任单位:" + "市财政局、" * 9 + "市政府法制办、市编办。", 50, 56)
    '责任单位:…市财政局、市财政局、市财政局、市政府法制办、市编办。'
    """
    if len(clause) <= EXCERPT:
        return clause
    colon = max(clause.find(":"), clause.find("：")) + 1
    label = clause[:colon] if 0 < colon <= min(8, start) else ""
    room = max(EXCERPT - len(label) - (end - start), 0)
    right = min(len(clause), end + room // 2)
    left = max(len(label), start - (room - (right - end)))
    if left > len(label) and (first := _SEPARATOR.search(clause, left, start)):
        left = first.end()
    if right < len(clause) and (ends := [met.end() for met in _SEPARATOR.finditer(clause, end, right)]):
        right = ends[-1]
    return f"{label}{'…' if left > len(label) else ''}{clause[left:right]}{'…' if right < len(clause) else ''}"


def _notes(row: Row) -> str:
    """What weakens the fact: it is inferred, or the list of bearers is open."""
    return " ".join(word for key, word in (("inferred", "推定"), ("open_list", "名单未尽")) if row.get(key))


def _place(row: Row) -> str:
    span = (row.get("evidence") or {}).get("span")
    return f"[{span[0]}, {span[1]})" if span else ""


def _place_of_citation(row: Row) -> str:
    return _place(row.get("citation") or {})


_COLUMNS: tuple[TableColumn, ...] = (
    ("部分", _section),
    ("序号", lambda row: _item(row, "number")),
    ("事项", _heading),
    ("角色", lambda row: ROLE_WORDS.get(row.get("role", ""), "")),
    ("关系", lambda row: RELATION_WORDS.get(row.get("relation", ""), "")),
    ("期限", _due),
    ("原文", _proof),
    ("引用位置", _place_of_citation),
    ("位置", _place),
    ("说明", _notes),
)
_NARROW = frozenset(("部分", "序号", "角色", "关系", "期限", "引用位置", "位置"))
# names that stand behind the item where the card has a heading for them: they are the answer, not what was asked for
_NAMES = ("unit.name", "regulation.title")
_BEFORE_NAMES = ("文件", "部分", "序号", "事项")
_ROLES = ("角色", "关系")
# shown by a column above, or only of use to a program
_COVERED = frozenset(
    (
        *("id", "unit", "regulation", "item", "document", "task", "document_id", "document_title"),
        *("role", "relation", "position", "as_written", "open_list", "collective", "due", "ongoing"),
        *("inferred", "rule", "because", "evidence"),
    )
)


def _other_columns(rows: Sequence[Row], headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """The other columns with a heading on the card of the answer; without a card, every other key."""
    if headings:
        return [(key, head) for key, head in headings.items() if key.partition(".")[0] not in _COVERED]
    return [(key, key) for key in dict.fromkeys(key for row in rows for key in row if key not in _COVERED)]


def _value_of(key: str) -> Callable[[Row], str]:
    """The words of the value at a key such as ``other.role``, whose parts are joined by dots."""
    return lambda row: chinese(key, value_at(row, key))
