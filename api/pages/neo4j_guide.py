"""The files of ``cypher/browser/``, served under ``/neo4j-guide/`` to Neo4j Browser.

| address | what it is | how Browser takes it |
|---|---|---|
| ``guide.html`` | the guided tour | ``:guide URL``, ``:play URL``, or the link ``/browser/?cmd=play&arg=URL`` |
| ``style.grass`` | captions, colours, widths | ``:style URL`` |
| ``queries.zip`` | the saved queries | dropped on the page, it becomes a folder of favourites |
| ``queries/NAME.cypher`` | one of them | dropped on the page |

Browser runs on the port of the Neo4j server, which is another origin, and sends extra headers, so it sends a preflight
first.  Only this part of the application answers the preflight: ``/v1`` stays closed to other origins.  No key is needed,
because nothing here comes from the graph.

Browser takes content only from allowed hosts, by default ``localhost``.  So the addresses inside the tour say ``localhost``
if the request says 127.0.0.1.

Example: ``:play http://localhost:8000/neo4j-guide/guide.html``.

Left to others: the Host check (`api.http.middleware`), the texts and the queries (``cypher/browser/``).
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from api.pages.templates import page
from api.settings import is_loopback

PATH = "/neo4j-guide"
FOLDER = "责任图谱"  # of the favourites
BROWSER = "http://localhost:7474/browser/"  # where Neo4j serves it unless told otherwise

# for the tour opened by itself: it names its colours inline
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # an archive of the same files is the same bytes


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One statement with its title, the first line of its file: ``// 一个单位的职责``."""

    name: str
    title: str
    text: str


@cache
def saved_queries() -> dict[str, SavedQuery]:
    """The saved queries by name, in the order of their names."""
    found = {}
    folder = files("cypher").joinpath("browser", "queries")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        text = file.read_text(encoding="utf-8")
        name = file.name.removesuffix(".cypher")
        found[name] = SavedQuery(name, text.partition("\n")[0].removeprefix("// "), text)
    return found


def style() -> str:
    """The style file for Browser."""
    return files("cypher").joinpath("browser", "style.grass").read_text(encoding="utf-8")


def guide(address: str) -> str:
    """The tour, with ``address`` (that of this part of the service) in its links."""
    return _templates().get_template("guide.html").render(address=address, query=_statement)


def archive() -> bytes:
    """All saved queries as one archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for query in saved_queries().values():
            packed.writestr(zipfile.ZipInfo(f"{FOLDER}/{query.name}.cypher", _LONG_AGO), query.text)
    return made.getvalue()


def guide_mount() -> Mount:
    """The part of the application for Neo4j Browser, which answers its preflight."""
    return Mount(
        PATH,
        routes=[
            Route("/", _index),
            Route("/guide.html", _guide),
            Route("/style.grass", _fixed(style, "text/plain")),
            Route("/queries.zip", _fixed(archive, "application/zip")),
            Route("/queries/{name}.cypher", _query),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET"],
                allow_headers=["*"],
                allow_private_network=True,
            )
        ],
        name="neo4j-guide",
    )


async def _index(request: Request) -> Response:
    address = _address(request)
    play = f"{BROWSER}?cmd=play&arg={quote(f'{address}/guide.html', safe='')}"
    return page("neo4j_guide.html", address=address, play=play, queries=saved_queries().values())


async def _guide(request: Request) -> Response:
    return _answer(guide(_address(request)), "text/html")


async def _query(request: Request) -> Response:
    query = saved_queries().get(request.path_params["name"])
    if query is None:
        raise HTTPException(404)
    return _answer(query.text, "text/plain")


def _fixed(make: Callable[[], str | bytes], media_type: str) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        return _answer(make(), media_type)

    return answer


def _answer(content: str | bytes, media_type: str) -> Response:
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": _POLICY}
    return Response(content, headers=headers, media_type=media_type)


def _address(request: Request) -> str:
    """The address of this part as Browser may ask for it; the request guard has checked the Host."""
    url = urlsplit(str(request.base_url))
    host = url.hostname or ""
    shown = "localhost" if is_loopback(host) else f"[{host}]" if ":" in host else host
    return f"{url.scheme}://{shown}{'' if url.port is None else f':{url.port}'}{url.path.rstrip('/')}{PATH}"


def _statement(name: str) -> str:
    return saved_queries()[name].text.strip()


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("cypher", "browser"), autoescape=True, undefined=StrictUndefined)
