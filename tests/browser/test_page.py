"""The pages in a real Chromium, served by a real process over the sample: the eight tasks of an auditor, and what helps her.

A step is one click, one word typed, or one choice. Each task takes five at most.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import BOTH_STORES

pytestmark = [pytest.mark.browser, BOTH_STORES]

MOST_STEPS = 5
BOX = "查单位、事项、法规、原文，或直接提问"


class Auditor:
    """Somebody at a page who counts what she does."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def click(self, place: Locator) -> None:
        self.steps += 1
        place.click()

    def types(self, words: str) -> None:
        self.steps += 1
        self.page.get_by_label(BOX).fill(words)

    def suggestion(self, words: str) -> Locator:
        return self.page.get_by_role("option").filter(has_text=re.compile(words)).first


@pytest.fixture(scope="module")
def page(address: str, browser: Browser) -> Page:
    return browser.new_page(base_url=address)


@pytest.fixture
def auditor(page: Page) -> Iterator[Auditor]:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/?as_of=2018-12-10")
    made = Auditor(page)
    yield made
    assert 0 < made.steps <= MOST_STEPS


def test_all_duties_of_a_unit_into_excel(auditor: Auditor) -> None:
    auditor.types("市政府法制办")
    auditor.click(auditor.suggestion("^市政府法制办"))
    with auditor.page.expect_download() as loading:
        auditor.click(auditor.page.get_by_role("link", name="XLSX", exact=True))
    with zipfile.ZipFile(io.BytesIO(loading.value.path().read_bytes())) as book:
        rows = max(book.read(name).count(b"<row ") for name in book.namelist() if "worksheets/sheet" in name)
    assert rows == 30  # 29 and the head


def test_why_item_6_is_due_then(auditor: Auditor) -> None:
    auditor.types("创新社会治理")
    auditor.click(auditor.suggestion("6 创新社会治理"))
    why = auditor.page.locator("section", has=auditor.page.get_by_role("heading", name="时限怎么来的"))
    expect(why).to_contain_text("总体时限 2019-12-31")
    expect(why).to_contain_text("以它为准")
    expect(auditor.page.locator(".answer")).to_contain_text(
        "由市综治办牵头，市发改委等 15 个单位和 2 个统称责任，原则上2019年底前完成。"
    )


def test_the_chain_from_a_regulation_to_its_units(auditor: Auditor) -> None:
    auditor.types("湖南省行政程序规定")
    auditor.click(auditor.suggestion("^湖南省行政程序规定"))
    picture = auditor.page.locator(".picture svg")
    for words in ("湖南省行政程序规定", "21 完善行政执法程序", "市政府法制办", "统称，不是一个单位"):
        expect(picture).to_contain_text(words)
    auditor.click(auditor.page.get_by_role("link", name="看成表").first)
    expect(auditor.page.locator("#chain-table")).to_be_visible()


def test_who_is_left_without_a_named_bearer(auditor: Auditor) -> None:
    auditor.click(auditor.page.get_by_role("link", name="责任单位没有点名"))
    assert auditor.page.locator("table.findings tbody tr").count() == 24
    expect(auditor.page.locator("table.findings")).to_contain_text("各有关部门")


def test_what_is_overdue_on_a_day(auditor: Auditor) -> None:
    page = auditor.page
    page.goto("/")
    auditor.click(page.locator(".scope > summary"))
    auditor.steps += 1
    page.get_by_label("截至哪一天").fill("2018-12-10")
    auditor.click(page.get_by_role("button", name="按这个范围看"))
    auditor.click(page.locator("dd a").first)
    expect(page.locator(".answer")).to_contain_text("38 个有日期的事项和任务：已到期")
    expect(page.locator(".scope .set")).to_have_text("截至 2018-12-10")


