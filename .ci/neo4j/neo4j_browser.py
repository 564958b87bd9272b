"""Drives Neo4j Browser in a real Chromium: for the test of what we give to it, and for the pictures of docs/browser.md.

Order of steps: `opened` starts Chromium and a window; `Browser.log_in` opens the page on a server's own port, by a link
with a command in it or without, and gives name and password; `run` types a statement or a command (``:style …``) and
waits for its frame; `guide` opens a tour at the side, `take` runs a block of it; `drop` lets a file fall on the page.
`served` is what Browser takes its tour from: a real service over the sample.

Example::

    with served(address) as guide, opened() as browser:
        browser.log_in("http://localhost:7474", "play", f"{guide}/guide.html")
        browser.run("MATCH (u:Unit) RETURN u LIMIT 5")

Left to others: the server (`neo4j_server`), what is shown (tests/browser, `pictures`).
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import uvicorn
from neo4j_server import PASSWORD, USER
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

from api.app import create_app
from api.pages.neo4j_guide import PATH
from api.settings import Settings
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.store import BoltStore
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

WAIT = 30_000  # milliseconds; the page is 15 MB of script
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZE = ViewportSize(width=1360, height=720)
# the page asks these three for fonts and statistics; nothing of it is needed
ELSEWHERE = ("googleapis.com", "segment.com", "neo4j.com")

_AS_FILE = """([name, bytes]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], name));
  return carried;
}"""


class Browser:
    """One window of Neo4j Browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(WAIT)
        expect.set_options(timeout=WAIT)

    def log_in(self, address: str, command: str | None = None, argument: str = "") -> None:
        """Open the Browser of the server at ``address``, by a link that runs ``command`` when one is given."""
        _wait_for_port(address)
        link = f"?cmd={command}&arg={quote(argument, safe='')}" if command else ""
        self.page.goto(f"{address}/browser/{link}")
        self.page.get_by_test_id("username").fill(USER)
        self.page.get_by_test_id("password").fill(PASSWORD)
        self.page.get_by_test_id("connect").click()
        self.page.get_by_text("You are connected as user").wait_for()
        # what is run on connecting: the link's command, or else the page's own start
        self.page.get_by_test_id("frameCommand").filter(has_text=f":{command or 'play start'}").wait_for()

    @property
    def frame(self) -> Locator:
        """The newest frame of the stream."""
        return self.page.get_by_test_id("frame").first

    def run(self, text: str) -> Locator:
        """Run a statement or a command; its frame, once it is there."""
        self._type(text)
        return self._started(text)

    def guide(self, url: str) -> Locator:
        """Open a tour at the side of the page; that side."""
        self._type(f":guide {url}")
        self.page.get_by_test_id("editor-Run").click()
        side = self.page.get_by_test_id("guidesDrawer")
        expect(side.get_by_role("heading").first).to_be_visible()
        return side

    def take(self, block: Locator) -> Locator:
        """Click a block of the tour, which puts it into the editor, and run it; its frame."""
        text = block.inner_text().strip()
        block.click()
        expect(self.page.get_by_test_id("activeEditor")).to_contain_text(_start(text))
        return self._started(text)

    def drop(self, name: str, content: bytes) -> None:
        """Let a file fall on the page."""
        carried = self.page.evaluate_handle(_AS_FILE, [name, list(content)])
        self.page.dispatch_event("[data-testid=main]", "drop", {"dataTransfer": carried})

    def settled(self) -> Locator:
        """The nodes of the newest frame, once they have stopped moving."""
        nodes = self.frame.locator("g.node")
        expect(nodes.first).to_be_visible()
        before: list[str | None] = []
        while (now := [node.get_attribute("transform") for node in nodes.all()]) != before:
            before = now
            self.page.wait_for_timeout(400)
        return nodes

    def _type(self, text: str) -> None:
        self.page.get_by_test_id("activeEditor").locator("textarea").first.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def _started(self, text: str) -> Locator:
        self.page.get_by_test_id("editor-Run").click()
        expect(self.frame.get_by_test_id("frameCommand")).to_contain_text(_start(text))
        return self.frame


@contextmanager
def opened() -> Iterator[Browser]:
    """A window in a Chromium of its own, which asks nobody outside this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("ZEREN_CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        page = chromium.new_page(viewport=SIZE)
        page.route(lambda url: (urlsplit(url).hostname or "").endswith(ELSEWHERE), lambda route: route.abort())
        yield Browser(page)
        chromium.close()


@contextmanager
def served(address: ServerAddress) -> Iterator[str]:
    """Load the sample into the server and serve it; the address under which Browser may ask for the tour."""
    store = BoltStore(address)
    load_plan(parse_plan(read_path("examples/loudi-2017.txt")), store, now="2026-01-01T00:00:00+00:00")
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(port=port, local_use=True), store), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://localhost:{port}{PATH}"
    finally:
        server.should_exit = True
        thread.join(20)
        store.close()


def _start(text: str) -> str:
    """What of a text stands in one line wherever it is shown."""
    return text.splitlines()[0][:20].strip()


def _wait_for_port(address: str) -> None:
    """Bolt answers a moment before HTTP does."""
    url, end = urlsplit(address), time.monotonic() + WAIT / 1000
    while True:
        try:
            socket.create_connection((url.hostname, url.port), timeout=2).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
