"""A service over a small plan, with a key for each of four people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.contract import Store
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

PLAN = """青川县人民政府文件

青政发〔2026〕4号

青川县法治政府建设实施方案

一、健全制度

1.完善审批制度。建立清单并向社会公布。

牵头单位：县编办、县司法局。

2.规范执法程序。制定裁量基准。

责任单位：各有关部门。

3.加强监督。每年开展一次检查。

牵头单位：县司法局。
"""
DOCUMENT = "青川县-青政发2026-4"


@dataclass(frozen=True)
class Desk:
    client: TestClient
    store: Store
    keys: dict[str, dict[str, str]]

    def load(self, text: str) -> None:
        load_plan(parse_plan(text), self.store, now="2026-01-02T00:00:00+00:00", replace=True)

    def note(self, who: str = "editor", **given: Any) -> Any:
        return self.client.post("/v1/notes", json=given, headers=self.keys[who])

    def row(self, key: str) -> dict[str, Any]:
        return dict(self.client.get(f"/v1/notes/{key}", headers=self.keys["reader"]).json())

    @property
    def items(self) -> list[dict[str, Any]]:
        answer = self.client.get(f"/v1/documents/{DOCUMENT}/items", headers=self.keys["reader"]).json()
        return list(answer["items"])

    @property
    def text(self) -> str:
        return self.client.get(f"/v1/documents/{DOCUMENT}/text", headers=self.keys["reader"]).text


def opened(store: Store) -> Iterator[Desk]:
    with TestClient(create_app(Settings(), store), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        ring = client.app.state.service.keys  # type: ignore[attr-defined]
        people = {
            "reader": AccessRole.READER,
            "editor": AccessRole.EDITOR,
            "other": AccessRole.EDITOR,
            "admin": AccessRole.ADMIN,
        }
        keys = {name: {"Authorization": f"Bearer {ring.create(name, role)}"} for name, role in people.items()}
        desk = Desk(client, store, keys)
        desk.load(PLAN)
        yield desk