def test_the_matrix_of_a_part(auditor: Auditor) -> None:
    page = auditor.page
    auditor.click(page.get_by_role("link", name="娄底市法治政府建设").first)
    auditor.click(page.get_by_role("link", name="矩阵", exact=True).first)
    auditor.steps += 1
    page.get_by_label("部分").select_option(label="(一)依法全面履行政府职能（8 项）")
    auditor.click(page.get_by_role("button", name="看这一部分"))
    expect(page.locator(".answer")).to_contain_text("8 个事项、32 个点名的单位：4 个单位牵头")
    auditor.click(page.locator("tr", has_text="市政府法制办").locator("summary").last)
    expect(page.locator(".matrix details[open] .pop")).to_contain_text("责任单位:")


def test_compare_who_leads_most(auditor: Auditor) -> None:
    bars = auditor.page.locator(".bars .number").all_inner_texts()
    assert bars[:3] == ["17 项", "7 项", "5 项"]
    auditor.click(auditor.page.locator(".bars a").first)
    expect(auditor.page.get_by_role("heading", level=1)).to_have_text("市政府法制办")


def test_print_a_unit(auditor: Auditor) -> None:
    auditor.types("市政府法制办")
    auditor.click(auditor.suggestion("^市政府法制办"))
    auditor.page.wait_for_url("**/units/**")
    auditor.page.emulate_media(media="print")
    expect(auditor.page.locator(".only-print")).to_contain_text("截至 2018-12-10")
    for gone in (".bar", ".side", ".facets", ".add"):
        expect(auditor.page.locator(gone).first).to_be_hidden()
    place = auditor.page.locator(".place").first
    assert place.evaluate("e => getComputedStyle(e, '::after').content") == f'"{place.get_attribute("data-at")}"'
    assert auditor.page.pdf(format="A4").startswith(b"%PDF")
    auditor.page.emulate_media(media="screen")


def test_from_a_search_to_the_words_that_prove_a_duty(page: Page) -> None:
    page.goto("/")
    page.get_by_label(BOX).fill("政府法制办")
    page.get_by_role("button", name="查问").click()
    page.locator("main").get_by_role("link", name="市政府法制办").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("市政府法制办")
    assert page.locator("main tbody tr[data-fact]").count() == 29
    page.locator("main tbody tr[data-fact]").nth(1).get_by_role("link", name="原文").click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_have_text("市政府法制办")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("市政府法制办")


def test_an_item_s_card_marks_each_name_in_its_clause(page: Page) -> None:
    page.goto("/items/娄底市-娄发2017-4:20")
    assert page.locator(".clause").first.locator(".m").all_inner_texts() == ["市编办", "市政府法制办"]
    expect(page.locator(".answer")).to_contain_text("2018年底前完成")


def test_nothing_is_asked_while_an_input_method_composes(page: Page) -> None:
    page.goto("/questions")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box = page.get_by_label(BOX)
    box.dispatch_event("compositionstart")
    box.fill("zhi fa")
    page.wait_for_timeout(300)
    assert asked == []
    box.fill("执法")
    box.dispatch_event("compositionend")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    box.press("Enter")
    page.wait_for_url(lambda url: "/questions" not in url)


def test_keys_and_the_basket(page: Page) -> None:
    page.goto("/items/娄底市-娄发2017-4:20")
    page.keyboard.press("]")
    page.wait_for_url("**s2.4-21**")
    page.keyboard.press("b")
    expect(page.locator("[data-basket-count]")).to_have_text("1")
    page.keyboard.press("/")
    expect(page.get_by_label(BOX)).to_be_focused()
    page.goto("/basket")
    expect(page.locator("[data-basket-list] li")).to_contain_text("21 完善行政执法程序")
    page.get_by_role("button", name="移出").click()
    expect(page.get_by_text("篮子是空的")).to_be_visible()


def test_every_page_is_read_without_script(address: str, browser: Browser) -> None:
    page = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_label(BOX).fill("第20项由谁牵头")
    page.get_by_role("button", name="查问").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第20项由谁牵头")
    expect(page.locator("main")).to_contain_text("市编办")
    page.context.close()


def test_docs_start_without_a_network(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/docs")
    expect(page.get_by_text(re.compile("All duties of a unit")).first).to_be_visible()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
