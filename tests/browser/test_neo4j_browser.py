"""Neo4j Browser itself, on a real server's own port, with the tour, the style and the saved queries of a real service.

What the queries answer is tested in tests/cypher; here: that Browser takes what we serve, in the ways the docs name.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from neo4j_browser import Browser, opened, served
from neo4j_server import Server
from playwright.sync_api import Locator, expect

from api.pages.neo4j_guide import archive, saved_queries
from graph.store.neo4j.address import ServerAddress

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(300)]


@pytest.fixture
def guide(blank: ServerAddress) -> Iterator[str]:
    with served(blank) as address:
        yield address


@pytest.fixture
def window() -> Iterator[Browser]:
    with opened() as made:
        yield made


def uncovered(nodes: Locator, panel: Locator) -> Locator:
    """A node that the panel at the right does not cover: a drawing lays its nodes out anew each time."""
    edge = panel.bounding_box()
    assert edge is not None
    return next(node for node in nodes.all() if (box := node.bounding_box()) and box["x"] + box["width"] < edge["x"])


def test_browser_takes_the_tour_the_style_and_the_queries(guide: str, own_server: Server, window: Browser) -> None:
    page = window.page
    # the link that people share
    window.log_in(f"http://localhost:{own_server.http}", "play", f"{guide}/guide.html")
    played = page.get_by_test_id("frame").filter(has_text=":play")
    expect(played.get_by_role("heading", name="责任图谱导览")).to_be_visible()

    # the tour at the side: its first slide applies the style
    side = window.guide(f"{guide}/guide.html")
    side.get_by_text("套用样式", exact=True).click()
    expect(window.frame.get_by_test_id("frameCommand")).to_contain_text(":style")
    expect(window.frame).to_contain_text("node.Unit")

    # its third slide shows a unit's duties, with names and roles in Chinese and widths by role
    for _ in range(2):
        page.get_by_test_id("guideNextSlide").click()
    frame = window.take(side.locator("pre.runnable").first)
    nodes = window.settled()
    assert nodes.count() == 29
    assert all(text.strip() for text in nodes.all_text_contents())
    unit = nodes.filter(has_text="市政府法制办")
    assert unit.locator("circle.b-outline").get_attribute("fill") == "#1F5FA8"
    lines = frame.locator("g.relationship path.b-outline")
    assert Counter(line.get_attribute("fill") for line in lines.all()) == {"#C0392B": 17, "#1F5FA8": 11}
    assert "牵头" in frame.locator("g.relationship").all_text_contents()

    # a click on a node shows what it is called, and of a long text only the beginning
    shown = frame.get_by_test_id("vizInspector")
    uncovered(nodes.filter(has_text=re.compile(r"^\s*\d+")), shown).click()
    expect(shown).to_contain_text("heading")
    assert len(shown.inner_text()) < 1500

    # the archive of saved queries, dropped on the page, becomes favourites
    window.drop("queries.zip", archive())
    page.get_by_test_id("navigationFavorites").click()
    page.get_by_text("责任图谱", exact=True).click()
    for query in saved_queries().values():
        expect(page.get_by_text(query.title).first).to_be_visible()
