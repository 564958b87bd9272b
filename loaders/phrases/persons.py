"""Persons: the names of leaders in a list (张三、李四, 杨 玲（副县长）), without their posts.

1. A name is two to four characters up to a mark, a blank, a bracket or the end.  A post may stand before it (党委书记 高远,
   副县长李文) or after it in brackets; a post without a name (分管领导) is no name.
2. Where one label asks for bodies and persons (责任单位及责任人：县工信局（王建）、县教育局 赵学文), `split_persons` separates them.
3. A person glued to bodies (市财政局王志强市教育局) is recognised by a family name of the vocabulary.

>>> text = "张三、李小四（副县长），党委书记 高远、分管领导"
>>> [text[slice(*name)] for name in persons(text, 0, len(text))]
['张三', '李小四', '高远']

Left to others: the label before the list (`loaders.duties.labels`, `loaders.duties.group_leaders`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from graph.model import Span
from loaders.lexicon.bodies import looks_like_body
from loaders.lexicon.roles import DOES
from loaders.lexicon.vocabulary import any_of, load_yaml

# 张三 · 杨 玲 (a blank within) · 欧阳小五 ; then a mark, a blank, a bracket or the end
NAME = re.compile(
    r"""
    [ \t]*
    (?P<name>
        (?! [各县市镇] | 有关 | 相关 )                              # not 各镇, 县局, 有关人
        [\u4e00-\u9fff]
        (?: [ ]{1,2} [\u4e00-\u9fff] (?![\u4e00-\u9fff])  # 杨 玲
          | [\u4e00-\u9fff]{1,3}                                    # 张三 · 欧阳小五
        )
    )
    (?= [、，,；;。\s(（] | $ )
    """,
    re.VERBOSE,
)
# what ends a post, a body or a kind of persons: 副县长 · 分管领导 · 教育局 ; not a name
POST = re.compile(rf"(?:{'|'.join((*load_yaml('persons')['posts'], *load_yaml('persons')['ends_of_posts']))})$")
_PART = re.compile(r"[、，,；;]")
_OF_PLACE = re.compile(r"..[镇乡村]$|街道$")
# what a post ends with: 副县长, 县委常委, 党组书记 ; a kind of persons (分管领导) is none
OF_POST = re.compile(rf"(?:{'|'.join(load_yaml('persons')['ends_of_posts'])})$")
KIND_OF_PERSONS = re.compile(rf"(?:{'|'.join(load_yaml('persons')['kinds'])})$")
_POST_BEHIND = re.compile(r"[ \t]*[(（](?P<post>[^()（）\n]{2,24})[)）]")
# 党委书记 高远 · 副县长李文: the name behind a post
_POSTS = r"(?:书记|主任|主席|[局县市区镇乡部处科校院所站队厅行]长|经理|董事长|秘书长|委员|常委|政委|厂长|总监|总工程师|会长|园长|主管|组长|助理)"
BEHIND_POST = re.compile(rf"{_POSTS}[ \t]*(?P<name>[\u4e00-\u9fff](?:[ ]{{1,2}})?[\u4e00-\u9fff]{{1,2}})同?志?$")
# 县工信局（王建） · 县教育局 赵学文: a person with his body
IN_BRACKET = re.compile(
    rf"""
    [(（] (?: [^()（）]{{0,16}}? {_POSTS} )? [ \t:：]*  # （副局长：
    (?P<names> [\u4e00-\u9fff]{{2,4}} (?: [、，, ] [\u4e00-\u9fff]{{2,4}} )* )  # 王建、李四
    [)）] $
    """,
    re.VERBOSE,
)
BEHIND_BLANK = re.compile(r"[ \t]+(?P<names>[\u4e00-\u9fff]{2,3})$")
# 门诊部/林静
BEHIND_STROKE = re.compile(r"[/／](?P<names>[\u4e00-\u9fff]{2,3})$")
_FORMS = (IN_BRACKET, BEHIND_BLANK, BEHIND_STROKE)
_BODY_END = re.compile(r"[局委办厅部院府会联中心司行站所室校处科队]$")


_GLUED_NAME = (
    rf"(?P<name>(?:欧阳|上官|诸葛|司马|[{load_yaml('persons')['surnames']}])(?!新区|开区)[\u4e00-\u9fff]{{1,2}})"
)
# 王志强: a word with the form of a name
PERSON = re.compile(_GLUED_NAME)
GLUED = re.compile(rf"(?<=[局委办厅部院府会联心司门位行社处站室组所关)）]){_GLUED_NAME}(?=[省市县区州镇乡各国])")
LAST = re.compile(rf"{_GLUED_NAME}$")
_FAMILY = re.compile(
    rf"""
    (?: 欧阳 | 上官 | 诸葛 | 司马 | [{load_yaml("persons")["surnames"]}] ) [ ]{{0,2}} [\u4e00-\u9fff]{{1,2}}  # 赵海峰
    (?: [(（] [^()（）]{{2,24}} [)）] )? $                                                                  # （副县长）
    """,
    re.VERBOSE,
)
# 应建军（柳溪镇镇长）: whoever has a post behind his name
_WITH_POST = re.compile(
    rf"[\u4e00-\u9fff]{{2,3}}[ \t]*[(（][^()（）]{{0,20}}(?:{'|'.join(load_yaml('persons')['ends_of_posts'])})[)）]"
)
# 县工信局王建: the person behind his body, where both are asked for
BEHIND_BODY = re.compile(rf"(?<=[局委办厅部院府会联心司行站所]){_GLUED_NAME}$")
_LONGEST_NAME, _LONGEST_POSTS = 4, 60
_ENDS_OF_POSTS = "|".join(load_yaml("persons")["ends_of_posts"])
_FAMILY_NAME = rf"(?:{'|'.join(load_yaml('persons')['double_surnames'])}|[{load_yaml('persons')['surnames']}])"
# 副市长张明 · 县委常委 何丽同志
_TITLED = re.compile(rf"(?:{_ENDS_OF_POSTS})[ \t]*(?P<name>{_FAMILY_NAME}[ ]{{0,2}}[\u4e00-\u9fff]{{1,2}}?)(?:同志)?$")
# 刘海滨副主任
_NAMED_BY_POST = re.compile(rf"{_FAMILY_NAME}[\u4e00-\u9fff]{{1,2}}(?:副|常务副|执行)?(?:{_ENDS_OF_POSTS})$")


def persons(text: str, start: int, end: int) -> Iterator[Span]:
    """The places of the names in ``text[start:end]``, in order."""
    at = start
    while at < end:
        part = _PART.search(text, at, end)
        stop = part.start() if part else end
        yield from _in_part(text, at, stop)
        at = part.end() if part else end


def _in_part(text: str, at: int, end: int) -> Iterator[Span]:
    """The names between two marks: one, or several with blanks between them; behind a post the one it belongs to."""
    name = NAME.match(text, at, end)
    if name and not POST.search(name["name"]):
        while name and not POST.search(name["name"]):
            further = NAME.match(text, name.end("name"), end)
            if not (further and _OF_PLACE.search(name["name"]) and looks_like_body(name["name"])):
                yield name.span("name")  # not 石门镇|王大山
            name = further
        return
    bracket = text.find("（", at, end) if "（" in text[at:end] else text.find("(", at, end)
    stop = bracket if bracket >= 0 else end
    stop -= len(text[at:stop]) - len(text[at:stop].rstrip())
    behind = BEHIND_POST.search(text, at, stop)
    if behind and not POST.search(behind["name"]):
        yield behind.span("name")
    elif (named := BEHIND_BLANK.search(text, at, stop)) and looks_like_body(text[at : named.start()].strip()):
        yield named.span("names")  # 市水利局|李向阳


_DOES = rf"(?=[ \t]*[:：]|(?:具体|主要|全面)?(?:{any_of(load_yaml('roles')['of_persons'])}))"
# 副市长|张明|牵头
WITH_DUTY = re.compile(
    rf"(?:{_ENDS_OF_POSTS})(?P<name>{_FAMILY_NAME}[\u4e00-\u9fff]{{1,2}}?)(?:同志)?(?:总|全面|具体|亲自)?(?:{DOES})"
)
# 高立新（市委副书记、市长）：负责… · 市委常委、市人武部部长 田卫国分管…
_PERSON_FIRST = re.compile(
    rf"""
    (?= {_FAMILY_NAME} | [^，,。；;：:\n]{{0,40}}? (?:{_ENDS_OF_POSTS}) )
    (?: (?P<first> {_FAMILY_NAME} [ ]{{0,2}} [\u4e00-\u9fff]{{1,2}} ) [ \t]*
          [(（] [^()（）\n]{{0,40}} (?:{_ENDS_OF_POSTS}) [)）]
      | [^，,。；;：:\n]{{0,40}}? (?:{_ENDS_OF_POSTS}) [ \t]* (?P<last> {_FAMILY_NAME} [ ]{{0,2}} [\u4e00-\u9fff]{{1,2}}? ) (?:同志)?
    )
    {_DOES}
    """,
    re.VERBOSE,
)


def person_first(text: str, start: int, end: int) -> tuple[Span, int] | None:
    """The name of the person, with a post, with whom a stretch begins that says what he does, and the place behind him.

    >>> text = "副市长周明远：分管水利"
    >>> [text[slice(*person_first(text, 0, len(text))[0])], person_first("市水利局：负责", 0, 7)]
    ['周明远', None]
    """
    match = _PERSON_FIRST.match(text, start, end)
    if match is None:
        return None
    name = match.span("first") if match["first"] else match.span("last")
    return (name, match.end()) if not POST.search(text[slice(*name)]) else None


def only_persons(text: str, start: int, end: int) -> bool:
    """Whether a stretch is nothing but names of persons, each with a family name: 陆海峰、沈洁 · 县委常委、副县长 赵海峰."""
    parts = [part.strip() for part in text[start:end].split("、")]
    while len(parts) > 1 and OF_POST.search(parts[0]) and not _NAMED_BY_POST.match(parts[0]):
        parts = parts[1:]
    return all(
        _WITH_POST.fullmatch(part)
        or (_FAMILY.match(part) and not POST.search(part))
        or _NAMED_BY_POST.match(part)
        or _TITLED.search(part)
        for part in parts
    )


def is_posted(words: str) -> bool:
    """Whether words are a person with a post, before the name or behind it: 刘海滨副主任, 副市长 李卫东."""
    return _NAMED_BY_POST.match(words) is not None or person_behind_post(words) is not None


@lru_cache(maxsize=16384)
def person_behind_post(words: str) -> Span | None:
    """The name of the person whose post stands before it, where that is all that ``words`` say.

    >>> words = "副市长张明"
    >>> words[slice(*person_behind_post(words))], person_behind_post("工商银行长江支行")
    ('张明', None)
    """
    titled = _TITLED.search(words)
    return titled.span("name") if titled and not looks_like_body(words) else None


def post_of(text: str, name: Span, clause: Span) -> Span | None:
    """The post of a name, before it or in the bracket behind it, in the stretch that names the person.

    >>> text = "分管领导：县委常委、副县长 赵海峰，李文（县财政局局长）"
    >>> [text[slice(*post_of(text, name, (5, 29)))] for name in ((14, 17), (18, 20))]
    ['县委常委、副县长', '县财政局局长']
    """
    clause = max(clause[0], name[0] - _LONGEST_POSTS), clause[1]
    behind = _POST_BEHIND.match(text, name[1], clause[1])
    if behind and OF_POST.search(behind["post"]):
        return behind.span("post")
    end = name[0] - len(text[clause[0] : name[0]]) + len(text[clause[0] : name[0]].rstrip())
    start = at = end
    while at > clause[0]:
        mark = max(text.rfind(sign, clause[0], at) for sign in "、，,；;。:：\n（(】］]\t")
        first = max(mark + 1, clause[0])
        if not OF_POST.search(text[first:at].strip()) or (at < end and text[at] != "、"):
            break
        start, at = first + len(text[first:at]) - len(text[first:at].lstrip()), mark
    return (start, end) if start < end else None


def split_persons(text: str, span: Span) -> list[tuple[Span, list[Span]]]:
    """The bodies in a stretch, each with its persons: 县工信局（王建）、县教育局 赵学文."""
    found: list[tuple[Span, list[Span]]] = []
    for first, last in _pieces(text, *span):
        person = next((m for form in _FORMS if (m := form.search(text, first, last))), None)
        glued = None if person else BEHIND_BODY.search(text, first, last)
        if glued:  # 县工信局王建
            found.append(((first, glued.start("name")), [glued.span("name")]))
            continue
        names = list(persons(text, *person.span("names"))) if person else []
        if person and (names or not _BODY_END.search(person["names"])):
            last = person.start()
        else:
            names = []
        found.append(((first, last), names))
    return found


def between_bodies(text: str, start: int, end: int) -> list[Span]:
    """The names glued between two bodies: 市财政局王志强市教育局."""
    return [name.span("name") for name in GLUED.finditer(text, start, end)]


def name_at_end(text: str, start: int, end: int) -> Span | None:
    """The name at the end of a stretch, after a body or other words: 各县区政府王志强."""
    name = LAST.search(text, max(start, end - _LONGEST_NAME), end)
    return name.span("name") if name else None


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between the marks of a list that are in no bracket, blanks at the ends left out."""
    depth, at = 0, start
    for n in range(start, end + 1):
        sign = text[n] if n < end else "、"
        depth += (sign in "(（") - (sign in ")）")
        if sign in "、，,；;。\n" and (depth <= 0 or n == end):
            words = text[at:n]
            first = at + len(words) - len(words.lstrip())
            if words.strip():
                yield first, first + len(words.strip())
            at = n + 1
