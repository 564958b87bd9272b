"""Bringing plans in a real Chromium, signed in: two tasks of an auditor in five steps each, and what may not be lost.

A step is one click, one word typed, or one choice.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import KEY
from tests.office import sheet_of, word_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "address",
        ["embedded", "prefix", pytest.param("neo4j", marks=pytest.mark.server)],
        indirect=True,
        scope="module",
    ),
]
MOST_STEPS = 5
PLAN = (
    "中共临江市委文件",
    "临发〔2017〕4号",
    "临江市法治政府建设实施方案",
    "2017年3月1日",
    "1.完善审批制度。",
    "牵头单位：市编办、市政府法制办。",
    "完成时限：2018年13月底前完成。",
)
ROWS = (("序号", "任务", "牵头单位", "完成时限"), (1, "清理文件", "市司法局", "2018年12月底前"))


class Loader:
    """Somebody who signed in and counts what she does on the page 载入."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.steps = page, address, 0

    def click(self, name: str) -> None:
        self.steps += 1
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, *files: tuple[str, bytes]) -> None:
        self.steps += 1
        given = [{"name": name, "mimeType": "application/octet-stream", "buffer": body} for name, body in files]
        self.page.get_by_label("把文件拖到这里").set_input_files(given)  # type: ignore[arg-type]

    def types(self, label: str, words: str) -> None:
        self.steps += 1
        self.page.get_by_label(label).fill(words)

    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)


@pytest.fixture(scope="module")
def signed_in(address: str, browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{address}/sign-in?next=/load")
    page.get_by_label("密钥").fill(KEY)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/load")
    yield page
    page.close()


@pytest.fixture
def loader(signed_in: Page, address: str) -> Callable[[], Loader]:
    def made() -> Loader:
        signed_in.goto(f"{address}/load")
        return Loader(signed_in, address)

    return made


def test_load_own_docx_and_xlsx(loader: Callable[[], Loader]) -> None:
    auditor = loader()
    auditor.choose(("方案.docx", word_of(PLAN)), ("任务.xlsx", sheet_of(ROWS)))
    expect(auditor.page.locator("[data-chosen]")).to_have_text("已选 2 个：方案.docx、任务.xlsx")
    auditor.click("读取")
    expect(auditor.heading()).to_have_text("读取 2 个文件：已完成")
    auditor.click("存入读完的 2 个")
    expect(auditor.heading()).to_have_text("存入 2 个文件：已完成")
    expect(auditor.page.locator("tbody tr")).to_have_count(2)
    expect(auditor.page.get_by_role("link", name="看这份文件")).to_have_count(2)
    assert auditor.steps <= MOST_STEPS
    auditor.page.get_by_role("link", name="看这份文件").first.click()
    expect(auditor.heading()).to_have_text("临江市法治政府建设实施方案")


def test_correct_a_wrong_date_before_storing(loader: Callable[[], Loader]) -> None:
    auditor = loader()
    auditor.choose(("方案.docx", word_of(("中共青川县委文件", "青发〔2018〕9号", "青川县节水工作方案", *PLAN[3:]))))
    auditor.click("读取")
    expect(auditor.page.get_by_label("印发日期")).to_have_value("2017-03-01")
    expect(auditor.page.locator(".doubt-place")).to_contain_text("2018年13月底前完成")
    auditor.types("印发日期", "2018-03-01")
    auditor.click("按更正重读")
    expect(auditor.page.locator(".heads")).to_contain_text("人工更正")
    auditor.click("存入")
    expect(auditor.page.locator(".over")).to_contain_text("已存入")
    assert auditor.steps <= MOST_STEPS
    auditor.page.get_by_role("link", name="看这份文件").click()
    expect(auditor.page.locator(".under")).to_contain_text("2018-03-01 印发")


def test_a_job_goes_on_while_the_page_is_left(loader: Callable[[], Loader]) -> None:
    auditor = loader()
    auditor.choose(*((f"第{n}件.docx", word_of((f"甲市第{n}个方案", *PLAN[4:]))) for n in range(1, 7)))
    auditor.click("读取")
    expect(auditor.heading()).to_contain_text("读取 6 个文件")
    kept = auditor.page.url
    auditor.page.goto(f"{auditor.address}/units")
    auditor.page.goto(kept)
    expect(auditor.heading()).to_have_text("读取 6 个文件：已完成")
    expect(auditor.page.get_by_role("button", name="存入读完的 6 个")).to_be_visible()


def test_files_are_given_without_script(signed_in: Page, address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in.context.storage_state())
    page = context.new_page()
    page.goto(f"{address}/load")
    page.get_by_label("把文件拖到这里").set_input_files(
        {"name": "方案.docx", "mimeType": "application/octet-stream", "buffer": word_of(("乙市工作方案", *PLAN[4:]))}
    )
    page.get_by_role("button", name="读取").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("乙市工作方案")  # the page of the job led here
    page.get_by_role("button", name="存入", exact=True).click()
    expect(page.locator(".over")).to_contain_text("已存入")
    context.close()
