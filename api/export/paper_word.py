"""The working paper as a Word file: the fields as content controls, then each entry as a small table with its words.

Example: ``paper_to_word(paper)`` gives the bytes of a file that opens without repair.

Left to others: the content (`api.export.paper`), the page and its tables (`api.export.word_parts`).
"""

import io
from collections.abc import Sequence
from typing import Any

from api.export.paper import PaperEntry, WorkingPaper
from api.export.word_parts import (
    HEAD,
    add_grid,
    add_heading,
    lay_out_page,
    new_paper,
    set_fonts,
    shade_cell,
    without_controls,
)


def paper_to_word(paper: WorkingPaper) -> bytes:
    """The paper as the bytes of a DOCX file. Raises ParameterError if the library for it is not installed."""
    from docx.shared import Pt

    made = new_paper()
    lay_out_page(made, paper.title)
    head = made.add_paragraph()
    head.alignment = 1
    run = head.add_run(without_controls(paper.title))
    run.bold, run.font.size = True, Pt(20)
    set_fonts(run._r, HEAD)
    _fields(made, paper.fields)
    add_heading(made, "一、底稿")
    for entry in paper.entries:
        _entry(made, entry)
    add_heading(made, "二、来源与口径")
    add_grid(made, [(label, [words]) for label, words in paper.about])
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _fields(made: Any, fields: Sequence[tuple[str, str, str]]) -> None:
    """A table of two pairs a row, each value a content control by its key."""
    rows = -(-len(fields) // 2)
    table = made.add_table(rows=rows, cols=4, style="Table Grid")
    for number, (key, label, value) in enumerate(fields):
        cells = table.rows[number // 2].cells
        name, held = cells[number % 2 * 2], cells[number % 2 * 2 + 1]
        name.text = label
        shade_cell(name)
        held.paragraphs[0]._p.append(_control(key, label, without_controls(value)))


def _control(key: str, label: str, value: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def made(tag: str, *inside: Any, **attributes: str) -> Any:
        element = OxmlElement(tag)
        for name, given in attributes.items():
            element.set(qn(f"w:{name}"), given)
        for one in inside:
            element.append(one)
        return element

    text = made("w:t")
    text.text = value
    properties = made("w:sdtPr", made("w:alias", val=label), made("w:tag", val=key), made("w:text"))
    return made("w:sdt", properties, made("w:sdtContent", made("w:r", text)))


def _entry(made: Any, entry: PaperEntry) -> None:
    add_heading(made, f"{entry.index}　{entry.title}", 2)
    lines: list[tuple[str, Sequence[str]]] = [("类别", [f"{entry.kind}{f'（{entry.state}）' if entry.state else ''}"])]
    if entry.said:
        lines.append(("所述", entry.said.split("\n")))
    if entry.plan:
        lines.append(("文件", [entry.plan]))
    quotes = [f"{one.what}：“{one.words}”［{one.place}］{'' if one.holds else '（原文已变）'}" for one in entry.quotes]
    quotes += [f"另有 {entry.left_out} 处，没有列出。"] if entry.left_out else []
    if quotes:
        lines.append(("原文", quotes))
    if entry.noted:
        lines.append(("批注", list(entry.noted)))
    lines.append(("说明", [entry.note]))
    add_grid(made, lines)
