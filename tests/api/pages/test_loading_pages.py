"""The pages 载入 without script, in a session: read, look, correct, store, discard; removing a plan; who may."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.access import COOKIE
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.embedded.store import EmbeddedStore

PLAN = "中共甲市委文件\n\n甲发〔2018〕7号\n\n甲市法治政府建设实施方案\n\n1.清理文件。\n\n牵头单位：市司法局。\n\n完成时限：2018年13月底前完成。\n"
KEY = "甲市-甲发2018-7"


class Session:
    """Somebody who signed in, at a browser that runs no script."""

    def __init__(self, client: TestClient, app: Any, role: AccessRole) -> None:
        self.client, self.service = client, app.state.service
        keys = self.service.keys
        session = self.service.sessions.begin(keys.digest(keys.create(f"{role.word}甲", role)))
        self.csrf, self._cookie = session.csrf, {"Cookie": f"{COOKIE}={session.token}", "Accept": "text/html"}

    def open(self, address: str) -> Any:
        return self.client.get(address, headers=self._cookie)

    def send(self, address: str, fields: dict[str, str] | None = None, files: Any = None, csrf: str = "") -> Any:
        fields = {"csrf": csrf or self.csrf, **(fields or {})}
        return self.client.post(address, data=fields, files=files, headers=self._cookie)

    def read(self, *texts: str) -> Any:
        """The page behind the form: of one file its card, of several their job."""
        files = [("file", (f"第{n}件.txt", text)) for n, text in enumerate(texts, 1)]
        begun = self.send("/load", files=files)
        assert begun.status_code == 303, begun.text
        for _ in range(600):
            answer = self.open(begun.headers["Location"])
            if answer.status_code == 303:
                return self.open(answer.headers["Location"])
            if 'data-job="ended"' in answer.text:
                return answer
        raise AssertionError(answer.text)


@pytest.fixture
def signed_in(new_store: Path, tmp_path: Path) -> Iterator[Any]:
    """Makes sessions of a role, over one empty store."""
    store = EmbeddedStore(new_store)
    app = create_app(Settings(service_folder=tmp_path / "a.service", local_use=True), store)
    with TestClient(
        app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 5000), follow_redirects=False
    ) as client:
        yield lambda role: Session(client, app, role)
    store.close()


def head_of(page: str) -> dict[str, str]:
    """What the fields of the head hold."""
    found = re.findall(r'<input id="f-\w+" name="(\w+)" value="([^"]*)"', page)
    return dict(found)


def test_a_card_is_looked_at_corrected_and_stored(signed_in: Any) -> None:
    editor = signed_in(AccessRole.EDITOR)
    page = editor.read(PLAN).text
    assert "读出 <b>1</b> 个事项。<b>1</b> 处要先看。" in page
    assert '<span class="m not-read"' in page
    assert "2018年13月底前" in page
    assert head_of(page)["reference_number"] == "甲发〔2018〕7号"
    address = re.search(r'action="(/load/readings/\w+)"', page)[1]  # type: ignore[index]
    wrong = editor.send(address, {**head_of(page), "issued_on": "2018-02-30", "do": "correct"})
    assert (wrong.status_code, head_of(wrong.text)["issued_on"], 'aria-invalid="true"' in wrong.text) == (
        422,
        "2018-02-30",
        True,
    )
    # what was not seen is not stored
    first = editor.send(address, {**head_of(page), "issued_on": "2018-05-01", "do": "store"})
    look = editor.open(first.headers["Location"]).text
    assert "已按更正重读，还没有存入。" in look
    assert editor.service.store.status().counts["Document"] == 0
    stored = editor.open(editor.send(address, {**head_of(look), "do": "store"}).headers["Location"]).text
    assert "已存入" in stored
    assert editor.client.get(f"/v1/documents/{KEY}").json()["issued_on"] == "2018-05-01"
    lines = [line["event"] for line in reversed(editor.service.audit.last(30)) if line["method"] == "POST"]
    assert lines == ["job", "correct", "correct", "load"]


def test_the_stored_version_stands_beside(signed_in: Any) -> None:
    editor = signed_in(AccessRole.EDITOR)
    page = editor.read(PLAN).text
    address = re.search(r'action="(/load/readings/\w+)"', page)[1]  # type: ignore[index]
    editor.send(address, {**head_of(page), "do": "store"})
    again = editor.read(PLAN).text
    assert "与已存的一份完全相同" in again
    new = editor.read(PLAN.replace("市司法局。", "市司法局、市财政局。")).text
    assert "存入，更新已有的一份" in new
    assert "与已存的一份相比：新增 1 条职责。" in new
    cells = re.search(r'<th scope="row">牵头</th>(.*?)</tr>', new, re.S)[1]  # type: ignore[index]
    assert re.findall(r">([＋－\d]+)<", cells) == ["1", "2", "＋1"]
    clash = editor.read(PLAN.replace("甲发〔2018〕7号", "甲发〔2018〕9号").replace("甲市法治", "甲市另一")).text
    assert "现在还不能存入" in clash or "存入</button>" in clash


def test_several_files_are_a_job_that_can_be_left(signed_in: Any) -> None:
    editor = signed_in(AccessRole.EDITOR)
    page = editor.read(PLAN, PLAN.replace("7号", "8号").replace("法治政府建设", "执法"), "没有分工的一段话。").text
    assert "3 个文件：存入 <b>0</b>，读完未存入 <b>3</b>" in page
    begun = re.search(r'action="(/load/jobs/\w+)/store"', page)[1]  # type: ignore[index]
    assert f'href="{begun}"' in editor.open("/load").text
    editor.send(f"{begun}/store")
    for _ in range(600):
        page = editor.open(begun).text
        if 'data-job="ended"' in page:
            break
    assert "3 个文件：存入 <b>2</b>，读完未存入 <b>1</b>" in page
    assert "没有读出事项，也没有读出职责。" in page
    kept = re.search(r'href="(/load/readings/\w+)"[^>]*>第3件.txt', page)[1]  # type: ignore[index]
    assert editor.send(kept, {"do": "discard"}).headers["Location"] == "/load"
    assert editor.open(kept).status_code == 404


def test_a_pasted_text_is_read_whatever_it_holds(signed_in: Any) -> None:
    editor = signed_in(AccessRole.EDITOR)
    begun = editor.send("/load", {"text": PLAN.replace("清理文件", "<script>alert(1)</script>"), "name": '"><b>'})
    assert begun.status_code in (303, 415)
    hostile = editor.read(PLAN.replace("清理文件", "<script>alert(1)</script>")).text
    assert "<script>alert" not in hostile


def test_who_may_load_and_remove(signed_in: Any) -> None:
    reader, editor, admin = (signed_in(role) for role in (AccessRole.READER, AccessRole.EDITOR, AccessRole.ADMIN))
    assert 'href="/load"' not in reader.open("/documents").text
    assert 'href="/load"' in editor.open("/documents").text
    assert reader.open("/load").status_code == 403
    assert editor.client.get("/load", headers={"Accept": "text/html"}).status_code == 303  # local use: to the form
    refused = editor.send("/load", files=[("file", ("a.txt", PLAN))], csrf="wrong")
    assert refused.status_code == 403
    assert "校验码" in refused.text
    page = editor.read(PLAN).text
    address = re.search(r'action="(/load/readings/\w+)"', page)[1]  # type: ignore[index]
    editor.send(address, {**head_of(page), "do": "store"})
    gone = f"/documents/{KEY}/remove"
    assert (editor.open(gone).status_code, editor.send(gone).status_code) == (403, 403)
    assert "/remove" not in editor.open(f"/documents/{KEY}").text
    assert "/remove" in admin.open(f"/documents/{KEY}").text
    told = admin.open(gone).text
    assert "<b>1</b> 个事项、<b>1</b> 条职责" in told
    assert admin.service.store.status().counts["Document"] == 1  # it was only tried
    assert admin.send(gone).headers["Location"] == "/documents"
    assert admin.service.store.status().counts == {**admin.service.store.status().counts, "Document": 0, "Item": 0}
    assert admin.service.audit.last(1)[0]["event"] == "remove"
