"""Scans: pages drawn by Chromium, as pictures only, give what the same pages give with their text."""

import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser

from graph.errors import UnreadableSource
from graph.model import Plan
from loaders.files.paged import ocr as recognise
from loaders.files.paged.images import ranges
from loaders.files.read import read_bytes
from loaders.plan import parse_plan

pytestmark = pytest.mark.browser
STYLE = """@page{size:A4;margin:2.2cm} body{font:15pt/1.7 "Noto Serif CJK SC",serif} p{text-indent:2em;margin:0}
table{border-collapse:collapse;font-size:11pt} td,th{border:1px solid #000;padding:3px 5px} table,h2{break-before:page}"""
LINES = """临江市优化营商环境实施方案
根据《湖南省优化营商环境规定》，制定本方案。
一、重点任务
1．推进政务服务标准化，统一办事指南，2024年6月底前完成。
牵头单位：市行政审批局
责任单位：市司法局、市发改委、市市场监管局
2．健全守信激励和失信惩戒机制。（市发改委牵头，市税务局配合）"""
ROWS = [
    ("序号", "工作任务", "牵头单位", "责任单位", "完成时限"),
    ("3", "开展涉企收费清理整治", "市市场监管局", "市财政局、市发改委", "2024年9月底前"),
    ("4", "加强法治教育培训", "市司法局", "市委党校", "长期坚持"),
]


def printed(browser: Browser, body: str) -> bytes:
    page = browser.new_page()
    page.set_content(
        f"<!DOCTYPE html><html><head><meta charset=utf-8><style>{STYLE}</style></head><body>{body}</body></html>"
    )
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    return data


@pytest.fixture(scope="module")
def document(browser: Browser) -> bytes:
    table = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS)
    return printed(browser, "".join(f"<p>{line}" for line in LINES.splitlines()) + f"<table>{table}</table>")


def drawn(document: bytes) -> Iterator[Image.Image]:
    """The pages as a scanner at 200 dots an inch sees them."""
    with pypdfium2.PdfDocument(document) as pages:
        for page in pages:
            yield page.render(scale=200 / 72).to_pil().convert("L")


def saved(images: list[Image.Image], form: str) -> bytes:
    target, (first, *others) = io.BytesIO(), images
    first.save(target, form, resolution=200, **({"save_all": True, "append_images": others} if others else {}))
    return target.getvalue()


def facts(plan: Plan) -> Any:
    return [
        (i.number, [(d.role, d.as_written) for d in i.duties], [(d.kind, d.date) for d in i.deadlines], [c.title for c in i.citations])
        for i in plan.items
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_scan_gives_what_its_text_would(document: bytes) -> None:
    told = parse_plan(read_bytes(document))
    first, second = drawn(document)
    askew = second.rotate(-1.3, fillcolor=255)
    source = read_bytes(saved([first, askew], "PDF"))
    plan = parse_plan(source)
    assert len(told.items) == 4
    assert facts(plan) == facts(told)
    assert source.where(plan.items[2].duties[0].span or (0, 0)) == "第2页，表1第2行「牵头单位」列"
    assert [w.code for w in plan.warnings] == ["recognised-text"]
    assert plan.warnings[0].message.startswith("第1—2页是图像，文字由识别（OCR）得来")


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("turn", "form"), [(270, "TIFF"), (180, "JPEG")])
def test_a_picture_that_lies_on_its_side_or_head_is_turned(document: bytes, turn: int, form: str) -> None:
    page = list(drawn(document))[1]
    source = read_bytes(saved([page.rotate(turn, expand=True)], form))
    assert [[source.text[slice(*cell)] for cell in row] for row in source.tables[0].rows] == [list(row) for row in ROWS]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_pages_of_both_kinds_are_one_document(browser: Browser, document: bytes) -> None:
    """A page that is an image with the mark of a scanning program is an image all the same."""
    with pypdfium2.PdfDocument(saved(list(drawn(document))[:1], "PDF")) as scan, pypdfium2.PdfDocument(
        printed(browser, "<p>附：二、保障措施")
    ) as told:  # fmt: skip
        scan.import_pages(told)
        target = io.BytesIO()
        scan.save(target)
    source = read_bytes(target.getvalue())
    assert source.text.endswith("（市发改委牵头，市税务局配合）\n附：二、保障措施\n")
    assert [note.message[:5] for note in source.notes] == ["第1页是图"]


def test_without_the_recogniser_the_way_out_is_told(document: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "available", lambda: False)
    images = list(drawn(document))
    for data, what in ((saved(images, "PDF"), "a PDF without text"), (saved(images[:1], "PNG"), "a picture")):
        with pytest.raises(UnreadableSource, match=rf"扫描件 is {what}; .*pip install 'zeren\[ocr\]'"):
            read_bytes(data, name="扫描件")


def test_pictures_without_words_or_end_are_refused() -> None:
    blank = Image.new("L", (900, 1200), 255)
    with pytest.raises(UnreadableSource, match="no words were recognised in it"):
        read_bytes(saved([blank], "PNG"))
    with pytest.raises(UnreadableSource, match="101 images; expected at most 100"):
        read_bytes(saved([Image.new("1", (8, 8))] * 101, "TIFF"))
    with pytest.raises(UnreadableSource, match="20000 × 6000 dots"):
        read_bytes(saved([Image.new("1", (20000, 6000))], "PNG"))


@pytest.mark.parametrize(("numbers", "said"), [([], ""), ([4], "4"), ([1, 2, 3], "1—3"), ([1, 3, 4, 9], "1、3—4、9")])
def test_pages_are_told_as_ranges(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said
