"""The tools that an assistant may use, and the address of ``/v1`` that each of them asks.

A tool has no answer of its own: its arguments become the parameters of a GET, and the body of that answer, with words and
places (``evidence=full``), is the result.  So rows, cursors, totals, what was left out and what was not understood are those of REST.

>>> request_of("duties", {"unit": "A:b", "role": "lead", "limit": 5})
('/v1/units/A%3Ab/duties', {'role': 'lead', 'limit': '5', 'evidence': 'full'})

Left to others: the protocol (`api.mcp.server`), sending the request (`api.mcp.route`, `api.mcp.stdio`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from graph.errors import ParameterError

Schema: TypeAlias = dict[str, Any]
_PAGE = {"limit": "integer", "after": "string"}
_PLACE = {"region": "string", "document": "string"}
_WHAT = {
    "limit": "每页行数，1–500",
    "after": "上一页的 next",
    "region": "地区，含下级",
    "document": "文件的编号、标题或文号",
}
_DEFAULT_ROWS = 20
# how an answer is written, which is the tool's matter
_FORM = frozenset({"format", "bom", "raw", "heads", "contacts", "whole", "evidence", "limit", "after"})
_LONGEST = 2000  # characters of one argument


@dataclass(frozen=True, slots=True)
class Tool:
    """``path`` is the address, with the arguments in it that stand in braces; the others are its parameters."""

    name: str
    path: str
    says: str
    takes: Mapping[str, str]  # argument -> type
    needs: tuple[str, ...] = ()
    what: Mapping[str, str] | None = None
    evidence: bool = True

    @property
    def schema(self) -> Schema:
        """What the tool takes, as JSON Schema."""
        told = {**_WHAT, **(self.what or {})}
        given = {
            name: {"type": kind, **({"description": told[name]} if name in told else {})}
            for name, kind in self.takes.items()
        }
        made: Schema = {"type": "object", "properties": given, "additionalProperties": False}
        return made | {"required": list(self.needs)} if self.needs else made


_REF = {"ref": "编号或名称"}
_ROLE = "lead 牵头 · responsible 责任 · cooperating 配合 · supervising 督导"
_TOOLS = (
    Tool("ask", "/v1/ask", "用中文提问，如“市政府法制办牵头哪些事项”。read_as 是理解成的问题；没有用上的词在 unused、unread，不要当作已回答。",
         {"q": "string", **_PLACE, **_PAGE}, ("q",)),
    Tool("questions", "/v1/questions", "可以问的固定问题：名称、参数、含义和易错之处。", {}, evidence=False),
    Tool("question", "/v1/questions/{name}", "问一个固定问题，参数见 questions。",
         {"name": "string", "parameters": "object", **_PAGE}, ("name",)),
    Tool("items", "/v1/items", "符合条件的事项。where 如 lead(市编办) and due-by(2018-12-31)；条件见 conditions。",
         {"where": "string", "q": "string", "sort": "string", **_PLACE, **_PAGE}, (), {"sort": "due 或 -due"}),
    Tool("conditions", "/v1/conditions", "where 里可用的条件。", {}, evidence=False),
    Tool("search", "/v1/search", "全文检索单位、文件、法规、事项和原文。", {"q": "string", "kind": "string", **_PLACE, **_PAGE}, ("q",),
         {"kind": "unit · document · regulation · item · text"}, evidence=False),
    Tool("item", "/v1/items/{ref}", "一个事项的全部：职责、时限、引用、疑点。", {"ref": "string", "document": "string"}, ("ref",), _REF),
    Tool("unit", "/v1/units/{ref}", "一个单位。", {"ref": "string", **_PLACE}, ("ref",), _REF, evidence=False),
    Tool("duties", "/v1/units/{unit}/duties", "一个单位的全部职责，每条有原文和位置。",
         {"unit": "string", "role": "string", **_PLACE, **_PAGE}, ("unit",), {"role": _ROLE}),
    Tool("timeline", "/v1/units/{unit}/timeline", "一个单位的事项，按期限先后。",
         {"unit": "string", "role": "string", "as_of": "string", "light": "string", **_PLACE, **_PAGE}, ("unit",),
         {"as_of": "以哪天为准，如 2018-06-01", "light": "red 已超期 · yellow 临期 · green"}),
    Tool("document", "/v1/documents/{ref}", "一份文件。", {"ref": "string"}, ("ref",), _REF),
    Tool("documents", "/v1/documents", "已载入的文件。", {"q": "string", "region": "string", **_PAGE}, evidence=False),
    Tool("regulation", "/v1/regulations/{ref}", "一部被引用的法规或文件。", {"ref": "string"}, ("ref",), _REF, evidence=False),
    Tool("citing", "/v1/regulations/{regulation}/citing-items", "引用一部法规的事项。",
         {"regulation": "string", "relation": "string", **_PLACE, **_PAGE}, ("regulation",)),
    Tool("chains", "/v1/paths", "两者之间的责任链路；from、to 如 unit:市编办、regulation:…、item:…。",
         {"from": "string", "to": "string", **_PLACE}, ("from", "to")),
    Tool("findings", "/v1/findings", "疑点：无人牵头、期限冲突等。", {"rule": "string", "unit": "string", **_PLACE, **_PAGE}),
    Tool("place", "/v1/documents/{document}/place", "原文的一处：[start, end) 的字（按码位）和前后文，用来核对引文。",
         {"document": "string", "start": "integer", "end": "integer", "around": "integer"}, ("document", "start", "end"),
         {"around": "前后各多少字"}, evidence=False),
)  # fmt: skip
TOOLS = {tool.name: tool for tool in _TOOLS}


def request_of(name: str, arguments: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The address and the parameters that a call asks for. Raises ParameterError for a tool or arguments that there are not."""
    tool = TOOLS.get(name)
    if tool is None:
        raise ParameterError(f"there is no tool {name[:80]!r}; expected one of {', '.join(TOOLS)}.")
    given = {key: value for key, value in arguments.items() if value is not None}
    if unknown := sorted(given.keys() - tool.takes.keys()):
        raise ParameterError(
            f"the tool {name!r} takes no {unknown[0][:80]!r}; expected {', '.join(tool.takes) or 'nothing'}."
        )
    if lacking := [key for key in tool.needs if key not in given]:
        raise ParameterError(f"the tool {name!r} needs {', '.join(lacking)}.")
    own = given.pop("parameters", {}) if tool.takes.get("parameters") == "object" else {}
    if not isinstance(own, Mapping):
        raise ParameterError("'parameters' is no object; expected the question's own parameters by their names.")
    if form := sorted(_FORM & own.keys()):
        raise ParameterError(
            f"the tool {name!r} takes no {form[0]!r}; expected the question's own parameters, limit and after."
        )
    words = {str(key): _word(str(key), value) for key, value in {**own, **given}.items() if value is not None}
    path = tool.path
    for key in tool.needs:
        if f"{{{key}}}" in path:
            path = path.replace(f"{{{key}}}", _segment(key, words.pop(key)))
    if "limit" in tool.takes:
        words.setdefault("limit", str(_DEFAULT_ROWS))
    if tool.evidence:
        words["evidence"] = "full"
    return path, words


def _word(name: str, value: object) -> str:
    """A value as a parameter has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int):
        raise ParameterError(f"{name[:80]!r} is {type(value).__name__}; expected a word or a number.")
    if len(word := str(value)) > _LONGEST:
        raise ParameterError(f"{name[:80]!r} has more than {_LONGEST} characters; expected fewer.")
    return word


def _segment(name: str, word: str) -> str:
    """A name as a part of a path. A slash is none of it: names may have one, and the service takes it in full width."""
    if word in ("", ".", ".."):
        raise ParameterError(f"{name!r} is {word!r}; expected an id or a name.")
    return quote(word.replace("/", "／"), safe="")
