"""The sample plan in every format: the same duties and dates as its text. Those of an office program are made and read by it."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bench.made import pages, paper, sheets, word
from graph.model import Plan
from loaders.files.read import read_bytes, read_path
from loaders.plan import parse_plan
from tests.conftest import SAMPLE, left_out

LINES = [line.strip() for line in SAMPLE.read_text().splitlines() if line.strip()]
CELLS = [[line] for line in LINES]


def stated(plan: Plan) -> Counter[tuple[object, ...]]:
    """The duties and dates of a plan by item."""
    duties = ((item.id, duty.role.value, duty.unit.id) for item in plan.items for duty in item.duties)
    return Counter((*duties, *((item.id, item.due.date) for item in plan.items)))


@pytest.fixture(scope="module")
def expected() -> Counter[tuple[object, ...]]:
    return stated(parse_plan(read_path(SAMPLE)))


def embedded_page(charset: str) -> str:
    return pages.page(pages.inner(LINES), charset)


FORMATS: dict[str, Callable[[], bytes]] = {
    "docx": partial(word.docx, LINES),
    "docx of a web office": partial(word.docx_of_web_office, LINES),
    "docx with an embedded page": lambda: word.docx_with_page(embedded_page("utf-8")),
    "doc, a page in one file": lambda: word.mhtml(embedded_page("gb2312"), "gb18030"),
    "doc, a page": lambda: embedded_page("gb2312").encode("gb18030"),
    "doc, Flat OPC": partial(word.flat_opc, LINES),
    "doc, Word 2003 XML": partial(word.word_2003, LINES),
    "xlsx": partial(sheets.xlsx, CELLS),
    "xls, Excel 2003 XML": partial(sheets.excel_2003, CELLS),
    "csv in GBK": partial(sheets.delimited, CELLS),
    "csv in UTF-8": partial(sheets.delimited, CELLS, "utf-8-sig"),
    "html": partial(pages.site, LINES),
    "html in GBK": partial(pages.site, LINES, charset="gb18030"),
    "html that waits for a script": partial(pages.hidden_until_script, LINES),
    "markdown": partial(pages.markdown, LINES),
    "ofd": partial(paper.ofd, LINES),
    "pdf": partial(paper.pdf, LINES),
    "pdf in two columns": partial(paper.pdf, LINES, 2),
}


@pytest.mark.parametrize("name", FORMATS)
def test_it_states_the_same(name: str, expected: Counter[tuple[object, ...]]) -> None:
    plan = parse_plan(read_bytes(FORMATS[name](), name="方案"))
    assert stated(plan) == expected


@pytest.fixture(scope="module")
def of_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample as LibreOffice saves it: ``plan.doc``, ``plan.rtf``, ``plan.xls``."""
    program = shutil.which("soffice")
    if program is None:
        left_out("LibreOffice", "soffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, data, kinds in (("plan.docx", word.docx(LINES), "doc rtf"), ("plan.xlsx", sheets.xlsx(CELLS), "xls")):
        (folder / name).write_bytes(data)
        for kind in kinds.split():
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [program, profile, "--headless", "--convert-to", kind, "--outdir", folder, folder / name]
            subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.timeout(600)  # a first start of LibreOffice on a busy machine
@pytest.mark.parametrize("name", ["plan.doc", "plan.wps", "plan.rtf", "plan.xls"])
def test_a_file_of_an_office_program_states_the_same(
    name: str, of_office: Path, expected: Counter[tuple[object, ...]]
) -> None:
    saved = of_office / name.replace(".wps", ".doc")  # WPS saves the same form under its own name
    data = saved.read_bytes()
    assert data[:4] in (b"\xd0\xcf\x11\xe0", b"{\\rt")
    assert stated(parse_plan(read_bytes(data, name=name))) == expected
