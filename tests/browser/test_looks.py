"""Every page in a real Chromium: no violation that axe-core finds, light and dark; nothing wider than the window."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import KEY, ROOT

pytestmark = pytest.mark.browser

SAMPLE = (ROOT / "examples" / "loudi-2017.txt").read_text(encoding="utf-8")

DOCUMENT = "娄底市-娄发2017-4"
PAGES = [
    "/?as_of=2018-12-10",
    "/documents",
    "/units",
    "/regulations",
    "/deadlines?as_of=2018-12-10",
    "/chains?from_kind=regulation&from=湖南省行政程序规定&to_kind=unit&to=市政府法制办",
    "/explore",
    "/explore?of_kind=regulation&of=湖南省行政程序规定",
    "/questions",
    "/questions/unit-duties?unit=市政府法制办",
    "/about",
    "/basket",
    "/notes",
    "/styleguide",
    "/sign-in",
    "/search?q=执法",
    "/ask?q=2018年底以前到期的事项由谁牵头",
    "/ask?q=市政府法制办和天气有什么关系",
    "/items?by=lead",
    "/units/市政府法制办?as_of=2018-12-10",
    "/units/市政府法制办/shared-with/市编办",
    "/units/没有的单位",
    "/regulations/湖南省行政程序规定",
    f"/items/{DOCUMENT}:6?as_of=2018-12-10",
    *(f"/documents/{DOCUMENT}{tail}" for tail in ("", "/duties", "/findings")),
    f"/documents/{DOCUMENT}/matrix?section={DOCUMENT}:s2.1",
    f"/documents/{DOCUMENT}/text?at=5693-5701",
]
WIDTHS = (1920, 1280, 768, 390)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
IN_DARK = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

# what reaches beyond the window, and text that is cut where nothing says so
OUTSIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const scrolls = (e) => e.closest('.picture, .canvas, .mx, .wide, .tabs, .facets, .outline, .strip, pre, .hints');
  const cut = [...document.querySelectorAll('main *, header *')].filter((e) => {
    const style = getComputedStyle(e);
    if (e.closest('svg, .visually-hidden, .skip') || scrolls(e) || !e.getClientRects().length) return false;
    if (style.overflowX === 'visible' || style.textOverflow === 'ellipsis' || e.matches('input, select, textarea')) return false;
    return e.scrollWidth > e.clientWidth + 1;
  }).map((e) => e.className || e.tagName);
  const out = [...document.querySelectorAll('main *')].filter((e) => {
    if (e.closest('svg, .visually-hidden, .pop') || scrolls(e) || !e.getClientRects().length) return false;
    const box = e.getBoundingClientRect();
    return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
  }).map((e) => e.className || e.tagName);
  return { wide: Math.max(0, wide), cut, out };
}"""


@pytest.fixture(scope="module")
def page(address: str, browser: Browser) -> Page:
    return browser.new_page(base_url=address)


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def broken(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][-200:]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_can_be_used_by_everybody(page: Page, axe: str, path: str) -> None:
    look_at(page, axe, path)


def test_the_pages_of_loading_fit_and_can_be_used_by_everybody(address: str, browser: Browser, axe: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/sign-in?next=/load")
    page.get_by_label("密钥").fill(KEY)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/load")
    text = SAMPLE.replace("完成时限:2018年年底前", "完成时限:2018年13月底前").replace("市编办、", "详见附表、")
    sent = {"Authorization": f"Bearer {KEY}", "Content-Type": "text/plain; charset=utf-8"}
    kept = page.request.post(f"{address}/v1/readings?title={'长' * 120}", data=text.encode(), headers=sent).json()
    job = page.request.post(
        f"{address}/v1/jobs?stage=true",
        multipart={
            "file": {"name": "甲" * 60 + ".txt", "mimeType": "text/plain", "buffer": text.encode()},
            "text": "一句话。",
        },
        headers={"Authorization": f"Bearer {KEY}"},
    ).json()
    page.goto(f"/load/jobs/{job['id']}")
    page.locator("[data-job=ended]").wait_for(timeout=60_000)
    for path in (
        "/load",
        f"/load/jobs/{job['id']}",
        f"/load/readings/{kept['id']}",
        f"/load/readings/{kept['id']}/text",
        f"/documents/{DOCUMENT}/remove",
    ):
        look_at(page, axe, path)
    page.close()


def look_at(page: Page, axe: str, path: str) -> None:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path)
    page.evaluate(axe)
    assert broken(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert broken(page, IN_DARK) == []
    page.emulate_media(color_scheme="light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OUTSIDE) == {"wide": 0, "cut": [], "out": []}, width
    # 200 % of the letters in a window of 1,280 are what 640 wide shows
    page.set_viewport_size({"width": 640, "height": 450})
    assert page.evaluate(OUTSIDE)["wide"] == 0
