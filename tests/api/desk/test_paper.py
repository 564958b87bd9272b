"""The working paper of a basket as DOCX, XLSX and HTML: fields, index numbers, and every quote at its place in the source."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest

from loaders.files.read import read_bytes
from tests.api.desk.desk import DOCUMENT, PLAN, Desk

FIELDS = {
    "project": "法治政府建设<审计>",
    "prepared_by": "王五",
    "reviewed_by": "赵六",
    "date": "2018-12-10",
    "prefix": "FZ",
}
FINDING = f"{DOCUMENT}:s1-2|finding|only-collectives"
QUOTED = re.compile(r"“([^”]*)”［第 (\d+)–(\d+) 字］")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for given in (
        {"kind": "item", "subject": f"{DOCUMENT}:1"},
        {"kind": "fact", "subject": f"{DOCUMENT}:s1-1|lead|县编办|1"},
        {"kind": "finding", "subject": FINDING},
        {"kind": "chain", "subject": f"{DOCUMENT}:s1-1"},
        {"kind": "unit", "subject": "青川县:县司法局"},
    ):
        assert desk.client.post("/v1/baskets", json=given, headers=desk.keys["reader"]).status_code == 201
    desk.client.put("/v1/baskets/fields", json=FIELDS, headers=desk.keys["reader"])
    key = desk.client.get("/v1/baskets", headers=desk.keys["reader"]).json()["items"][0]["id"]
    desk.client.put(f"/v1/baskets/entries/{key}", json={"note": "见会议纪要"}, headers=desk.keys["reader"])
    desk.note(kind="finding", subject=FINDING, verdict="true", why="无人负责")
    return desk


def paper(desk: Desk, kind: str, **more: str) -> bytes:
    answer = desk.client.get("/v1/baskets/paper", params={"format": kind, **more}, headers=desk.keys["reader"])
    assert answer.status_code == 200
    assert "filename*=UTF-8''%E5%AE%A1%E8%AE%A1%E5%BA%95%E7%A8%BF" in answer.headers["Content-Disposition"]
    return bytes(answer.content)


def cells(made: Any) -> list[str]:
    return [cell.text for table in made.tables for row in table.rows for cell in row.cells]


def test_the_word_file_has_its_fields_and_every_quote_at_its_place(filled: Desk) -> None:
    data = paper(filled, "docx")
    made = docx.Document(io.BytesIO(data))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    controls = made.element.body.iter(f"{word}sdt")
    fields = {one.find(f".//{word}alias").get(f"{word}val"): one.find(f".//{word}t").text for one in controls}
    assert fields == {"项目名称": FIELDS["project"], "编制人": "王五", "复核人": "赵六", "日期": "2018-12-10"}
    heads = [one.text for one in made.paragraphs if one.style.name == "Heading 2"]
    assert [head.split("　")[0] for head in heads] == ["FZ-01", "FZ-02", "FZ-03", "FZ-04", "FZ-05"]
    whole = "\n".join(cells(made))
    quotes = QUOTED.findall(whole)
    assert len(quotes) >= 6
    assert [words for words, start, end in quotes if filled.text[int(start) - 1 : int(end)] != words] == []
    for words in ("见会议纪要", "属实 无人负责（editor，", "青政发〔2026〕4号", "原文校验值 "):
        assert words in whole


def test_the_workbook_has_every_quote_at_its_place(filled: Desk) -> None:
    text = read_bytes(paper(filled, "xlsx"), name="a.xlsx").text
    for words in ("项目名称", FIELDS["project"], "FZ-05", "见会议纪要", "责任单位：各有关部门。", "属实 无人负责"):
        assert words in text
    with zipfile.ZipFile(io.BytesIO(paper(filled, "xlsx"))) as book:
        strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        rows = re.findall(r"<row .*?</row>", book.read("xl/worksheets/sheet3.xml").decode(), re.S)[1:]
    assert len(rows) >= 6
    for row in rows:
        values = dict(re.findall(r'<c r="([A-Z])\d+"[^>]*><v>(\d+)</v>', row))
        start, end = int(values["F"]), int(values["G"])
        assert strings[int(values["C"])] == filled.text[start:end]


class Quotes(HTMLParser):
    """The quotes of the file with the hash that each carries, and all text of the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: list[list[str]] = []
        self.whole, self.said = "", ""
        self._inside, self._quote = False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "main":
            self._inside, self.whole = True, str(given["data-whole"])
        if tag == "blockquote":
            self._quote = True
            self.quotes.append([str(given["data-sha256"]), ""])

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"
        self._quote = self._quote and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._quote:
            self.quotes[-1][1] += data
        if self._inside:
            self.said += data


