"""The dossier (审计底稿) of a unit, a plan or the answer to a question: its content, for any kind of file.

Order of steps, in one read: gather the plans (`api.answers.findings.plan_findings`); choose their items: those that
give the unit a duty or demand something of it, all items of a plan, or the items that the rows of an answer name.  The
duties, times, instruments and findings of these items become rows. Every row refers by a number to the sheet 证据, which
has the words, the clause around them and their place in the source text.

Example: the dossier of 市政府法制办 over the sample has 29 rows in 职责清单.

Left to others: the files (`api.export.workbook`, `api.export.word_report`), which unit is meant
(`api.export.dossier_requests`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from api.answers.chinese.labels import (
    KIND_WORDS,
    MATURITY_WORDS,
    RELATION_WORDS,
    ROLE_WORDS,
    SEVERITY_WORDS,
    TIMING_WORDS,
    chinese,
    correction_in_words,
    without_date,
)
from graph.findings import Finding, PlanRows
from graph.store.contract import Row

SheetValue: TypeAlias = str | int | None

WHOLE = "（整个文件）"
SENTENCE_ENDS = "。；;\n"
AROUND = 120  # characters of a long sentence shown on either side of a place


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet. ``kind``: text, number or date; ``width`` in characters of a spreadsheet."""

    heading: str
    width: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[SheetValue]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item (None: the plan as a whole) in the written report: its words and everything found about it."""

    plan: PlanRows
    item: Row | None
    duties: list[Row]
    deadlines: list[Row]
    citations: list[Row]
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The content of both kinds of file. ``about``: the lines of 说明与口径; ``name``: the name of the file."""

    title: str
    name: str
    about: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]
    entries: Sequence[Entry]
    answer: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One plan of a dossier: its rows, the chosen items, and which duties and findings belong to the dossier."""

    plan: PlanRows
    leaves: Sequence[Row]
    own_duties: Sequence[Row]
    findings: Sequence[Finding]
    unit: str | None = None

    def duties_of(self, leaf: Row) -> list[Row]:
        """The duties of an item: all of them, or those of the unit that the dossier describes."""
        known = self.plan.duties.get(leaf["id"], [])
        return [duty for duty in known if self.unit in (None, duty["unit_id"])]


@dataclass(slots=True)
class Proofs:
    """The places that rows refer to, each once, numbered from 1 in the order in which rows first refer to them."""

    rows: list[tuple[SheetValue, ...]] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def number(self, plan: PlanRows, fact: Row) -> int | None:
        """The number of a fact's place; for an inferred fact without a place, the number of the place it rests on."""
        start, end = fact["start"], fact["end"]
        if start is None and fact.get("because"):
            start, end = fact["because"][0], fact["because"][1]
        if start is None and fact.get("clause_start") is not None:
            start, end = fact["clause_start"], fact["clause_end"]
        if start is None:
            return None
        around = "" if fact.get("clause_start") is None else plan.text[fact["clause_start"] : fact["clause_end"]]
        return self.place(plan, start, end, around)

    def place(self, plan: PlanRows, start: int, end: int, around: str = "") -> int:
        """The number of a place in the text of a plan."""
        key = (plan.document["id"], start, end)
        if key not in self._numbers:
            self._numbers[key] = len(self.rows) + 1
            words = plan.text[start:end]
            self.rows.append(
                (len(self.rows) + 1, words, around or _sentence(plan.text, start, end), *_head(plan), start, end)
            )
        return self._numbers[key]


def make_dossier(
    title: str, name: str, about: Iterable[tuple[str, str]], chosen: Sequence[Chosen], answer: Sheet | None = None
) -> Dossier:
    """The dossier of the chosen items of the chosen plans."""
    proofs = Proofs()
    duties, times, bases, doubts = [], [], [], []
    entries: list[Entry] = []
    for part in chosen:
        plan = part.plan
        for duty in part.own_duties:
            duties.append(_duty(part, None, duty, proofs))
        of_plan = [finding for finding in part.findings if finding.hit.item is None]
        if part.own_duties or of_plan:
            entries.append(Entry(plan, None, list(part.own_duties), [], [], of_plan))
        for leaf in part.leaves:
            own = part.duties_of(leaf)
            duties += [_duty(part, leaf, duty, proofs) for duty in own]
            deadlines, cited = plan.deadlines.get(leaf["id"], []), plan.citations.get(leaf["id"], [])
            times += [_time(plan, leaf, deadline, proofs) for deadline in deadlines]
            bases += [_basis(plan, leaf, citation, proofs) for citation in cited]
            about_it = [f for f in part.findings if f.hit.item is not None and f.hit.item["id"] == leaf["id"]]
            entries.append(Entry(plan, leaf, own, deadlines, cited, about_it))
        doubts += [_doubt(plan, finding, proofs) for finding in part.findings]
    sheets = (
        Sheet("职责清单", DUTY_COLUMNS, duties),
        Sheet("时限", TIME_COLUMNS, times),
        Sheet("依据", BASIS_COLUMNS, bases),
        Sheet("证据", PROOF_COLUMNS, proofs.rows),
        Sheet("疑点", DOUBT_COLUMNS, doubts),
    )
    lines = [*about, *_sources(chosen), *_measures(sheets), *CONVENTIONS]
    return Dossier(title, name, lines, sheets, entries, answer)


