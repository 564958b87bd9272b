"""Takes the pictures of docs/handbook: a real service over the sample, a real Chromium, each page as the handbook leads to it.

Order of steps: the sample is loaded into a store of its own and served on a free port; each function of `PICTURES` goes where
its page says and gives the part of the page to show; it is written with a palette of 128 colours.

Example: ``make handbook`` writes ``docs/handbook/pictures/*.png``; a step of the handbook that leads nowhere any more fails here.

Left to others: the words (``docs/handbook``), how they are served (`api.pages.handbook`).
"""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Locator, Page, expect, sync_playwright

from graph.store.opening import open_store
from tests.browser.conftest import KEY, fill, served

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "handbook" / "pictures"
BOX = "查单位、事项、法规、原文，或直接提问"
DAY = "as_of=2018-12-10"
MOST_HIGH = 760  # pixels of a picture: what one sees without turning the wheel
PLAN = """青川县人民政府文件
青政发〔2018〕9号

青川县节水工作方案

2018年3月1日

1.清查取水口。对全县取水口登记造册。
牵头单位：县水利局
完成时限：2018年13月底前完成。

2.更换老旧管网。
牵头单位：县住建局，责任单位：各乡镇人民政府
完成时限：2019年6月底前完成。
"""


def unit(page: Page) -> Locator:
    _find(page, "市政府法制办")
    return page.locator("main")


def downloads(page: Page) -> Locator:
    _find(page, "市政府法制办")
    return page.get_by_role("region", name="职责")


def why_due(page: Page) -> Locator:
    _find(page, "创新社会治理")
    return page.locator("section", has=page.get_by_role("heading", name="时限怎么来的"))


def chain(page: Page) -> Locator:
    _find(page, "湖南省行政程序规定")
    return page.locator(".picture").first


def explore(page: Page) -> Locator:
    page.goto(f"/explore?of_kind=regulation&of=湖南省行政程序规定&{DAY}")
    expect(page.locator("[data-counted]")).to_have_text("4 个，3 条联系")
    panel = page.get_by_role("complementary", name="选中的一个")
    panel.get_by_role("button", name="完善行政执法程序").click()
    panel.get_by_role("button", name="展开").click()
    expect(panel.get_by_role("button", name="收起")).to_be_visible()
    page.wait_for_timeout(600)  # until nothing moves
    return page.locator(".explore")


def nobody(page: Page) -> Locator:
    page.goto(f"/?{DAY}")
    page.get_by_role("link", name="责任单位没有点名").click()
    return page.locator("main")


def deadlines(page: Page) -> Locator:
    page.goto(f"/deadlines?{DAY}")
    return page.locator("main")


def matrix(page: Page) -> Locator:
    page.goto(f"/?{DAY}")
    page.get_by_role("link", name="娄底市法治政府建设").first.click()
    page.get_by_role("link", name="矩阵", exact=True).first.click()
    page.get_by_label("部分").select_option(label="(一)依法全面履行政府职能（8 项）")
    page.get_by_role("button", name="看这一部分").click()
    return page.locator("main")


def ask(page: Page) -> Locator:
    page.goto(f"/?{DAY}")
    page.get_by_label(BOX).fill("2018年底以前到期的事项由谁牵头")
    page.get_by_role("button", name="查问").click()
    return page.locator("main")


def note(page: Page) -> Locator:
    _sign_in(page, "/findings?rule=only-collectives")
    page.get_by_label("勾选：责任单位没有点名，完善宏观调控").click()
    page.get_by_label("理由", exact=True).fill("与会议纪要核对过")
    page.get_by_role("button", name="存批注").click()
    expect(page.locator(".noted").first).to_contain_text("与会议纪要核对过")
    return page.locator("main")


def basket(page: Page) -> Locator:
    for number in (20, 6):
        page.goto(f"/items/娄底市-娄发2017-4:{number}?{DAY}")
        expect(page.locator("[data-keys]")).to_be_visible()
        page.keyboard.press("b")
        expect(page.locator(".head [data-basket]")).to_have_attribute("aria-pressed", "true")
    page.goto("/basket")
    page.get_by_label("项目名称").fill("法治政府建设责任落实审计")
    page.get_by_label("编制人").fill("王五")
    return page.locator("main")


def load(page: Page) -> Locator:
    """A plan with a date that is none: the card tells it before anything is stored."""
    page.goto("/load")
    given = {"name": "节水工作方案.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    page.get_by_label("把文件拖到这里").set_input_files(given)  # type: ignore[arg-type]
    page.get_by_role("button", name="读取", exact=True).click()
    expect(page.get_by_label("印发日期")).to_have_value("2018-03-01")
    return page.locator("main")


PICTURES: tuple[Callable[[Page], Locator], ...] = (
    *(unit, downloads, why_due, chain, explore, nobody, deadlines, matrix, ask, note, basket, load),
)


def _find(page: Page, words: str) -> None:
    """Type into the box and take the first suggestion, as the handbook says."""
    page.goto(f"/?{DAY}")
    page.get_by_label(BOX).fill(words)
    page.get_by_role("option").filter(has_text=words).first.click()
    page.wait_for_load_state()


def _sign_in(page: Page, then: str) -> None:
    page.goto(f"/sign-in?next={quote(then)}")
    page.get_by_label("密钥").fill(KEY)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{then}")


def write(page: Page, take: Callable[[Page], Locator]) -> None:
    part = take(page)
    part.scroll_into_view_if_needed()
    seen = Image.open(io.BytesIO(part.screenshot(animations="disabled")))
    seen = seen.crop((0, 0, seen.width, min(seen.height, MOST_HIGH)))
    path = FOLDER / f"{take.__name__.replace('_', '-')}.png"
    seen.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


@contextmanager
def served_sample() -> Iterator[str]:
    """The address of a service over the sample, for this machine alone."""
    with tempfile.TemporaryDirectory() as folder:
        fill(open_store(f"embedded:{folder}/store"))
        with served(f"embedded:{folder}/store", {}) as address:
            yield address


def main() -> None:
    expect.set_options(timeout=60_000)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served_sample() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(base_url=address, viewport={"width": 1280, "height": 800}, color_scheme="light")
        for take in PICTURES:
            write(page, take)
        chromium.close()


if __name__ == "__main__":
    main()
