"""A dossier as a written report (DOCX): 审计底稿 with the words of the plan and their places.

Order of the report: the title and the lines for signatures; the subject and the counting rules; the answer to a
question, if there is one; what concerns a plan as a whole; the items one by one, each as a small table of duties,
times, instruments, words and findings.

Example: ``to_report(dossier)`` gives the bytes of a file that opens without repair.

Left to others: the content (`api.export.dossier`), the page and its tables (`api.export.word_parts`).
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from api.answers.chinese.labels import BASIS_WORDS, KIND_WORDS, RELATION_WORDS, ROLE_WORDS, SEVERITY_WORDS
from api.export.dossier import WHOLE, Dossier, Entry, Sheet, period_words, stated
from api.export.word_parts import (
    HEAD,
    add_grid,
    add_heading,
    add_line,
    lay_out_page,
    new_paper,
    set_fonts,
    shade_cell,
    without_controls,
)
from graph.findings import Finding, PlanRows
from graph.store.contract import Row

MOST_ANSWER_ROWS = 200
MOST_PLACES = 6  # of a finding


def to_report(dossier: Dossier) -> bytes:
    """The dossier as the bytes of a DOCX file. Raises ParameterError if the library for it is not installed."""
    paper = new_paper()
    lay_out_page(paper, dossier.title)
    _title(paper, dossier.title)
    add_heading(paper, "一、说明与口径")
    add_grid(paper, [(label, [words]) for label, words in dossier.about])
    chapter = iter("二三四五")
    if dossier.answer is not None:
        add_heading(paper, f"{next(chapter)}、查询结果")
        _rows(paper, dossier.answer)
    add_heading(paper, f"{next(chapter)}、事项")
    for number, entry in enumerate(dossier.entries, 1):
        _entry(paper, number, entry)
    if not dossier.entries:
        add_line(paper, "没有涉及的事项。")
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def _title(paper: Any, title: str) -> None:
    from docx.shared import Pt

    paragraph = paper.add_paragraph()
    paragraph.alignment = 1
    run = paragraph.add_run(without_controls(title))
    run.bold, run.font.size = True, Pt(20)
    set_fonts(run._r, HEAD)
    table = paper.add_table(rows=1, cols=6, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("编制人", "", "复核人", "", "日期", ""), strict=True):
        cell.text = words
        if words:
            shade_cell(cell)


def _entry(paper: Any, number: int, entry: Entry) -> None:
    item, plan = entry.item, entry.plan
    if item is None:
        add_heading(paper, f"{number}. {WHOLE}{plan.document['title'] or ''}", 2)
    else:
        part = f"（第{item['part']}分项）" if item["part"] is not None else ""
        add_heading(paper, f"{number}. 第{item['number'] or '（无编号）'}项 {item['heading']}{part}", 2)
    lines: list[tuple[str, Sequence[str]]] = [("文件", [_source(plan, item)])]
    if entry.duties or item is not None:
        lines.append(("职责", _duties(plan, entry.duties)))
    if item is not None:
        lines.append(("完成时限", _due(plan, item, entry.deadlines)))
    if entry.citations:
        lines.append(("依据", [_citation(plan, row) for row in entry.citations]))
    if entry.findings:
        lines.append(("疑点", [words for finding in entry.findings for words in _finding(plan, finding)]))
        lines.append(("核查意见", ["", ""]))
    add_grid(paper, lines)


def _finding(plan: PlanRows, finding: Finding) -> list[str]:
    """A finding, and below it the words it rests on."""
    places = [f"{place.what}{_quoted(plan, place.start, place.end)}" for place in finding.hit.places[:MOST_PLACES]]
    more = len(finding.hit.places) - len(places)
    places += [f"另有{more}处，见表格文件"] if more else []
    said = f"【{SEVERITY_WORDS[finding.rule.severity]}】{finding.rule.title}：{finding.hit.message}"
    return [f"{said}\n依据：{'；'.join(places)}"]


def _source(plan: PlanRows, item: Row | None) -> str:
    head = plan.document
    section = "" if item is None else f"，{item['section_label'] or ''}{item['section_title'] or ''}"
    return f"{head['title'] or head['id']}{'（' + head['reference_number'] + '）' if head['reference_number'] else ''}{section}"


def _duties(plan: PlanRows, duties: Iterable[Row]) -> list[str]:
    """Clause by clause: the bearers, then the words with their place."""
    clauses: dict[tuple[Any, Any], list[Row]] = {}
    for duty in duties:
        clauses.setdefault((duty["clause_start"], duty["clause_end"]), []).append(duty)
    lines = []
    for (start, end), rows in clauses.items():
        names = "、".join(f"{row['unit_name']}（{_role(row)}）" for row in rows)
        lines.append(names if start is None else f"{names}\n原文：{_quoted(plan, start, end)}")
    return lines or ["单位栏没有列出，正文对其提出了要求。"]


def _role(duty: Row) -> str:
    marks = [ROLE_WORDS[duty["role"]]]
    if duty["role"] == "lead" and duty["position"] > 1:
        marks.append(f"列第{duty['position']}位")
    return "，".join(marks + ["推定"] * bool(duty["inferred"]))


def _due(plan: PlanRows, item: Row, deadlines: Iterable[Row]) -> list[str]:
    basis = item["due_basis"] or "none"
    inferred = "，推定" * (basis in ("parent", "document"))
    held = f"{item['due_date']}（{BASIS_WORDS[basis]}{inferred}）" if item["due_date"] else stated(item)
    lines = [held + ("；含长期工作" if item["ongoing"] else "")]
    for row in deadlines:
        when = row["date"] or period_words(row)
        said = f"{KIND_WORDS[row['kind']]}{'：' + when if when else ''}"
        said += "（只管没有明确时限的）" * bool(row["conditional"]) + "（推定）" * bool(row["inferred"])
        start, end = row["start"], row["end"]
        if start is None and row["because"]:
            start, end = row["because"][0], row["because"][1]
        lines.append(said if start is None else f"{said}　{_quoted(plan, start, end)}")
    return lines


def _citation(plan: PlanRows, row: Row) -> str:
    said = f"{RELATION_WORDS[row['relation']]}《{row['regulation_title']}》"
    said += f"（{row['reference_number']}）" if row["reference_number"] else ""
    return f"{said}　{_quoted(plan, row['start'], row['end'])}" if row["start"] is not None else said


def _quoted(plan: PlanRows, start: int, end: int) -> str:
    words = " ".join(plan.text[start:end].split())
    return f"“{words}”[{start}–{end}]"


def _rows(paper: Any, sheet: Sheet) -> None:
    """The rows of an answer as a table."""
    from docx.shared import Pt

    shown = list(sheet.rows[:MOST_ANSWER_ROWS])
    table = paper.add_table(rows=1 + len(shown), cols=len(sheet.columns), style="Table Grid")
    cells = [list(row.cells) for row in table.rows]
    for cell, column in zip(cells[0], sheet.columns, strict=True):
        cell.text = column.heading
        shade_cell(cell)
    for line, row in zip(cells[1:], shown, strict=True):
        for cell, value in zip(line, row, strict=True):
            cell.text = "" if value is None else without_controls(str(value))
    for cell in (cell for line in cells for cell in line):
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)
    if len(sheet.rows) > len(shown):
        add_line(paper, f"共{len(sheet.rows)}行，此处列前{len(shown)}行；全部在表格文件中。")
