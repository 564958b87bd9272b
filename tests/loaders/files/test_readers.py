"""Word, Excel, OFD and web pages to text: numbers as shown, tables with their cells, what is no text left out."""

import datetime
import io
from collections.abc import Callable

import docx
import pytest
import xlsxwriter
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from bench.made.zips import unzipped, zipped
from graph.errors import UnreadableSource
from loaders.files import libreoffice as office
from loaders.files.read import read_bytes
from loaders.files.source import Source
from loaders.files.word.list_numbers import figure
from tests.loaders.files.met import cells


def word(write: Callable[[Document], None]) -> Source:
    document, target = docx.Document(), io.BytesIO()
    write(document)
    document.save(target)
    return read_bytes(target.getvalue(), name="方案.docx")


def excel(write: Callable[[xlsxwriter.Workbook], None]) -> Source:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    write(book)
    book.close()
    return read_bytes(target.getvalue(), name="清单.xlsx")


def page(body: str, head: str = "") -> Source:
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="页面.html")


LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimalFullWidth", "%3．"))
LISTS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
    for n, (form, pattern) in enumerate((*LEVELS, ("decimalEnclosedCircle", "%4"), ("bullet", "•")))
)


def numbered(document: Document, text: str, level: int, number: int = 91) -> Paragraph:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def define(document: Document) -> None:
    lists = document.part.numbering_part.element
    first = lists.find("{*}num")
    first.addprevious(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{LISTS}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    lists.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="92"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
        )
    )


def test_word_numbers_are_written_out_as_word_shows_them() -> None:
    def write(document: Document) -> None:
        define(document)
        for text, level in (("总体要求", 0), ("目标", 1), ("任务甲", 2), ("其一", 3), ("任务乙", 2), ("原则", 1)):
            numbered(document, text, level)
        numbered(document, "点", 4)
        numbered(document, "重点任务", 0)
        numbered(document, "任务丙", 2)
        numbered(document, "附则", 0, 92)
        numbered(document, "施行", 0, 92)

    assert word(write).text.splitlines() == [
        "一、总体要求", "（一）目标", "１．任务甲", "①其一", "２．任务乙", "（二）原则", "点", "二、重点任务", "１．任务丙",
        "十一、附则", "十二、施行",
    ]  # fmt: skip


def test_word_numbers_of_a_style_count() -> None:
    def write(document: Document) -> None:
        define(document)
        style = document.styles["Heading 1"]
        style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="91"/></w:numPr>'))
        document.add_heading("总体要求", 1)
        document.add_paragraph("正文")
        document.add_heading("重点任务", 1)

    assert word(write).text == "一、总体要求\n正文\n二、重点任务\n"


def test_word_inserted_text_counts_and_deleted_or_hidden_text_does_not() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("责任单位：市编办")._p
        paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>、市司法局</w:t></w:r></w:ins>"))
        paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>、市财政局</w:delText></w:r></w:del>"))
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"))
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>。</w:t></w:r>"))

    assert word(write).text == "责任单位：市编办、市司法局。\n"


def test_word_contents_and_page_heads_are_left_out_and_text_boxes_kept() -> None:
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    def write(document: Document) -> None:
        document.styles.add_style("TOC 1", 1)
        document.add_paragraph("一、目标 1", style="TOC 1")
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.add_paragraph("一、目标")._p.append(parse_xml(box))

    assert word(write).text == "一、目标\n框中\n"


def test_word_merged_cells_stand_at_every_place_and_once_in_the_text() -> None:
    def write(document: Document) -> None:
        table = document.add_table(4, 3)
        for row, words in enumerate(
            (("序号", "任务", "责任单位"), ("1", "甲", "市编办"), ("2", "乙", ""), ("3", "丙", ""))
        ):
            for column, cell in enumerate(words):
                table.cell(row, column).text = cell
        table.cell(1, 2).merge(table.cell(2, 2)).text = "市编办"
        table.cell(3, 1).merge(table.cell(3, 2)).text = "全部"

    source = word(write)
    assert source.text == "序号\t任务\t责任单位\n1\t甲\t市编办\n2\t乙\n3\t全部\n"
    assert cells(source)[1:] == [["1", "甲", "市编办"], ["2", "乙", "市编办"], ["3", "全部", "全部"]]
    assert source.tables[0].rows[1][2] == source.tables[0].rows[2][2]
    assert source.where(source.tables[0].rows[1][2]) == "表1第2行「责任单位」列"


