"""The parts of a written report (DOCX): the page, headings, lines and tables of two columns, in the fonts of such papers.

Example: ``add_grid(paper, [("文件", ["娄发〔2017〕4号"])])``.

Left to others: what is written (`api.export.word_report`, `api.export.paper_word`). The library that writes the file is an extra
(``word``).
"""

import re
from collections.abc import Sequence
from typing import Any

from graph.errors import ParameterError

BODY, HEAD = "仿宋", "黑体"
SHORT = 400  # characters
# XML holds none of these
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def new_paper() -> Any:
    """An empty document. Raises ParameterError if the library for it is not installed."""
    try:
        import docx
    except ImportError:
        raise ParameterError(
            "a Word file needs the package python-docx, which is not installed; install zeren[word], or ask for xlsx."
        ) from None
    return docx.Document()


def lay_out_page(paper: Any, title: str) -> None:
    from docx.shared import Cm, Pt

    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    normal = paper.styles["Normal"]
    normal.font.size = Pt(11)
    set_fonts(normal.element, BODY)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(2)
    for level, size in ((1, 15), (2, 12)):
        style = paper.styles[f"Heading {level}"]
        style.font.size = Pt(size)
        style.font.bold = True
        style.font.color.rgb = None
        set_fonts(style.element, HEAD)
    paper.core_properties.title, paper.core_properties.author = without_controls(title)[:250], "责任图谱"
    section.header.paragraphs[0].text = without_controls(title)
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    for words in ("第 ", "PAGE", " 页，共 ", "NUMPAGES", " 页"):
        add_page_field(foot, words) if words.isascii() and words.isupper() else foot.add_run(words)


def set_fonts(element: Any, name: str) -> None:
    from docx.oxml.ns import qn

    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")


def add_page_field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_heading(paper: Any, words: str, level: int = 1) -> None:
    paper.add_heading(without_controls(words), level)


def add_line(paper: Any, words: str) -> None:
    paper.add_paragraph(without_controls(words))


def add_grid(paper: Any, lines: Sequence[tuple[str, Sequence[str]]]) -> None:
    """A table of two columns, label and paragraphs; a short row is not split between pages."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = paper.add_table(rows=len(lines), cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (Cm(2.6), Cm(13.6)), strict=True):
        column.width = width
    for row, (label, paragraphs) in zip(table.rows, lines, strict=True):
        if sum(map(len, paragraphs)) < SHORT:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        left, right = row.cells
        left.width, right.width = Cm(2.6), Cm(13.6)
        left.text = without_controls(label)
        shade_cell(left)
        right.text = without_controls(paragraphs[0])
        for words in paragraphs[1:]:
            right.add_paragraph(without_controls(words))


def shade_cell(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "EAF0F6")
    cell._tc.get_or_add_tcPr().append(shade)
    for run in cell.paragraphs[0].runs:
        run.bold = True


def without_controls(words: str) -> str:
    return CONTROL.sub("␀", words)
