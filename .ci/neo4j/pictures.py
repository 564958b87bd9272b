"""Takes the pictures of docs/browser.md: a real Neo4j, a real service over the sample, a real Neo4j Browser.

Order of steps: a server in a folder of its own is started and the sample loaded; the service serves it on a free port;
Chromium logs in to Neo4j Browser by the link that people share; each function of `PICTURES` makes one picture.

Example: ``make pictures`` writes ``docs/pictures/*.png``.

Left to others: what is shown (``cypher/browser/``), how the page is driven (`neo4j_browser`).
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from neo4j_browser import Browser, opened, served
from neo4j_server import PASSWORD, USER, Server
from playwright.sync_api import Locator, expect

from api.pages.neo4j_guide import archive
from graph.store.neo4j.address import ServerAddress

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"


def tour(browser: Browser) -> None:
    """The first slide, as the link opens it."""
    browser.page.get_by_test_id("frame").filter(has_text=":server connect").get_by_role("button", name="Close").click()


def outline(browser: Browser) -> None:
    """The tour at the side, the style applied, the plan's outline."""
    _clear(browser)
    _next(browser)
    browser.take(_blocks(browser).first)
    _tidy(browser)


def unit_duties(browser: Browser) -> None:
    """A unit and its items, the widths by role; as large as the window."""
    _clear(browser)
    _next(browser)
    browser.take(_blocks(browser).first)
    browser.frame.get_by_role("button", name="Fullscreen").click()
    _tidy(browser)


def duty_evidence(browser: Browser) -> None:
    """The same as a table, with the words of the text."""
    browser.frame.get_by_role("button", name="Close fullscreen").click()
    _clear(browser)
    browser.take(_blocks(browser).last)
    expect(browser.frame.get_by_text("改革行政执法体制")).to_be_visible()


def item_card(browser: Browser) -> None:
    """One item with all that belongs to it; a click on a line shows the words that prove it."""
    _clear(browser)
    _next(browser)
    browser.take(_blocks(browser).first)
    browser.settled()
    browser.page.get_by_test_id("navigationGuides").click()  # folds the tour
    browser.settled()
    browser.page.wait_for_timeout(800)
    _pane(browser, "Expand")
    line = browser.frame.locator("g.relationship").filter(has_text="牵头").first
    line.locator("path.overlay").click(force=True)
    browser.frame.get_by_test_id("vizInspector").get_by_text("quote", exact=True).scroll_into_view_if_needed()


def favourites(browser: Browser) -> None:
    """The saved queries as favourites, after the archive was dropped on the page."""
    browser.drop("queries.zip", archive())
    browser.page.get_by_test_id("navigationFavorites").click()
    browser.page.get_by_text("责任图谱", exact=True).click()
    browser.page.get_by_text("按词查找事项").wait_for()


PICTURES: tuple[Callable[[Browser], None], ...] = (tour, outline, unit_duties, duty_evidence, item_card, favourites)


def main() -> int:
    """Take them all; each is named after its function."""
    os.chdir(ROOT)
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        _server(Path(home)) as server,
        served(ServerAddress(server.uri, USER, PASSWORD, "neo4j")) as guide,
        opened() as browser,
    ):
        browser.log_in(f"http://localhost:{server.http}", "play", f"{guide}/guide.html")
        for take in PICTURES:
            if take is outline:
                side = browser.guide(f"{guide}/guide.html")
                side.get_by_text("套用样式", exact=True).click()
                expect(browser.frame).to_contain_text("node.Unit")
            take(browser)
            browser.page.mouse.move(700, 700)  # nothing lit up under the pointer
            browser.page.wait_for_timeout(500)
            path = FOLDER / f"{take.__name__.replace('_', '-')}.png"
            browser.page.screenshot(path=path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")
    return 0


def _clear(browser: Browser) -> None:
    for close in reversed(browser.page.get_by_role("button", name="Close").all()):
        close.click()


def _next(browser: Browser) -> None:
    browser.page.get_by_test_id("guideNextSlide").click()


def _blocks(browser: Browser) -> Locator:
    return browser.page.get_by_test_id("guidesDrawer").locator("pre.runnable")


def _tidy(browser: Browser) -> None:
    """Fold the pane that covers a part of the graph, and fit the graph into the room."""
    browser.settled()
    _pane(browser, "Collapse")
    browser.frame.get_by_role("button", name="zoom-to-fit").click()
    browser.page.wait_for_timeout(800)


def _pane(browser: Browser, how: str) -> None:
    """Fold or unfold the pane of properties; the page remembers it from one frame to the next."""
    button = browser.frame.get_by_role("button", name=f"{how} the node properties display")
    if button.count():
        button.click()
        browser.page.wait_for_timeout(300)


@contextmanager
def _server(home: Path) -> Iterator[Server]:
    server = Server(home)
    try:
        yield server.start()
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
