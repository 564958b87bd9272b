"""Office documents as one XML file, and saved pages in one file, whatever their names."""

import base64
import io

import docx
import pytest

from bench.made.zips import unzipped
from graph.errors import UnreadableSource
from loaders.files.read import read_bytes
from loaders.files.source import Source
from tests.loaders.files.met import told

LINES = ("1.疏浚渠道。", "牵头单位：市水务局。")
TEXT = "\n".join((*LINES, ""))
PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
WORD = "http://schemas.microsoft.com/office/word/2003/wordml"
SHEET = "urn:schemas-microsoft-com:office:spreadsheet"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_package_in_one_file_is_read_like_a_docx(encoding: str) -> None:
    made, target = docx.Document(), io.BytesIO()
    for line in LINES:
        made.add_paragraph(line)
    made.save(target)
    parts = []
    for name, words in unzipped(target.getvalue()).items():
        if name.endswith((".xml", ".rels")):
            inner = f"<pkg:xmlData>{words.decode().partition('?>')[2]}</pkg:xmlData>"
        else:
            inner = f"<pkg:binaryData>{base64.b64encode(words).decode()}</pkg:binaryData>"
        parts.append(f'<pkg:part pkg:name="/{name}">{inner}</pkg:part>')
    xml = f"""<?xml version="1.0" encoding="{encoding}" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<pkg:package xmlns:pkg="{PACKAGE}">{"".join(parts)}</pkg:package>"""
    assert read_bytes(xml.encode(encoding), name="方案.doc").text == TEXT


def test_word_2003_keeps_its_labels_and_tells_what_is_deleted() -> None:
    body = (
        '<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="1."/></w:listPr></w:pPr><w:r><w:t>疏浚渠道。</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>牵头单位：市水务局</w:t></w:r>"
        '<aml:annotation aml:type="Word.Deletion"><aml:content><w:r><w:delText>、市城管局</w:delText></w:r></aml:content></aml:annotation>'
        "<w:r><w:t>。</w:t></w:r></w:p>"
    )
    xml = (
        f'<?xml version="1.0"?><w:wordDocument xmlns:w="{WORD}" xmlns:wx="wx" xmlns:aml="aml">'
        f"<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    )
    source = read_bytes(xml.encode())
    assert source.text == TEXT
    assert told(source) == [("deleted-revision", "在“牵头单位：市水务局”之后", "、市城管局")]


def sheet(rows: str, styles: str = "") -> Source:
    xml = (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SHEET}" xmlns:ss="{SHEET}">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="任务"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    return read_bytes(xml.encode(), name="任务.xls")


def row(*cells: str, more: str = "") -> str:
    return f"<Row{more}>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) + "</Row>"


def test_excel_2003_is_a_table_with_its_merged_and_skipped_cells() -> None:
    source = sheet(
        row("序号", "任务", "牵头单位")
        + '<Row ss:Index="4"><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">疏浚渠道</Data></Cell>'
        + '<Cell ss:MergeDown="1"><Data ss:Type="String">市水务局</Data></Cell></Row>'
        + row("2", "清理河岸")
    )
    assert source.text == "序号\t任务\t牵头单位\n1\t疏浚渠道\t市水务局\n2\t清理河岸\n"
    assert source.tables[0].numbers == (1, 4, 5)
    assert source.text[slice(*source.tables[0].rows[2][2])] == "市水务局"


def test_excel_2003_tells_hidden_rows_and_struck_words_and_shows_numbers() -> None:
    styles = '<Style ss:ID="a"><NumberFormat ss:Format="Fixed"/></Style><Style ss:ID="b"><Font ss:StrikeThrough="1"/></Style>'
    source = sheet(
        row("任务", "单位", "时限")
        + row("甲", "市林业局", "2025", more=' ss:Hidden="1"')
        + '<Row><Cell ss:StyleID="b"><Data ss:Type="String">乙</Data></Cell>'
        + '<Cell><Data ss:Type="String" xmlns:h="h">市水务局<h:S>、市城管局</h:S></Data></Cell>'
        + '<Cell ss:StyleID="a"><Data ss:Type="Number">2025.1</Data></Cell></Row>',
        styles,
    )
    assert source.text == "任务\t单位\t时限\n\t市水务局\t2025.10\n"
    assert told(source) == [
        ("hidden-row", "工作表「任务」第2行", "甲 市林业局 2025"),
        ("struck-through", "工作表「任务」A3", "乙"),
        ("struck-through", "工作表「任务」B3", "、市城管局"),
    ]


def mhtml(page: bytes, charset: str) -> bytes:
    lines = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_NextPart"\r\n\r\n--=_NextPart\r\n'
        b'Content-Type: text/html; charset="' + charset.encode() + b'"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    picture = (
        b"\r\n--=_NextPart\r\nContent-Location: file:///C:/plan.files/image001.png\r\nContent-Type: image/png\r\n\r\nx"
    )
    return lines + base64.b64encode(page) + picture + b"\r\n--=_NextPart--\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_saved_page_in_one_file_is_read_as_a_page(charset: str) -> None:
    page = "<html><body>" + "".join(f"<p class=MsoNormal>{line}</p>" for line in LINES) + "</body></html>"
    source = read_bytes(mhtml(page.encode(charset), charset), name="方案.doc")
    assert source.text == TEXT
    assert told(source) == [("picture", "部分 image001.png", None)]


def test_a_mail_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="without a page"):
        read_bytes(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nplan\r\n")


def test_a_text_that_speaks_of_xml_stays_text() -> None:
    assert read_bytes("<通知>\n1.疏浚渠道。\n".encode()).text == "<通知>\n1.疏浚渠道。\n"
