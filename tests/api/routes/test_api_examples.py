"""The examples of ``docs/api-conventions.md``, which stand in ``docs/api.md``, and those of ``docs/client.md``: each is run, and its
answer is as the page says.

In an expected answer ``…`` as a value stands for anything, as the last entry of a list for further entries; an answer may have further
keys, as the contract has it.
"""

import json
import re
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.test_serve import Place, stop
from tests.api.conftest import Served

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "api-conventions.md").read_text("utf-8")
EXAMPLES = re.findall(r"```http\n(.*?)```\n\n```(json|csv)\n(.*?)```", PAGE, re.DOTALL)


def fits(expected: Any, met: Any) -> bool:
    """Whether an answer is what an example says."""
    if expected == "…":
        return True
    if isinstance(expected, dict):
        wanted = {key: value for key, value in expected.items() if key != "…"}
        return isinstance(met, dict) and wanted.keys() <= met.keys() and all(fits(v, met[k]) for k, v in wanted.items())
    if isinstance(expected, list):
        if expected and expected[-1] == "…" and len(met) != len(expected):
            expected = expected[:-1]
            met = met[: len(expected)]
        return isinstance(met, list) and len(met) == len(expected) and all(map(fits, expected, met))
    return bool(expected == met)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 7
    assert PAGE.strip() in (DOCS / "api.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("request_text", "form", "expected"), EXAMPLES, ids=[one[0].split("\n")[0] for one in EXAMPLES]
)
def test_an_example_is_answered_as_the_page_says(
    two_cities: Served, sample: Served, request_text: str, form: str, expected: str
) -> None:
    head, _, body = request_text.partition("\n\n")
    line, *headers = head.strip().split("\n")
    method, _, address = line.partition(" ")
    # judging writes: that service is one of which tests may do so
    service = two_cities if "judgements" in address else sample
    said = {name: value.strip() for name, _, value in (one.partition(":") for one in headers)}
    if "judgements" in address:
        address += "?region=娄底市"
    key = service.key if method == "POST" else {}
    answer = service.client.request(method, address, content=body.encode(), headers={**said, **key})
    if form == "csv":
        assert answer.text.splitlines()[: len(expected.splitlines())] == expected.splitlines()
        return
    wanted = json.loads(expected)
    assert fits(wanted, answer.json()), json.dumps(answer.json(), ensure_ascii=False, indent=1)[:2000]
    if "status" in wanted:
        assert answer.headers["content-type"].startswith("application/problem+json")


@pytest.mark.server
def test_the_example_of_the_client_runs(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample_folder, tmp_path / "store")
    process, address = Place(tmp_path).serve()
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "client.md").read_text("utf-8"), re.DOTALL)
    try:
        exec(compile(code.replace("http://127.0.0.1:8000", address), "client.md", "exec"), {})
    finally:
        stop(process, signal.SIGTERM)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "18"
    assert "改革行政执法体制" in said