def test_the_html_file_loads_nothing_and_carries_the_hashes_of_its_words(filled: Desk) -> None:
    text = paper(filled, "html").decode()
    assert re.findall(r"""(?:src|href)=|url\(|@import""", text) == []
    assert "default-src 'none'" in text
    read = Quotes()
    read.feed(text)
    assert len(read.quotes) >= 6
    for digest, words in read.quotes:
        assert hashlib.sha256(words.encode()).hexdigest() == digest
        assert words in filled.text
    assert hashlib.sha256(read.said.encode()).hexdigest() == read.whole
    assert FIELDS["project"] in read.said
    line = filled.client.get("/v1/audit?event=export", headers=filled.keys["admin"]).json()["items"][0]
    assert (line["what"], line["rows"]) == (f"html {read.whole}", 5)


def test_words_that_changed_since_are_told_in_every_file(filled: Desk) -> None:
    filled.load(PLAN.replace("建立清单并向社会公布", "公布清单"))
    told = "原文已变，此处是放入底稿篮时的话"
    assert told in "\n".join(cells(docx.Document(io.BytesIO(paper(filled, "docx")))))
    assert told in read_bytes(paper(filled, "xlsx"), name="a.xlsx").text
    assert told in paper(filled, "html").decode()


def test_contacts_are_hidden_unless_asked_for_and_it_is_told(desk: Desk) -> None:
    desk.load(PLAN.replace("建立清单并向社会公布。", "建立清单并向社会公布。联系电话：0816-1234567。"))
    desk.client.post("/v1/baskets", json={"kind": "item", "subject": f"{DOCUMENT}:1"}, headers=desk.keys["reader"])
    text = paper(desk, "html").decode()
    assert "1234567" not in text
    assert "以“＊”代替" in text
    assert "0816-1234567" in paper(desk, "html", contacts="true").decode()


def test_hostile_words_stay_words(desk: Desk) -> None:
    desk.load(PLAN.replace("建立清单并向社会公布", "建立</blockquote><script>alert(1)</script>&amp;清单"))
    desk.client.post("/v1/baskets", json={"kind": "item", "subject": f"{DOCUMENT}:1"}, headers=desk.keys["reader"])
    text = paper(desk, "html").decode()
    assert text.count("<script>") == 1
    read = Quotes()
    read.feed(text)
    assert "建立</blockquote><script>alert(1)</script>&amp;清单" in read.quotes[0][1]


def test_an_empty_basket_makes_no_paper(desk: Desk) -> None:
    refused = desk.client.get("/v1/baskets/paper", headers=desk.keys["reader"])
    assert (refused.status_code, json.loads(refused.content)["detail_zh"]) == (
        422,
        "底稿篮是空的；先放几条进去再成稿。",
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_opens_it(filled: Desk, kind: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("NOT TESTED on LibreOffice: it is not installed")
    (tmp_path / f"a.{kind}").write_bytes(paper(filled, kind))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / f"a.{kind}"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    text = read_bytes((tmp_path / "a.pdf").read_bytes(), name="a.pdf").text
    for words in ("王五", "赵六", "FZ-05", "见会议纪要"):
        assert words in text
