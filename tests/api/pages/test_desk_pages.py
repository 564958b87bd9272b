"""The pages of notes and the basket: forms that work without script, with the token of the session, and come back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.contract import Store

DOCUMENT = "娄底市-娄发2017-4"
ITEM = f"{DOCUMENT}:s2.4-20"
FINDING = f"{ITEM}|finding|several-leads"


@dataclass(frozen=True)
class Browser:
    client: TestClient

    def sign_in(self, role: AccessRole) -> None:
        key = self.client.app.state.service.keys.create(f"王五{role.word}", role)  # type: ignore[attr-defined]
        self.client.post("/sign-in", data={"key": key}, headers={"Accept": "text/html"})

    def see(self, address: str) -> str:
        answer = self.client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200, address
        return answer.text

    def send(self, address: str, **fields: Any) -> Any:
        token = re.search(r'name="csrf" value="([^"]*)"', self.see("/findings"))
        assert token is not None
        return self.client.post(address, data={"csrf": token[1], **fields}, headers={"Accept": "text/html"})


@pytest.fixture
def browser(embedded_sample: Store, tmp_path: Any) -> Iterator[Browser]:
    app = create_app(Settings(local_use=True, service_folder=tmp_path / "service"), embedded_sample)
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000), follow_redirects=False) as client:
        yield Browser(client)


def test_a_note_is_shown_beside_its_item_and_changes_no_fact(browser: Browser) -> None:
    browser.sign_in(AccessRole.EDITOR)
    before = browser.client.get(f"/v1/items/{ITEM}").json()
    done = browser.send("/notes", kind="item", subject=ITEM, why="已问过<市编办>", back=f"/items/{ITEM}")
    assert (done.status_code, unquote(done.headers["Location"])) == (303, f"/items/{ITEM}")
    assert "已问过&lt;市编办&gt;" in browser.see(f"/items/{ITEM}")
    assert browser.client.get(f"/v1/items/{ITEM}").json() == before


def test_a_note_on_a_finding_and_on_a_place_stand_where_these_are_shown(browser: Browser) -> None:
    browser.sign_in(AccessRole.EDITOR)
    browser.send("/notes", kind="finding", subject=FINDING, verdict="false", why="文件另有分工")
    browser.send("/notes", kind="place", document=DOCUMENT, start="12292", end="12308", why="两家牵头")
    assert "不属实" in browser.see(f"/items/{ITEM}")
    assert "文件另有分工" in browser.see("/findings?rule=several-leads")
    text = browser.see(f"/documents/{DOCUMENT}/text?at=12292-12308")
    assert "两家牵头" in text
    assert "牵头单位:市编办、市政府法制办。" in text
    listed = browser.see("/notes")
    assert "批注 2" in listed
    assert "文件另有分工" in listed


def test_checked_boxes_are_noted_together(browser: Browser) -> None:
    browser.sign_in(AccessRole.EDITOR)
    page = browser.see("/findings?rule=several-leads")
    ids = re.findall(r'type="checkbox" name="findings" value="([^"]+)"', page)
    assert len(ids) == 9
    done = browser.send(
        "/notes/findings", findings=ids[:3], verdict="checked", why="", back="/findings?rule=several-leads"
    )
    assert done.status_code == 303
    assert browser.see("/findings?rule=several-leads").count("已核对</span>") == 3
    assert browser.send("/notes/findings", verdict="checked").status_code == 422


def test_a_note_is_changed_and_removed_by_its_form(browser: Browser) -> None:
    browser.sign_in(AccessRole.EDITOR)
    browser.send("/notes", kind="item", subject=ITEM, why="旧的话")
    found = re.search(r'action="/notes/([0-9a-f]{16})"', browser.see("/notes"))
    assert found is not None
    browser.send(f"/notes/{found[1]}", why="新的话")
    assert "新的话" in browser.see(f"/items/{ITEM}")
    browser.send(f"/notes/{found[1]}/subject", to=f"{DOCUMENT}:21")
    assert "新的话" not in browser.see(f"/items/{ITEM}")
    browser.send(f"/notes/{found[1]}/remove")
    assert "没有这样的批注" in browser.see("/notes")


@pytest.mark.parametrize("back", ["//elsewhere.example", "http://elsewhere.example", "/\\elsewhere.example"])
def test_a_form_never_leads_elsewhere(browser: Browser, back: str) -> None:
    browser.sign_in(AccessRole.EDITOR)
    assert browser.send("/notes", kind="item", subject=ITEM, why="甲", back=back).headers["Location"] == "/"
    assert browser.send("/basket/add", kind="item", subject=ITEM, back=back).headers["Location"] == "/"


def test_a_form_without_the_token_is_refused(browser: Browser) -> None:
    browser.sign_in(AccessRole.EDITOR)
    for address in ("/notes", "/notes/findings", "/basket", "/basket/add", "/basket/remove"):
        sent = browser.client.post(address, data={"kind": "item", "subject": ITEM, "why": "甲"})
        assert (sent.status_code, sent.json()["type"]) == (403, "urn:zeren:problem:csrf-required")


def test_who_may_not_note_is_told_how(browser: Browser) -> None:
    page = browser.see(f"/items/{ITEM}")
    assert "登录</a>后可以写批注" in page
    assert "存批注" not in page
    assert browser.client.post("/notes", data={"kind": "item", "subject": ITEM, "why": "甲"}).status_code == 401
    browser.sign_in(AccessRole.READER)
    assert "这把密钥只能查阅" in browser.see(f"/items/{ITEM}")


def test_the_basket_is_filled_ordered_and_emptied_by_forms(browser: Browser) -> None:
    for number in (20, 21):
        browser.send("/basket/add", kind="item", subject=f"{DOCUMENT}:{number}", back="/")
    page = browser.see("/basket")
    assert "2 条，可以成稿" in page
    assert "这台机器上不用密钥的人共用这一个篮子" in page
    first, second = re.findall(r'name="down" value="([0-9a-f]{16})"', page)
    fields = {
        "project": "审计",
        "prepared_by": "王五",
        "reviewed_by": "",
        "date": "",
        "prefix": "FZ",
        f"note-{second}": "先看",
    }
    done = browser.send("/basket", **fields, up=second, **{f"mark-{first}": "A-9"})
    assert (done.status_code, done.headers["Location"]) == (303, "/basket")
    page = browser.see("/basket")
    assert re.findall(r'name="down" value="([0-9a-f]{16})"', page) == [second, first]
    assert all(words in page for words in ('value="审计"', ">先看</textarea>", 'value="A-9"', 'placeholder="FZ-01"'))
    paper = browser.send("/basket", **fields, paper="html")
    assert paper.headers["Location"] == "/v1/baskets/paper?format=html"
    browser.send("/basket", remove=first)
    assert "1 条，可以成稿" in browser.see("/basket")
    browser.send("/basket", clear="1")
    assert "篮子是空的" in browser.see("/basket")


def test_what_is_in_the_basket_is_shown_on_its_page(browser: Browser) -> None:
    browser.send("/basket/add", kind="item", subject=f"{DOCUMENT}:20", back="/")
    page = browser.see(f"/items/{ITEM}")
    assert 'aria-pressed="true"' in page
    assert re.search(r"data-basket-count>1</span>", page)


def test_every_row_that_can_be_put_aside_can(browser: Browser) -> None:
    tried = 0
    for address in (
        "/units/市政府法制办",
        "/regulations/湖南省行政程序规定",
        "/deadlines?as_of=2018-12-10",
        "/ask?q=市编办牵头哪些事项",
    ):
        forms = re.findall(r'action="/basket/add".*?</form>', browser.see(address), re.S)
        assert forms, address
        for form in forms[:4]:
            fields = dict(re.findall(r'name="(kind|subject|document|start|end)" value="([^"]*)"', form))
            assert browser.send("/basket/add", **fields).status_code == 303, (address, fields)
            tried += 1
    assert tried > 10


def test_the_chain_that_was_found_is_put_into_the_basket(browser: Browser) -> None:
    browser.sign_in(AccessRole.READER)
    shown = browser.see("/chains?from_kind=regulation&from=湖南省行政程序规定&to_kind=unit&to=市政府法制办")
    met = re.search(r'name="kind" value="chain"><input type="hidden" name="subject" value="([^"]*)"', shown)
    assert met is not None
    assert browser.send("/basket/add", kind="chain", subject=met[1]).status_code == 303
    basket = browser.see("/basket")
    assert "从湖南省行政程序规定到市政府法制办的链路" in basket
    assert "湖南省行政程序规定 → 优化政府组织结构 → 市政府法制办" in basket
