"""Exploration (探索) in a real Chromium: the picture grows by clicks, each link has its words, the address keeps it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BOTH_STORES

pytestmark = [pytest.mark.browser, BOTH_STORES]

START = "/explore?of_kind=unit&of=市政府法制办"


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    made = browser.new_page(base_url=address)
    refused: list[str] = []
    made.on("console", lambda message: refused.append(message.text) if message.type in ("error", "warning") else None)
    yield made
    assert refused == []  # the policy of the page refuses nothing that the picture needs
    made.close()


def counted(page: Page, words: str) -> None:
    expect(page.locator("[data-counted]")).to_have_text(words)


def test_from_a_unit_over_an_item_to_a_regulation(page: Page) -> None:
    page.goto(START)
    counted(page, "21 个，20 条联系")
    expect(page.get_by_role("status")).to_contain_text("先列 20 条，共 29 条")
    panel = page.get_by_role("complementary", name="选中的一个")
    panel.get_by_role("button", name="展开往后的").click()
    counted(page, "30 个，29 条联系")
    panel.get_by_role("button", name="21 完善行政执法程序").click()
    expect(panel.get_by_role("heading")).to_be_focused()
    panel.get_by_role("button", name="展开").click()
    rule = panel.locator("li", has_text="湖南省行政程序规定")
    expect(rule).to_contain_text("落实")
    expect(rule.locator(".src")).to_contain_text("《湖南省行政程序规定》")
    rule.get_by_role("link", name="原文").click()
    expect(page.locator(".here").first).to_contain_text("湖南省行政程序规定")


def test_the_address_brings_the_picture_back_and_what_is_folded_goes(page: Page) -> None:
    page.goto(START)
    counted(page, "21 个，20 条联系")
    page.get_by_text("图上的各个").click()
    page.get_by_role("list").get_by_role("button", name="20 改革行政执法体制").last.click()
    panel = page.get_by_role("complementary", name="选中的一个")
    panel.get_by_role("button", name="展开").click()
    expect(panel.get_by_role("button", name="收起")).to_be_visible()
    words = page.locator("[data-counted]").inner_text()
    page.reload()
    counted(page, words)
    page.get_by_text("图上的各个").click()
    page.get_by_role("list").get_by_role("button", name="20 改革行政执法体制").last.click()
    panel.get_by_role("button", name="收起").click()
    # 20 things of the unit, and the plan, which hangs on nothing else
    counted(page, "21 个，20 条联系")
    panel.get_by_role("button", name="从图上移走").click()
    counted(page, "20 个，19 条联系")


def test_the_picture_is_saved_as_an_image(page: Page) -> None:
    page.goto(START)
    counted(page, "21 个，20 条联系")
    with page.expect_download() as loading:
        page.get_by_role("button", name="存成图片").click()
    assert loading.value.suggested_filename == "市政府法制办.png"
    assert loading.value.path().read_bytes().startswith(b"\x89PNG")


def test_without_script_the_page_names_the_pages_that_say_the_same(address: str, browser: Browser) -> None:
    page = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    page.goto(START)
    page.get_by_role("main").get_by_role("link", name="市政府法制办").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("市政府法制办")
    page.context.close()
