"""The pages in a real Chromium, served by a real process over the sample."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.store.opening import open_store
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"embedded:{tmp_path_factory.mktemp('browser') / 'store'}"
    store = open_store(url)
    load_plan(parse_plan(read_path(str(ROOT / "examples" / "loudi-2017.txt"))), store, now="2026-01-01T00:00:00+00:00")
    store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "import sys; from api.cli.main import main; sys.argv[0] = 'zeren'; main()"
    command = [sys.executable, "-c", program, "serve", "--store", url, "--port", str(port)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert "Serving" in child.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.communicate(timeout=30)


@pytest.fixture(scope="module")
def page(address: str, browser: Browser) -> Page:
    return browser.new_page(base_url=address)


def test_from_a_search_to_the_words_that_prove_a_duty(page: Page) -> None:
    page.goto("/")
    page.get_by_label("查找单位、法规或事项").fill("政府法制办")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="市政府法制办").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("市政府法制办")
    assert page.locator("main tbody tr").count() == 29
    page.locator("main tbody tr").nth(1).get_by_role("link", name="原文").click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_have_text("市政府法制办")


def test_an_item_s_card_marks_each_name_in_its_clause(page: Page) -> None:
    page.goto("/items/娄底市-娄发2017-4:20")
    assert page.locator("table").first.locator("mark").all_inner_texts() == ["市编办", "市政府法制办"]
    expect(page.locator(".due")).to_contain_text("2018年底")


def test_a_page_is_no_wider_than_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/units/娄底市:市政府法制办")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_docs_start_without_a_network(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/docs")
    expect(page.get_by_text(re.compile("All duties of a unit")).first).to_be_visible()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