def test_word_tables_that_arrange_the_page_are_paragraphs_and_those_inside_are_tables() -> None:
    def write(document: Document) -> None:
        frame = document.add_table(1, 1).cell(0, 0)
        frame.text = "一、目标"
        inner = frame.add_table(2, 2)
        for n, words in enumerate(("任务", "责任单位", "甲", "市编办\n市司法局")):
            inner.cell(n // 2, n % 2).text = words

    source = word(write)
    assert source.text == "一、目标\n任务\t责任单位\n甲\t市编办\n市司法局\n"
    assert cells(source) == [["任务", "责任单位"], ["甲", "市编办\n市司法局"]]


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [
        (10, "chineseCounting", "十"), (105, "chineseCounting", "一百〇五"), (110, "chineseCounting", "一百一十"),
        (2024, "ideographDigital", "二〇二四"), (3, "chineseLegalSimplified", "叁"), (2, "ideographTraditional", "乙"),
        (21, "decimalEnclosedCircle", "㉑"), (7, "decimalZero", "07"), (28, "lowerLetter", "bb"), (9, "lowerRoman", "ix"),
        (3, "decimalEnclosedFullstop", "⒊"), (40, "decimalEnclosedCircle", "40"), (5, "unknownFormat", "5"),
    ],
)  # fmt: skip
def test_figures_in_the_formats_of_word(number: int, form: str, words: str) -> None:
    assert figure(number, form) == words


def test_excel_shows_numbers_dates_and_merged_cells_as_the_sheet_does() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("重点任务")
        sheet.merge_range(0, 0, 0, 3, "重点任务分工表")
        sheet.write_row(1, 0, ("序号", "任务", "责任单位", "完成时限"))
        day, month = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": 'yyyy"年"m"月"'})
        sheet.write_row(2, 0, (1, "甲"))
        sheet.write_datetime(2, 3, datetime.datetime(2024, 6, 30), day)
        sheet.write_row(5, 0, (2, "达标率"))
        sheet.write_datetime(5, 3, datetime.datetime(2024, 9, 1), month)
        sheet.merge_range(2, 2, 5, 2, "市编办")
        sheet.write(6, 1, 0.95, book.add_format({"num_format": "0%"}))
        sheet.write(6, 3, "=1+1", None, 2)
        book.add_worksheet("隐藏").hide()
        book.add_worksheet("空")

    source = excel(write)
    assert source.text.splitlines() == [
        "重点任务分工表", "序号\t任务\t责任单位\t完成时限", "1\t甲\t市编办\t2024年6月30日", "2\t达标率\t\t2024年9月", "\t95%\t\t2",
    ]  # fmt: skip
    assert [table.name for table in source.tables] == ["工作表「重点任务」"]
    assert source.tables[0].numbers == (1, 2, 3, 6, 7)
    assert cells(source)[3] == ["2", "达标率", "市编办", "2024年9月"]
    last = source.tables[0].rows[3][3]
    assert source.where(last) == "工作表「重点任务」第6行「完成时限」列"


def test_excel_lines_in_one_column_are_paragraphs() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row, words in enumerate(("工作方案", "一、目标", "责任单位：市编办。")):
            sheet.write(row * 2, 1, words)

    source = excel(write)
    assert (source.text, source.tables) == ("工作方案\n一、目标\n责任单位：市编办。\n", ())


def test_a_page_gives_its_main_text_without_navigation() -> None:
    article = "<p>　　一、目标。" + "各单位抓好落实。" * 20 + "</p>甲<br>乙<script>x()</script>"
    source = page(
        "<nav>首页 政务公开</nav><div class='menu'><a href=/>新闻</a></div>"
        f"<div id='zoom'><div class='share'>分享到</div>{article}<p style='display:none'>隐</p></div>"
        "<div class=footer>版权所有</div>",
        "<title>工作方案_某某市政府</title>",
    )
    assert source.text.splitlines()[0] == "工作方案"
    assert source.text.splitlines()[-2:] == ["甲", "乙"]
    assert not any(word in source.text for word in ("首页", "新闻", "分享", "版权", "隐", "x()"))