_WHERE = (SheetColumn("文件", 20), SheetColumn("序号", 6, "number"), SheetColumn("事项", 30))
_EVIDENCE = (SheetColumn("证据编号", 9, "number"), SheetColumn("原文", 44))
_PROVED = (SheetColumn("推定", 6), *_EVIDENCE)
DUTY_COLUMNS = (
    SheetColumn("文件", 20),
    SheetColumn("部分", 16),
    SheetColumn("序号", 6, "number"),
    SheetColumn("事项", 30),
    SheetColumn("单位", 18),
    SheetColumn("角色", 6),
    SheetColumn("位次", 6, "number"),
    SheetColumn("完成日期", 12, "date"),
    SheetColumn("日期精度", 9),
    SheetColumn("日期来源", 15),
    SheetColumn("日期推定", 9),
    SheetColumn("长期工作", 9),
    SheetColumn("名单未尽", 9),
    SheetColumn("角色推定", 9),
    *_EVIDENCE,
)
TIME_COLUMNS = (
    *_WHERE,
    SheetColumn("类别", 10),
    SheetColumn("日期", 12, "date"),
    SheetColumn("日期精度", 9),
    SheetColumn("周期或期限", 22),
    SheetColumn("只管未定时限的", 10),
    SheetColumn("缓和语", 8),
    *_PROVED,
)
BASIS_COLUMNS = (
    *_WHERE,
    SheetColumn("关系", 8),
    SheetColumn("法规与文件", 40),
    SheetColumn("文号", 20),
    SheetColumn("能否确定", 9),
    *_PROVED,
)
PROOF_COLUMNS = (
    SheetColumn("证据编号", 9, "number"),
    SheetColumn("原文", 36),
    SheetColumn("所在语句", 60),
    SheetColumn("文件", 20),
    SheetColumn("文号", 18),
    SheetColumn("起（字）", 9, "number"),
    SheetColumn("止（字）", 9, "number"),
)
DOUBT_COLUMNS = (
    SheetColumn("文件", 20),
    SheetColumn("序号", 6, "number"),
    SheetColumn("事项", 26),
    SheetColumn("程度", 6),
    SheetColumn("疑点", 22),
    SheetColumn("发现", 52),
    SheetColumn("规则说明", 48),
    SheetColumn("成熟度", 8),
    SheetColumn("规则", 22),
    SheetColumn("证据编号", 20),
    SheetColumn("核查意见", 24),
)

CONVENTIONS: tuple[tuple[str, str], ...] = (
    (
        "职责清单",
        "一行是一个单位在一个事项中的一个角色。位次是同一角色中的排列，1 为首位；文件没有写明时，首位不等于主责。"
        "角色不是逐项写明、而是按文件的约定（如列首位的为牵头单位）推出的，“角色推定”列标“是”。",
    ),
    (
        "完成日期",
        "写到年、月的时限记为该年、该月最后一天，“日期精度”列写明原文写到哪一级；事项没有写明的按文件的兜底条款推定，“日期推定”列标“是”。",
    ),
    ("推定", "时限、依据两表的“推定”列标“是”的，是按规则从“原文”列的词句推出的，不是原文直接写明的。"),
    ("到期", "本底稿只反映文件怎么写，没有完成情况的记录；日期已过不等于没有完成。"),
    ("疑点", "由规则比对得出，是核查的线索，不是结论；成熟度为“试行”的规则含有判断。“核查意见”一栏供填写。"),
    ("证据", "起、止是原文中的字序（从 0 数起，止不含），可在原文页上逐字核对。"),
)


