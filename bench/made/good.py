"""Kinds of files that hold a plan and are read, each made of a `MadePlan`.

Example: ``GOOD["docx with a footnote"](made_plan(3))`` are the bytes of such a file, its ending, and what is told of it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bench.made import pages, paper, sheets, word
from bench.made.plans import MadePlan

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class GoodFile(NamedTuple):
    """A file: its ending, its bytes, and the kinds of what its reader leaves out and tells."""

    ending: str
    data: bytes
    told: frozenset[str] = frozenset()


def _titled(plan: MadePlan) -> list[tuple[str, ...]]:
    """The rows, with the title as the row above the head."""
    return [(plan.title, "", "", "", ""), *plan.rows]


def _word_with_a_footnote(plan: MadePlan) -> GoodFile:
    noted = word.paragraph("另行通知。").replace("</w:p>", '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    note = (
        f'<w:footnotes {_SPACE}><w:footnote w:id="2">{word.paragraph("2026年起另有安排。")}</w:footnote></w:footnotes>'
    )
    body = word.body_of(plan.lines) + noted
    data = word.packed(body, parts={"word/footnotes.xml": note}, related={"footnotes.xml": "footnotes"})
    return GoodFile("docx", data, frozenset({"footnote"}))


def _word_with_struck_words(plan: MadePlan) -> GoodFile:
    struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>牵头单位：市旅游局。</w:t></w:r></w:p>"
    return GoodFile("docx", word.packed(word.body_of(plan.lines) + struck), frozenset({"struck-through"}))


def _word_with_automatic_numbers(plan: MadePlan) -> GoodFile:
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    rows = [plan.rows[0], *((numbered, *row[1:]) for row in plan.rows[1:])]
    numbers = (
        f'<w:numbering {_SPACE}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = word.body_of([plan.title], rows)
    return GoodFile(
        "docx", word.packed(body, parts={"word/numbering.xml": numbers}, related={"numbering.xml": "numbering"})
    )


def _sheet_with_what_is_hidden(plan: MadePlan) -> GoodFile:
    def more(book: Any, sheet: Any) -> None:
        last = len(plan.rows) + 2
        sheet.write_row(last, 0, ("99", "另行安排的事项", "县旅游局", "县体育局", "2025年1月底前"))
        sheet.set_row(last, None, None, {"hidden": True})
        gone = book.add_format({"font_strikeout": True})
        sheet.write(last + 1, 1, "备注作废", gone)
        sheet.write_comment(2, 2, "请核对")

    told = frozenset({"hidden-row", "struck-through", "cell-comment"})
    return GoodFile("xlsx", sheets.xlsx(_titled(plan), more), told)


def _sheet_with_formulas(plan: MadePlan) -> GoodFile:
    def more(book: Any, sheet: Any) -> None:
        units = book.add_worksheet("单位库")
        units.hide()
        for n, row in enumerate(plan.rows[1:], 2):
            units.write(n, 0, row[2])
            sheet.write_formula(n, 2, f"=单位库!A{n + 1}", None, "")

    return GoodFile("xlsx", sheets.xlsx(_titled(plan), more), frozenset({"hidden-sheet"}))


def _page_with_a_nested_table(plan: MadePlan) -> GoodFile:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row[:3])
        + f"<td><table>{''.join(f'<tr><td>{unit}</td></tr>' for unit in row[3].split('、'))}</table></td><td>{row[4]}</td></tr>"
        for row in plan.rows[1:]
    )  # fmt: skip
    head = "".join(f"<th>{cell}</th>" for cell in plan.rows[0])
    body = f"<div id='zoom'><p>{plan.title}</p><table><tr>{head}</tr>{rows}</table></div>"
    return GoodFile("html", pages.page(body).encode())


def _watermarked(plan: MadePlan) -> GoodFile:
    mark = b"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <%s> Tj ET\n" % "内部资料".encode("utf-16-be").hex().encode()
    return GoodFile("pdf", paper.pdf(plan.lines, behind=mark), frozenset({"watermark"}))


def _cut_gbk(plan: MadePlan) -> GoodFile:
    text = "\n".join((*plan.lines, "以上事项请认真落实" * 30))
    return GoodFile("txt", text.encode("gb18030")[:-1])


def _with_radicals(plan: MadePlan) -> GoodFile:
    return GoodFile("txt", "\n".join(plan.lines).replace("月", "⽉").replace("方", "⽅").encode())


GOOD: Mapping[str, Callable[[MadePlan], GoodFile]] = {
    "text": lambda plan: GoodFile("txt", "\n".join(plan.lines).encode()),
    "text in GBK": lambda plan: GoodFile("txt", "\r\n".join(plan.lines).encode("gb18030")),
    "text in UTF-16": lambda plan: GoodFile("txt", "\n".join(plan.lines).encode("utf-16")),
    "text cut inside a character": _cut_gbk,
    "text with radicals": _with_radicals,
    "text with wide indents": lambda plan: GoodFile("txt", "".join(f"\u2003\u2003{line}\n" for line in plan.lines).encode()),
    "docx": lambda plan: GoodFile("docx", word.docx(plan.lines)),
    "docx of a table": lambda plan: GoodFile("docx", word.docx([plan.title], plan.rows)),
    "docx of a web office": lambda plan: GoodFile("docx", word.docx_of_web_office(plan.lines)),
    "docx with an embedded page": lambda plan: GoodFile("docx", word.docx_with_page(pages.page(pages.inner(plan.lines)))),
    "docx with a footnote": _word_with_a_footnote,
    "docx with struck words": _word_with_struck_words,
    "docx with automatic numbers": _word_with_automatic_numbers,
    "doc, Flat OPC": lambda plan: GoodFile("doc", word.flat_opc(plan.lines)),
    "doc, Word 2003 XML": lambda plan: GoodFile("doc", word.word_2003([plan.title], plan.rows)),
    "doc, a page in one file": lambda plan: GoodFile("doc", word.mhtml(pages.page(pages.inner(plan.lines), "gb2312"))),
    "doc, a page": lambda plan: GoodFile("doc", pages.page(pages.inner([plan.title], plan.rows), "gb2312").encode("gb18030")),
    "xlsx": lambda plan: GoodFile("xlsx", sheets.xlsx(_titled(plan))),
    "xlsx with hidden rows": _sheet_with_what_is_hidden,
    "xlsx with formulas": _sheet_with_formulas,
    "xls, Excel 2003 XML": lambda plan: GoodFile("xls", sheets.excel_2003(_titled(plan))),
    "csv in GBK": lambda plan: GoodFile("csv", sheets.delimited(_titled(plan))),
    "csv in UTF-8": lambda plan: GoodFile("csv", sheets.delimited(_titled(plan), "utf-8-sig")),
    "tsv": lambda plan: GoodFile("tsv", sheets.delimited(_titled(plan), "utf-8", "\t")),
    "html": lambda plan: GoodFile("html", pages.site(plan.lines)),
    "html of a table": lambda plan: GoodFile("html", pages.site([plan.title], plan.rows, "gb18030")),
    "html that waits for a script": lambda plan: GoodFile("html", pages.hidden_until_script(plan.lines)),
    "html with a nested table": _page_with_a_nested_table,
    "markdown": lambda plan: GoodFile("md", pages.markdown(plan.lines)),
    "markdown of a table": lambda plan: GoodFile("md", pages.markdown([f"# {plan.title}"], plan.rows)),
    "pdf": lambda plan: GoodFile("pdf", paper.pdf(plan.lines)),
    "pdf in two columns": lambda plan: GoodFile("pdf", paper.pdf(plan.lines, 2)),
    "pdf of a table": lambda plan: GoodFile("pdf", paper.pdf_table(plan.title, plan.rows)),
    "pdf with a watermark": _watermarked,
    "ofd": lambda plan: GoodFile("ofd", paper.ofd(plan.lines)),
}  # fmt: skip