def test_a_page_without_a_known_container_is_followed_to_its_words() -> None:
    source = page(
        "<div><ul>"
        + "<li><a>栏目</a></li>" * 20
        + "</ul></div><div><div><p>"
        + "落实责任。" * 60
        + "</p><p>尾</p></div></div>"
    )
    assert source.text == "落实责任。" * 60 + "\n尾\n"


def test_a_page_s_tables_and_lists() -> None:
    source = page(
        "<table><tr><th>任务<th>责任单位<th>时限</tr><tr><td>甲<td rowspan=2>市编办<td>6月<br>底前</tr><tr><td>乙<td></tr>"
        "<tr><td colspan=3>合计</tr></table><ol start=3><li>丙<li>丁</ol><ol type=A><li>戊</ol>"
    )
    assert source.text.splitlines() == [
        "任务\t责任单位\t时限",
        "甲\t市编办\t6月",
        "底前",
        "乙",
        "合计",
        "3.丙",
        "4.丁",
        "A.戊",
    ]
    assert cells(source)[1:] == [["甲", "市编办", "6月\n底前"], ["乙", "市编办", ""], ["合计"] * 3]


def test_a_page_that_is_mostly_a_table_keeps_its_head_and_its_cells() -> None:
    rows = "".join(f"<tr><td>{n}<td>改造老旧小区<td>区住建局<td>区城管局、区水务局</tr>" for n in range(1, 9))
    source = page(
        f"<div><h1>民生实事分工表</h1><p>南府办〔2024〕7号</p><table><tr><td>序号<td>任务<td>牵头单位<td>配合单位</tr>{rows}</table></div>"
    )
    assert source.text.startswith(
        "民生实事分工表\n南府办〔2024〕7号\n序号\t任务\t牵头单位\t配合单位\n1\t改造老旧小区\t区住建局\t"
    )
    assert len(source.tables[0].rows) == 9


def test_a_page_that_declares_gb2312_and_uses_gbk_is_whole() -> None:
    html = (
        "<html><head><meta charset=gb2312><title>朱镕</title></head><body><p>镕囧€ 责任单位：市编办。</p></body></html>"
    )
    source = read_bytes(html.encode("gb18030"))
    assert (source.text, source.encoding) == ("朱镕\n镕囧€ 责任单位：市编办。\n", "gb18030")


def test_a_page_that_declares_big5_is_read_so() -> None:
    html = "<html><head><meta charset='big5'></head><body><p>主辦單位：市府</p></body></html>"
    source = read_bytes(html.encode("big5"))
    assert (source.text, source.encoding) == ("主辦單位：市府\n", "big5hkscs")


def test_a_text_with_a_tag_further_down_stays_text() -> None:
    text = "一、目标<br>\n<p>责任单位：市编办</p>\n"
    assert read_bytes(text.encode()).text == text


OFD = "http://www.ofdspec.org/2016"


def ofd(*lines: tuple[float, float, float, str]) -> bytes:
    objects = "".join(
        f'<ofd:TextObject Boundary="{left} {top} {width} 5"><ofd:TextCode X="0" Y="4">{words}</ofd:TextCode></ofd:TextObject>'
        for left, top, width, words in lines
    )
    parts = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages></ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>',
    }
    return zipped(parts)


def test_ofd_lines_become_paragraphs() -> None:
    lines = ((30, 50, 40, "一、健全制度"), (30, 60, 150, "完善" * 15), (30, 70, 40, "规则。"), (100, 280, 8, "— 1 —"))
    source = read_bytes(ofd(*lines))
    assert source.text == "一、健全制度\n" + "完善" * 15 + "规则。\n"
    assert source.pages == (0,)


@pytest.mark.parametrize("place", ["nan", "inf", "-inf", "1e999", "x"])
def test_an_ofd_whose_boxes_are_no_numbers_keeps_its_words(place: str) -> None:
    data = ofd((30, 50, 40, "一、健全制度"), (30, 60, 40, "责任单位：市司法局"))
    parts = {name: part.decode() for name, part in unzipped(data).items()}
    page = "Doc_0/Pages/Page_0/Content.xml"
    parts[page] = parts[page].replace('"30 50 40 5"', f'"{place} 50 {place} 5"')
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace("0 0 210 297", f"0 0 210 {place}")
    assert sorted(read_bytes(zipped(parts)).text.splitlines()) == ["一、健全制度", "责任单位：市司法局"]


