"""The files that come from elsewhere: swagger-ui, which /docs is made of, and cytoscape, which /explore draws with. They are
the recorded ones, whole.
"""

import hashlib
import json
from importlib.resources import files
from typing import Any

import pytest

STATIC = files("api").joinpath("pages", "static")
OUR_OWN = {"swagger": {"start.js"}, "explore": {"explore.js", "neighbours.js"}}


@pytest.mark.parametrize("name", OUR_OWN)
def test_the_vendored_files_are_the_recorded_ones(name: str) -> None:
    folder = STATIC.joinpath(name)
    record = json.loads(folder.joinpath("VENDORED.json").read_text(encoding="utf-8"))
    ours = {"VENDORED.json", *OUR_OWN[name]}
    there = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir() if f.name not in ours}
    assert there == record["sha256"]
    assert any(one.startswith("LICENSE") for one in there)
    assert record["version"]


def test_docs_ask_no_other_host(sample: Any) -> None:
    page = sample.client.get("/docs")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"):
        assert f"/static/swagger/{name}" in page.text
        assert sample.client.get(f"/static/swagger/{name}").status_code == 200