def _head(plan: PlanRows) -> tuple[str, str]:
    return plan.document["title"] or plan.document["id"], plan.document["reference_number"] or ""


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place; if it is very long, a stretch of it around the place, with … at the cuts."""
    first = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    last = min((at for mark in SENTENCE_ENDS if (at := text.find(mark, end)) >= 0), default=len(text) - 1) + 1
    left, right = max(first, start - AROUND), min(last, end + AROUND)
    return "…" * (left > first) + text[left:right].strip() + "…" * (right < last)


def _of(plan: PlanRows, item: Row | None) -> tuple[SheetValue, SheetValue, SheetValue]:
    """File, number and heading of an item."""
    if item is None:
        return _head(plan)[0], None, WHOLE
    return _head(plan)[0], item["number"], item["heading"]


def _yes(value: Any) -> str:
    return "是" if value else ""


def stated(item: Mapping[str, Any]) -> str:
    """What an item without a date says of when: its kind and words, 无期限 where it states none."""
    words, kind = without_date({key: item[f"timing_{key}"] for key in ("kind", "reason", "quote")}), item["timing_kind"]
    return f"{TIMING_WORDS[kind]}：{words}" if item["timing_quote"] else "没有写明" if kind is None else words


def _duty(part: Chosen, item: Row | None, duty: Row, proofs: Proofs) -> tuple[SheetValue, ...]:
    title, number, heading = _of(part.plan, item)
    section = "" if item is None else f"{item['section_label'] or ''}{item['section_title'] or ''}"
    due: Mapping[str, Any] = item or {"due_date": None, "due_precision": None, "due_basis": None, "ongoing": False}
    basis = "" if item is None else chinese("basis", due["due_basis"]) if due["due_date"] else stated(due)
    clause = "" if duty["clause_start"] is None else part.plan.text[duty["clause_start"] : duty["clause_end"]]
    return (
        *(title, section, number, heading, duty["unit_name"], ROLE_WORDS[duty["role"]], duty["position"]),
        *(
            due["due_date"],
            chinese("precision", due["due_precision"]),
            basis,
            _yes(due["due_basis"] in ("parent", "document")),
            _yes(due["ongoing"]),
            _yes(duty["open_list"]),
        ),
        *(_yes(duty["inferred"]), proofs.number(part.plan, duty), clause or duty["quote"]),
    )


def period_words(deadline: Row) -> str:
    """The words of a deadline without a date: ``每年2月底前``, ``自有关依据公布之日起30个工作日内``."""
    if deadline["duration"]:
        since = f"自{deadline['anchor']}起" if deadline["anchor"] else ""
        return f"{since}{deadline['duration']}{deadline['duration_unit'] or ''}内"
    if deadline["recurrence"]:
        return str(deadline["quote"] or "")
    return ""


def _time(plan: PlanRows, item: Row, deadline: Row, proofs: Proofs) -> tuple[SheetValue, ...]:
    number = proofs.number(plan, deadline)
    words = proofs.rows[number - 1][1] if number else deadline["quote"]
    return (
        *(
            *_of(plan, item),
            KIND_WORDS[deadline["kind"]],
            deadline["date"],
            chinese("precision", deadline["precision"]),
        ),
        *(
            period_words(deadline),
            _yes(deadline["conditional"]),
            deadline["hedge"],
            _yes(deadline["inferred"]),
            number,
            words,
        ),
    )


def _basis(plan: PlanRows, item: Row, citation: Row, proofs: Proofs) -> tuple[SheetValue, ...]:
    words = plan.text[citation["clause_start"] : citation["clause_end"]] if citation["clause_start"] is not None else ""
    return (
        *(*_of(plan, item), RELATION_WORDS[citation["relation"]], f"《{citation['regulation_title']}》"),
        *(citation["reference_number"], "不能" if citation["unresolved"] else "能", _yes(citation["inferred"])),
        *(proofs.number(plan, citation), words or citation["quote"]),
    )


def _doubt(plan: PlanRows, finding: Finding, proofs: Proofs) -> tuple[SheetValue, ...]:
    rule, hit = finding.rule, finding.hit
    numbers = [proofs.place(plan, place.start, place.end) for place in hit.places]
    return (
        *(*_of(plan, hit.item), SEVERITY_WORDS[rule.severity], rule.title, hit.message, rule.explanation),
        *(MATURITY_WORDS[rule.maturity], rule.id, "、".join(map(str, dict.fromkeys(numbers))), ""),
    )


def _sources(chosen: Sequence[Chosen]) -> list[tuple[str, str]]:
    lines = []
    for part in chosen:
        document = part.plan.document
        chinese = [document["title"], document["reference_number"], "、".join(document["issuers"] or ())]
        chinese += [f"{document['issued_on']} 印发" if document["issued_on"] else None, f"编号 {document['id']}"]
        chinese += [f"原文摘要 sha256 {document['text_sha256']}"]
        lines.append(("文件", "；".join(word for word in chinese if word)))
        fixes = json.loads(document["corrections"] or "[]")
        lines += [("人工更正", f"{document['title'] or document['id']}：{correction_in_words(fix)}") for fix in fixes]
        warnings = json.loads(document["warnings"] or "[]")
        left_out = [warning["message"] for warning in warnings if warning.get("place")]
        lines += [("未读入", f"{document['title'] or document['id']}：{message}") for message in left_out]
    return lines


def _measures(sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    return [("数量", "，".join(f"{sheet.name} {len(sheet.rows)} 行" for sheet in sheets) + "。")]