def changed(data: bytes, change: dict[str, tuple[str, str]], more: dict[str, str]) -> Source:
    """An OFD in which some words of its parts are replaced, and with ``more`` parts."""
    old = {name: part.decode() for name, part in unzipped(data).items()}
    return read_bytes(
        zipped({name: part.replace(*change.get(name, ("\0", "")), 1) for name, part in old.items()} | more)
    )


DOCUMENT, CONTENT = "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"
LAYER = (
    f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer><ofd:TextObject Boundary="30 90 40 5">'
    "<ofd:TextCode>责任单位：市水务局</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
)


def test_ofd_words_of_a_template_of_pages_are_read() -> None:
    named = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
    source = changed(
        ofd((30, 50, 40, "1.疏浚渠道。")),
        {
            DOCUMENT: ("</ofd:CommonData>", named),
            CONTENT: ("<ofd:Content>", '<ofd:Template TemplateID="9"/><ofd:Content>'),
        },
        {"Doc_0/Tpls/T.xml": LAYER},
    )
    assert source.text == "1.疏浚渠道。\n责任单位：市水务局\n"


def test_ofd_annotations_and_attached_files_are_told() -> None:
    listed = "<ofd:Annotations>Annots/List.xml</ofd:Annotations><ofd:Attachments>/Doc_0/A.xml</ofd:Attachments></ofd:Document>"
    annotation = (
        f'<ofd:PageAnnot xmlns:ofd="{OFD}"><ofd:Annot><ofd:TextCode>请核对</ofd:TextCode></ofd:Annot></ofd:PageAnnot>'
    )
    source = changed(
        ofd((30, 50, 40, "1.疏浚渠道。")),
        {DOCUMENT: ("</ofd:Document>", listed)},
        {
            "Doc_0/Annots/List.xml": f'<ofd:L xmlns:ofd="{OFD}"><ofd:Page><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page></ofd:L>',
            "Doc_0/Annots/P.xml": annotation,
            "Doc_0/A.xml": f'<ofd:L xmlns:ofd="{OFD}"><ofd:Attachment Name="附件.docx"/></ofd:L>',
        },
    )
    assert [(note.code, note.words) for note in source.notes] == [("comment", "请核对"), ("embedded-part", "附件.docx")]


def test_ofd_pages_that_are_images_and_pictures_are_told() -> None:
    image = '<ofd:ImageObject Boundary="0 0 150 100"/><ofd:ImageObject Boundary="0 0 20 20"/>'
    page = f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer>{image}</ofd:Layer></ofd:Content></ofd:Page>'
    source = changed(
        ofd((30, 50, 40, "1.疏浚渠道。")),
        {
            DOCUMENT: ("</ofd:Pages>", '<ofd:Page BaseLoc="I.xml"/></ofd:Pages>'),
            CONTENT: ("</ofd:Layer>", f"{image}</ofd:Layer>"),
        },
        {"Doc_0/I.xml": page},
    )
    assert [(note.code, note.place) for note in source.notes] == [("unread-part", None), ("picture", "第1页")]
    assert source.notes[0].message.startswith("第2页是图像")


def test_ofd_without_words_is_refused_as_a_scan() -> None:
    with pytest.raises(
        UnreadableSource, match=r"附件 is an OFD file without text, most likely a scan.*Print it to a PDF"
    ):
        read_bytes(ofd(), name="附件")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def test_an_old_word_file_names_the_way_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    with pytest.raises(UnreadableSource, match=r"附件 is an old Word file \(.doc\).*not installed.*save it as .docx"):
        read_bytes(OLE + "WordDocument".encode("utf-16-le"), name="附件")
    with pytest.raises(UnreadableSource, match=r"an old Excel file \(.xls\).*save it as .xlsx"):
        read_bytes(OLE + "Workbook".encode("utf-16-le"))


def test_a_locked_office_file_is_told() -> None:
    with pytest.raises(UnreadableSource, match=r"附件 is an Office file locked by a password.*Unlock it"):
        read_bytes(OLE + "EncryptedPackage".encode("utf-16-le"), name="附件")
