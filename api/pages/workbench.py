"""Pages about the workbench itself: what the data are (关于数据), and the style guide.

The style guide shows each component in each state and is served only with the setting ``development``.

Example: ``ZEREN_DEVELOPMENT=true zeren serve`` has ``/styleguide``.

Left to others: the components (``html/parts/``, ``static/zeren.css``).
"""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.answers.chinese.rules import KIND_WORDS, rules_answer
from api.http.dependencies import ServiceDep
from api.pages.frame import FrameDep
from api.pages.router import pages
from api.pages.templates import DOCS_POLICY, page
from loaders.plan import PARSER_VERSION

router = pages()

# what the style guide shows of a colour: its custom property and what it is for
SWATCHES = (
    ("paper", "纸"),
    ("card", "面"),
    ("sunk", "凹"),
    ("ink", "墨"),
    ("ink2", "次墨"),
    ("ink3", "淡墨"),
    ("hair", "细线"),
    ("rule", "线"),
    ("edge", "框"),
    ("blue", "主色"),
    ("wash", "主色底"),
    ("focus", "焦点"),
    ("lead", "牵头"),
    ("lead-bg", "牵头底"),
    ("resp", "责任"),
    ("resp-bg", "责任底"),
    ("coop", "配合"),
    ("coop-bg", "配合底"),
    ("sup", "督导"),
    ("sup-bg", "督导底"),
    ("time", "时限"),
    ("time-bg", "时限底"),
    ("cite", "法规"),
    ("cite-bg", "法规底"),
    ("red", "已到期"),
    ("amber-fill", "临期"),
    ("green", "未到期"),
)


@router.get("/about")
def about(service: ServiceDep, frame: FrameDep) -> Response:
    rules = rules_answer()["items"]
    return page(
        "about.html",
        frame,
        build=service.build,
        parser=PARSER_VERSION,
        kinds=[(word, [one for one in rules if one["kind"] == kind]) for kind, word in KIND_WORDS.items()],
    )


@router.get("/docs")
def docs() -> Response:
    return page("docs.html", policy=DOCS_POLICY)


@router.get("/styleguide")
def styleguide(service: ServiceDep, frame: FrameDep) -> Response:
    if not service.settings.development:
        raise HTTPException(404)
    return page("styleguide.html", frame, swatches=SWATCHES)
