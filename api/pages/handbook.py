"""The handbook for auditors (手册): pages of Markdown, served with their pictures.

The pages are ``docs/handbook/NN-name.md``; ``api/pages/handbook`` is a link to that folder, and a copy of it in the wheel.  The first line of a page is its
title; a link to another page of the handbook or to a picture becomes an address of the service, one to another page of
``docs/`` becomes its words alone, for the service does not have it.

Example: ``/handbook/03-why-due`` says how a date came about.

Left to others: the words (``docs/handbook/``), the pictures (``.ci/handbook_pictures.py``).
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.pages.frame import FrameDep
from api.pages.router import Ref, pages
from api.pages.templates import page

_FOLDER = files("api").joinpath("pages", "handbook")
_PAGE = re.compile(r"\d\d-[a-z-]+")
_PICTURE = re.compile(r"[a-z-]+\.png")
router = pages()


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One page: its name in an address, its title, its text as HTML."""

    name: str
    title: str
    text: Markup


@cache
def handbook() -> dict[str, HandbookPage]:
    """Every page by its name, in the order of their numbers."""
    found = sorted((one for one in _FOLDER.iterdir() if one.name.endswith(".md")), key=lambda one: one.name)
    return {made.name: made for made in map(_read, found)}


def _read(path: Traversable) -> HandbookPage:
    markdown = MarkdownIt("commonmark").enable("table")
    title, _, rest = path.read_text(encoding="utf-8").partition("\n")
    tokens = markdown.parse(rest)
    for token in tokens:
        token.children = _linked(token.children or []) if token.type == "inline" else token.children
    # our own files alone are rendered, never what a user wrote
    return HandbookPage(
        path.name.removesuffix(".md"),
        title.removeprefix("# "),
        Markup(markdown.renderer.render(tokens, markdown.options, {})),
    )


def _linked(tokens: list[Token]) -> list[Token]:
    """The words of a paragraph with their links and pictures as addresses of the service."""
    kept: list[Token] = []
    outside = False
    for token in tokens:
        if token.type == "link_open":
            name = str(token.attrGet("href")).removesuffix(".md")
            outside = not _PAGE.fullmatch(name)
            token.attrSet("href", f"/handbook/{name}")
        elif token.type == "image":
            token.attrSet("src", f"/handbook/{token.attrGet('src')}")
            token.attrSet("loading", "lazy")
        if not (outside and token.type in ("link_open", "link_close")):
            kept.append(token)
        outside = outside and token.type != "link_close"
    return kept


@router.get("/handbook")
def handbook_pages(frame: FrameDep) -> Response:
    return page("handbook.html", frame, pages=handbook(), shown=None)


@router.get("/handbook/{ref}")
def handbook_page(frame: FrameDep, ref: Ref) -> Response:
    if ref not in handbook():
        raise HTTPException(404, f"The handbook has no page {ref[:80]!r}; it has {', '.join(handbook())}.")
    return page("handbook.html", frame, pages=handbook(), shown=handbook()[ref])


@router.get("/handbook/pictures/{ref}")
def handbook_picture(ref: Ref) -> Response:
    path = _FOLDER.joinpath("pictures", ref)
    if not _PICTURE.fullmatch(ref) or not path.is_file():
        raise HTTPException(404, f"The handbook has no picture {ref[:80]!r}.")
    return Response(path.read_bytes(), media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})
