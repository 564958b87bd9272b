"""The handbook: every page is served with its pictures, links lead on, and nothing in it is written that is not there."""

import re
from pathlib import Path
from typing import Any

import pytest

HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook"
NAMES = sorted(path.stem for path in HANDBOOK.glob("*.md"))


def test_the_pages_stand_in_order_with_one_for_each_task(sample: Any) -> None:
    page = sample.client.get("/handbook").text
    assert len(NAMES) == 12
    assert [name for name in NAMES if f'href="/handbook/{name}"' not in page] == []
    assert sample.client.get("/handbook/13-nothing").status_code == 404
    assert sample.client.get("/handbook/pictures/nothing.png").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_its_title_its_pictures_and_its_links(sample: Any, name: str) -> None:
    title, _, text = (HANDBOOK / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    page = sample.client.get(f"/handbook/{name}")
    assert f"<h1>{title.removeprefix('# ')}</h1>" in page.text
    article = page.text[page.text.index("<article") : page.text.index("</article>")]
    pictures = re.findall(r"\((pictures/[a-z-]+\.png)\)", text)
    assert pictures == re.findall(r'src="/handbook/([^"]+)"', article)
    for picture in pictures:
        answer = sample.client.get(f"/handbook/{picture}")
        assert (answer.status_code, answer.content[:4]) == (200, b"\x89PNG")
    for link in re.findall(r'href="([^"]+)"', article):
        assert sample.client.get(link).status_code == 200, link
    assert "](" not in article


def test_each_picture_is_shown_somewhere() -> None:
    shown = set(
        re.findall(r"\(pictures/([a-z-]+\.png)\)", "".join(p.read_text("utf-8") for p in HANDBOOK.glob("*.md")))
    )
    assert {path.name for path in (HANDBOOK / "pictures").iterdir()} == shown
