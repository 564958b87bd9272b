"""``zeren parse``: read one plan and show it, or print it as JSON.

Order of steps: the file becomes a `Source` (`loaders.files.read`), the source a `Plan` (`loaders.plan`). The plan is printed
as JSON in one line or, for people, as its head, its warnings and a card for each item: every fact with its place and the
rule that took it, then the text of the item with the evidence coloured by kind.  There are no colours in a pipe or with
``NO_COLOR``.

Example: the card of item 20 says ``牵头  1 市编办  2 市政府法制办`` and shows both names red in the label line.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from api.answers.chinese.labels import RELATION_WORDS, ROLE_WORDS, correction_in_words, without_date
from api.cli.reading import signs_in_words
from api.cli.streams import standard_input
from api.cli.text import one_line, printable
from graph.model import Citation, Deadline, Duty, Item, Mention, ParseOptions, Plan, Role, Span, Task, to_json
from loaders.children.job import Job
from loaders.children.limits import ReadLimits
from loaders.children.pool import Readers
from loaders.explain import RULES
from loaders.files.read import file_bytes, stream_bytes

ROLE_STYLES = {
    Role.LEAD: "bold red",
    Role.RESPONSIBLE: "blue",
    Role.COOPERATING: "cyan",
    Role.SUPERVISING: "green",
    Role.LEADER: "magenta",
}
DEADLINE_STYLE, CITATION_STYLE, MENTION_STYLE = "bold yellow", "green", "bold magenta"
TASK_STYLE, CLAUSE_STYLE, REPAIR_STYLE = "italic", "underline", "reverse"
_LEGEND = (
    *((ROLE_WORDS[role], style) for role, style in ROLE_STYLES.items()),
    ("时限", DEADLINE_STYLE),
    ("引用", CITATION_STYLE),
    ("正文提及", MENTION_STYLE),
    ("子任务", TASK_STYLE),
    ("依据语句", CLAUSE_STYLE),
    ("修复处", REPAIR_STYLE),
)

Mark: TypeAlias = tuple[Span, str]


def read_input(file: str) -> tuple[bytes, str | None]:
    """The bytes and the name of a file; for ``-`` the bytes on standard input."""
    if file == "-":
        return stream_bytes(standard_input()), None
    return file_bytes(file), Path(file).name


def command_readers() -> Readers:
    """The reading children of a command, within the limits of the environment; none is started for a short text."""
    return Readers(command_limits)


def command_limits() -> ReadLimits:
    """The limits of the environment for what a command reads."""
    from api.settings import ReadingSettings, settings_of  # half as much as a parse, which only a file is worth

    return settings_of(ReadingSettings).read_limits()


def parse_command(file: str, as_json: bool, explain: bool, encoding: str | None, options: ParseOptions) -> None:
    """Print the plan in ``file`` as JSON or as cards; with ``explain``, its rules follow."""
    data, name = read_input(file)
    with command_readers() as readers:
        plan = readers.plan(Job(data, name=name, options=options, encoding=encoding))
    if as_json:
        print(json.dumps(to_json(plan), ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    show_plan(plan, console)
    if explain:
        _show_rules(plan, console)


def _show_rules(plan: Plan, console: Console) -> None:
    """Print a line for each rule that took a fact: the count, its name and form, what it takes, its function."""
    owners = (plan, *plan.items)
    names = ("duties", "deadlines", "citations", "mentions")
    facts = [fact for owner in owners for name in names for fact in getattr(owner, name, ())]
    met = Counter((fact.rule, getattr(fact, "form", None) or "") for fact in facts)
    met.update((repair.rule, "") for repair in plan.repairs)
    known = {(rule.name, rule.form if rule.kind == "duty" else ""): rule for rule in RULES}
    by_name = {rule.name: rule for rule in reversed(RULES)}  # of a mended name only the repair is known
    console.print()
    console.print(Rule(Text("规则", "bold"), align="left"))
    for (name, form), count in met.most_common():
        rule = known.get((name, form)) or by_name[name]
        line = Text.assemble("  ", f"{count:5}  ", (_rule(rule.name, rule.form), "bold"), f"  {rule.takes}")
        console.print(line.append(f"  {rule.where}", "dim"))


def show_plan(plan: Plan, console: Console) -> None:
    """Print the head of the plan, its repairs and warnings, then a card for each item, on ``console``."""
    repairs = [(repair.span, REPAIR_STYLE) for repair in plan.repairs]
    sections = {s.id: one_line(" ".join(filter(None, (s.label, s.title)))) for s in plan.sections}
    _show_head(plan, console)
    for item in plan.items:
        _show_item(item, sections.get(item.section, ""), plan.text, repairs, console)


def _show_head(plan: Plan, console: Console) -> None:
    document, coverage = plan.document, plan.coverage
    console.print(Rule(Text(one_line(document.title or "（无标题）"), "bold"), align="left"))
    share = f"{coverage.taken / coverage.characters:.0%}" if coverage.characters else "–"
    leads = sum(duty.role is Role.LEAD for item in plan.items for duty in item.duties)
    duties = sum(len(item.duties) for item in plan.items)
    size = (
        f"部分 {len(plan.sections)} · 事项 {len(plan.items)} · 职责 {duties}（牵头 {leads}） · 单位 {len(plan.units)}"
    )
    for label, value in (
        ("标识", document.id),
        ("文号", document.reference_number),
        ("地区", document.region),
        ("发文机关", "、".join(document.issuers)),
        ("印发日期", document.issued_on),
        *(("人工更正", correction_in_words(to_json(fix))) for fix in document.corrections),
        ("来源", " · ".join(filter(None, (document.source, document.encoding)))),
        ("规模", size),
        ("覆盖", f"{coverage.taken} / {coverage.characters} 字（{share}）"),
        ("分工迹象", signs_in_words(to_json(coverage.signs))),
    ):
        console.print(_line(label, one_line(value or "–")))
    for dismissed in coverage.signs.dismissed:
        console.print(_line("不是分工", f"{dismissed.reason} {dismissed.count} 处", "dim"))
    for left in coverage.left_out:
        console.print(_line("未取", f"{left.reason} {_place(left.span)}", "dim"))
    for repair in plan.repairs:
        words = f"{repair.original!r} → {repair.repaired!r}"
        console.print(_line("修复", f"{words} {_place(repair.span)} {_rule(repair.rule)}", "dim"))
    for warning in plan.warnings:
        console.print(
            _line("警告", f"{warning.code}: {one_line(warning.message)} {_place(warning.span)}", "bold yellow")
        )
    for fact in _facts(plan.duties, plan.deadlines, plan.citations, (), ()):
        console.print(fact)
    legend = Text("  图例     ", "dim")
    for word, style in _LEGEND:
        legend.append(word, style).append("  ")
    console.print(legend)


def _show_item(item: Item, section: str, text: str, repairs: list[Mark], console: Console) -> None:
    number = "·".join(str(n) for n in (item.number, item.part) if n is not None)
    title = Text(f"{number} " if number else "").append(one_line(item.heading) or "（无标题）", "bold")
    console.print()
    console.print(Rule(title, align="left"))
    console.print(_line("标识", item.id, "dim"))
    console.print(_line("部分", section, "dim"))
    due = (
        item.due.date or without_date(to_json(item.timing)),
        item.due.precision or "",
        f"basis: {item.due.basis}",
        "ongoing" if item.ongoing else "",
    )
    console.print(_line("期限", "  ".join(filter(None, due))))
    for fact in _facts(item.duties, item.deadlines, item.citations, item.mentions, item.tasks):
        console.print(fact)
    console.print(marked(text, item.span, [*_marks(item), *repairs]))


def marked(text: str, stretch: Span, marks: Iterable[Mark]) -> Text:
    """``text[stretch]`` with the stretch of each mark in its style. Marks outside are ignored.

    A later mark covers an earlier one, so names go after the clauses that contain them.
    """
    start, end = stretch
    shown = Text(printable(text[start:end]))
    for (left, right), style in marks:
        if left < end and right > start:
            shown.stylize(style, max(left, start) - start, min(right, end) - start)
    return shown


def _marks(item: Item) -> Iterator[Mark]:
    """The places of all facts of the item: clauses and tasks first, names last, so that names stay visible."""
    yield from ((task.span, TASK_STYLE) for task in item.tasks)
    clauses = {d.clause for d in item.duties} | {c.clause for c in item.citations} | {m.clause for m in item.mentions}
    yield from ((clause, CLAUSE_STYLE) for clause in sorted(clauses))
    yield from ((d.span, DEADLINE_STYLE) for d in item.deadlines if d.span is not None)
    yield from ((c.span, CITATION_STYLE) for c in item.citations)
    yield from ((m.span, MENTION_STYLE) for m in item.mentions)
    yield from ((d.span, ROLE_STYLES[d.role]) for d in item.duties if d.span is not None)


def _facts(
    duties: Iterable[Duty],
    deadlines: Iterable[Deadline],
    citations: Iterable[Citation],
    mentions: Iterable[Mention],
    tasks: Iterable[Task],
) -> Iterator[Text]:
    """A line for each fact: its words, its place, whether it is inferred, and the rule that took it."""
    for duty in duties:
        flags = "".join(word for flag, word in ((duty.collective, " 集合"), (duty.open_list, " 名单未尽")) if flag)
        same = "" if duty.unit.name == duty.as_written else f" = {duty.unit.name}"
        what = f"{duty.position} {duty.as_written}{same}{flags}"
        yield _fact(ROLE_WORDS[duty.role], what, duty.span or duty.clause, duty, ROLE_STYLES[duty.role])
    for deadline in deadlines:
        words = [
            deadline.kind,
            f"「{deadline.quote}」" if deadline.quote else "",
            f"→ {deadline.date}" if deadline.date else "",
        ]
        words += [deadline.recurrence or "", deadline.hedge or "", "conditional" if deadline.conditional else ""]
        if deadline.duration is not None:
            words.append(f"{deadline.anchor or '?'} + {deadline.duration} {deadline.duration_unit or ''}")
        yield _fact("时限", " ".join(filter(None, words)), deadline.span, deadline, DEADLINE_STYLE)
    for citation in citations:
        yield _fact(
            "引用",
            f"{RELATION_WORDS[citation.relation]} {citation.as_written}",
            citation.span,
            citation,
            CITATION_STYLE,
        )
    for mention in mentions:
        yield _fact("正文提及", mention.as_written, mention.span, mention, MENTION_STYLE)
    for task in tasks:
        target = task.target
        aim = f" {target.name} {target.comparison or '='} {target.value:g}{target.unit}" if target else ""
        yield _line(
            "子任务", printable(f"{'+'.join(task.kinds)}{aim} 「{task.quote}」 {_place(task.span)}"), TASK_STYLE
        )


def _fact(label: str, what: str, place: Span | None, fact: Duty | Deadline | Citation | Mention, style: str) -> Text:
    line = _line(label, one_line(what), style)
    line.append(f"  {_place(place)}", "dim")
    if fact.inferred:
        line.append(f" 推定，据 {' '.join(map(_place, fact.because)) or '–'}", "dim")
    return line.append(f" {_rule(fact.rule, getattr(fact, 'form', None))}", "dim")


def _line(label: str, value: str, style: str = "") -> Text:
    """One line with its label; labels have two to four characters, each two columns wide."""
    return Text.assemble("  ", (label, "dim"), " " * (10 - 2 * len(label)), (value, style))


def _place(span: Span | None) -> str:
    return f"[{span[0]}, {span[1]})" if span is not None else ""


def _rule(name: str | None, form: str | None = None) -> str:
    """``‹label-line:colon›``, as docs/rules.md and ``--explain`` name it; a rule without a form has the name alone."""
    return f"‹{':'.join(filter(None, (name, form)))}›" if name else ""
