"""Two tasks of an auditor who is signed in, in a real Chromium: note a finding as checked, and leave with a working paper.

A step is one click, one word typed, or one choice. Each task takes five at most.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import KEY
from tests.browser.test_looks import IN_DARK, OUTSIDE, RULES, broken
from tests.browser.test_page import Auditor

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
ITEM = "/items/娄底市-娄发2017-4:s2.4-20"


WHERE = pytest.mark.parametrize(
    "address", ["embedded", "prefix", pytest.param("neo4j", marks=pytest.mark.server)], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def signed_in(address: str, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(accept_downloads=True)
    page.set_default_timeout(180_000)  # the first pages of a server that has just begun, on a machine that others use
    page.goto(f"{address}/sign-in?next=/notes")
    page.get_by_label("密钥").fill(KEY)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".bar .who")).to_have_text("密钥文件")
    yield page
    page.close()


@pytest.fixture
def auditor(address: str, signed_in: Page) -> Iterator[Auditor]:
    signed_in.set_viewport_size({"width": 1280, "height": 900})
    signed_in.goto(f"{address}/")
    made = Auditor(signed_in)
    yield made
    assert 0 < made.steps <= 5


@WHERE
def test_note_a_finding_as_checked(auditor: Auditor) -> None:
    page = auditor.page
    auditor.click(page.locator(".side").get_by_role("link", name="疑点"))
    auditor.click(page.get_by_label("勾选：责任单位没有点名，完善宏观调控"))
    auditor.steps += 1
    page.get_by_label("理由", exact=True).fill("与会议纪要核对过")
    auditor.click(page.get_by_role("button", name="存批注"))
    row = page.locator("tr", has_text="完善宏观调控").filter(has_text="责任单位栏没有点名任何具体部门")
    expect(row.locator(".noted")).to_contain_text("已核对 与会议纪要核对过 密钥文件")


@WHERE
def test_a_working_paper_from_a_basket(auditor: Auditor, address: str, tmp_path: Path) -> None:
    page = auditor.page
    page.goto(address + ITEM)
    expect(page.locator("[data-keys]")).to_be_visible()  # the script is there
    auditor.steps += 1
    page.keyboard.press("b")
    expect(page.locator("[data-basket-count]")).to_have_text("1")
    auditor.click(page.locator("[data-basket-link]"))
    auditor.steps += 1
    page.get_by_label("项目名称").fill("法治政府建设审计")
    with page.expect_download() as loading:
        auditor.click(page.get_by_role("button", name="审计底稿 DOCX"))
    assert loading.value.suggested_filename == "审计底稿-法治政府建设审计.docx"
    words = "\n".join(
        cell.text
        for table in docx.Document(str(loading.value.path())).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "牵头单位:市编办、市政府法制办。" in words


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", "已校验"),
        ("市人社局", "市民政局", "有 1 段原话与成稿时不同"),
        ("编制人", "编写人", "原话没有改动，但这份底稿的其他文字与成稿时不同"),
    ],
)
def test_the_html_file_opens_offline_and_tells_a_changed_word(
    signed_in: Page, address: str, browser: Browser, tmp_path: Path, before: str, after: str, told: str
) -> None:
    signed_in.goto(address + ITEM)
    button = signed_in.locator(".head [data-basket]")
    if button.get_attribute("aria-pressed") == "false":
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    signed_in.goto(f"{address}/basket")
    with signed_in.expect_download() as loading:
        signed_in.get_by_role("button", name="单个网页文件").click()
    text = Path(loading.value.path()).read_text(encoding="utf-8")
    file = tmp_path / "paper.html"
    main = text.index("<main")
    file.write_text(text[:main] + (text[main:].replace(before, after, 1) if before else text[main:]), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    expect(page.locator("#check")).to_contain_text(told)
    assert page.locator("blockquote.changed").count() == (1 if "1 段" in told else 0)
    assert said == []
    context.close()


def test_hashes_of_long_and_odd_words_are_those_of_everybody_else(address: str, browser: Browser) -> None:
    """The file has its own SHA-256; it is compared with the browser's over all lengths around a block."""
    script = (Path(__file__).parents[2] / "api/export/static/paper.js").read_text(encoding="utf-8")
    own = script[: script.index("const told =")]
    page = browser.new_page(base_url=address)
    page.goto(address)  # a secure context, where the browser has one itself
    page.evaluate(own + "\nwindow.own = sha256;")
    wrong = page.evaluate(
        """async () => {
          const wrong = [];
          for (const word of ["", "a", "责任", "𠮷", "x".repeat(55), "x".repeat(56), "x".repeat(63), "x".repeat(64), "责".repeat(5000)]) {
            const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(word));
            const hex = [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
            if (hex !== window.own(word)) wrong.push(word.slice(0, 5));
          }
          return wrong;
        }"""
    )
    assert wrong == []
    page.close()


def test_a_row_is_put_aside_without_script(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ITEM)
    page.locator(".head [data-basket]").click()
    expect(page.locator("[data-basket-count]")).to_have_text(re.compile("[1-9]"))
    page.goto(f"{address}/basket")
    page.get_by_role("button", name="移出：20 改革行政执法体制").click()
    expect(page.get_by_text("篮子是空的")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "where",
    ["/basket", "/notes", "/findings?rule=several-leads", ITEM, "/documents/娄底市-娄发2017-4/text?at=12292-12308"],
)
def test_pages_of_who_is_signed_in_are_as_sound_as_the_others(signed_in: Page, address: str, where: str) -> None:
    page = signed_in
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + ITEM)
    if not page.locator("#notes .noted").count():
        page.locator("#notes summary").first.click()
        page.locator("#why-item").fill("已问过市编办")
        page.locator("#notes").get_by_role("button", name="存批注").click()
        expect(page.locator("#notes .noted")).to_contain_text("已问过市编办")
    if page.locator(".head [aria-pressed=false]").count():
        page.locator(".head [data-basket]").click()
        expect(page.locator(".head [data-basket]")).to_have_attribute("aria-pressed", "true")
    page.goto(address + where)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    page.emulate_media(color_scheme="light")
    assert broken(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert broken(page, IN_DARK) == []
    page.emulate_media(color_scheme="light")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OUTSIDE) == {"wide": 0, "cut": [], "out": []}


SELECT = """([from, to]) => {
  const [first, last] = [from, to].map((id) => document.getElementById(id).firstChild);
  const range = document.createRange();
  range.setStart(first, 1);
  range.setEnd(last, last.length - 1);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_selected_words_become_a_place_that_is_noted(signed_in: Page, address: str) -> None:
    """From the second character of 市编办 to the last but one of 市政府法制办."""
    page = signed_in
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/documents/娄底市-娄发2017-4/text?at=12297-12300")
    ids = page.locator(".whole .m.lead").evaluate_all(
        "all => all.map((e) => e.id).filter((id) => Number(id.slice(1)) > 12290 && Number(id.slice(1)) < 12310)"
    )
    page.evaluate(SELECT, ids)
    page.locator("[data-choose]").click()
    page.locator(".panel.chosen summary", has_text="写批注").click()
    page.locator("#why-place").fill("选中的几个字")
    page.locator(".panel.chosen").get_by_role("button", name="存批注").click()
    expect(page.locator("#notes li", has_text="选中的几个字").locator("q")).to_have_text("编办、市政府法制")
