"""The files of swagger-ui that /docs is made of: the recorded ones, whole, and nothing from elsewhere."""

import hashlib
import json
from importlib.resources import files
from typing import Any

FOLDER = files("api").joinpath("pages", "static", "swagger")
RECORD = json.loads(FOLDER.joinpath("VENDORED.json").read_text(encoding="utf-8"))
OUR_OWN = {"VENDORED.json", "start.js"}


def test_the_vendored_files_are_the_recorded_ones() -> None:
    there = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in FOLDER.iterdir() if f.name not in OUR_OWN}
    assert there == RECORD["sha256"]
    assert {"LICENSE", "NOTICE"} <= set(there)
    assert RECORD["version"]


def test_docs_ask_no_other_host(sample: Any) -> None:
    page = sample.client.get("/docs")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"):
        assert f"/static/swagger/{name}" in page.text
        assert sample.client.get(f"/static/swagger/{name}").status_code == 200
