"""The commands on a store: ``query``, ``status``, ``check``, ``remove``, ``judge``, ``migrate``.

Order of steps in each: parse the arguments, so that bad input never touches the store; ask the store
(`api.cli.backend`); print the answer.

Example: ``query_command("unit-duties", {"unit": "市政府法制办"}, "embedded:", "table")``.

Left to others: arguments (`api.cli.main`), loading (`api.cli.load`), tables (`api.cli.output`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from api.answers.chinese.labels import PLACE_WORDS, correction_in_words
from api.answers.judgements import Judged
from api.answers.questions import OF_PLACE, card_of, find, questions
from api.cli.backend import backend, patience
from api.cli.client import exists, serving
from api.cli.output import print_rows
from api.cli.text import one_line
from graph.errors import ParameterError
from graph.library.cards import parameters_of
from graph.schema import NODE, RELATIONSHIP
from graph.stamps import utc_now
from graph.store.catalogue import Query
from graph.store.contract import Store
from graph.store.migrations import migrations
from graph.store.opening import open_store
from loaders.storing.reread import outdated, reread

SHOWN_DOCUMENTS = 20

_ACTIONS = {"remove": "删除", "write": "改回", "store-again": "重新存入", "leave": "不能修复"}


def count_line(counts: Mapping[str, int]) -> str:
    """``{"Item": 45, "LEADS": 55}`` -> ``100（节点：任务事项 45；关系：牵头 55）``."""
    kinds = []
    for word, known in (("节点", NODE), ("关系", RELATIONSHIP)):
        named = "、".join(f"{_chinese(name)} {count}" for name, count in counts.items() if count and name in known)
        kinds += [f"{word}：{named}"] if named else []
    return f"{sum(counts.values())}（{'；'.join(kinds)}）" if kinds else "0"


def _chinese(name: str) -> str:
    met = NODE.get(name) or RELATIONSHIP.get(name)
    return met.chinese if met else name


def judge_command(words: tuple[str, str, str] | None, by: str, why: str, url: str) -> None:
    """Record a judgement on two units; without one, print all recorded judgements."""
    with backend(url) as store:
        if words is None:
            rows = store.judgements()["items"]
            if not rows:
                print("还没有记录任何判断。zeren judge 甲单位 same 乙单位 --by 姓名 --why 理由 记录一条。")
            for row in rows:
                print(
                    one_line(
                        f"{row['at'][:16]}  {row['unit']}  {row['judgement']}  {row['other']}  {row['by']}：{row['why']}"
                    )
                )
            return
        try:
            given = Judged(unit=words[0], judgement=words[1], other=words[2], by=by, why=why)
        except ValidationError as error:
            first = error.errors()[0]
            raise ParameterError(
                f"{'.'.join(map(str, first['loc']))}: {first['msg']}. zeren judge --help shows the form."
            ) from None
        row = store.judge(given)
    print(one_line(f"已记录：{row['unit']} {row['judgement']} {row['other']}。下次载入时生效。"))


def list_questions() -> None:
    """Every question of the library in Chinese, with its parameters."""
    for name, query in questions().items():
        print(f"{name}\n    {card_of(name).number}. {card_of(name).question}")
        for line in parameter_lines(name, query):
            print(f"    {line}")


def parameter_lines(question: str, query: Query) -> Iterator[str]:
    """A line for each parameter of a question: its name, its type, its meaning."""
    meanings = card_of(question).parameters
    for param in parameters_of(query):
        yield f"{param.name}={'（可省略）' if param.nullable else ''}  {param.type}  {meanings[param.name]}"
    for name in OF_PLACE:
        if name not in meanings:
            yield f"{name}=（可省略）  {PLACE_WORDS[name]}"


def describe_question(name: str) -> None:
    """Print what a question asks, its parameters, and what it leaves out."""
    query, card = find(name), card_of(name)
    print(f"{card.name}  {card.number}. {card.question}")
    for line in parameter_lines(name, query):
        print(f"    {line}")
    for head, lines in (("也可以问", card.variants), ("列", [" · ".join(card.columns.values())])):
        print(f"{head}  {' '.join(lines)}")
    for head, words in (("不包括", card.left_out), ("注意", card.pitfalls)):
        if words is not None:
            print(f"{head}  {words}")


def query_command(name: str, parameters: Mapping[str, str], url: str, output: str) -> None:
    """Ask a question of the library and print its rows."""
    with backend(url) as store:
        envelope = store.question(name, parameters)
    print_rows(envelope, output)


def status_command(url: str) -> None:
    """Print where the store is, who serves it, its versions and its content."""
    with backend(url) as store:
        status = store.status()
    counts = status["counts"]
    for label, value in (
        ("仓库", status["url"]),
        ("引擎", f"{status['engine']} {status['engine_version']}"),
        ("服务", status.get("served", "无")),
        ("版本", f"数据 {status['data_version']} · 结构 {status['schema_version']}"),
        ("文件", _documents(status.get("documents", ()), counts.get("Document", 0))),
        ("节点", " · ".join(f"{_chinese(name)} {counts[name]}" for name in NODE if counts.get(name))),
        ("关系", " · ".join(f"{_chinese(name)} {counts[name]}" for name in RELATIONSHIP if counts.get(name))),
    ):
        print(f"{label}  {value or '无'}")
    for document, fixes in list(status.get("corrected", {}).items())[:SHOWN_DOCUMENTS]:
        print(one_line(f"人工更正  {document}：{'；'.join(map(correction_in_words, fixes))}"))
    for document, count in list(status.get("not_read", {}).items())[:SHOWN_DOCUMENTS]:
        print(one_line(f"未读入  {document}：{count} 处看来写明了分工或时限（zeren parse 或文件页面列出）"))


def _documents(ids: Sequence[str], count: int) -> str:
    """The ids of the loaded documents, at most `SHOWN_DOCUMENTS`."""
    shown = " · ".join(one_line(key) for key in ids[:SHOWN_DOCUMENTS])
    return f"{shown} …（共 {count} 个）" if count > SHOWN_DOCUMENTS else shown


def check_command(document_id: str | None, url: str) -> bool:
    """Print every stored fact that differs from a fresh reading of its text, and all that no text states. True if there is none."""
    with backend(url, brief=False) as store, patience("重新解析，逐条核对 …"):
        report = store.check(document_id)
    for found in report["differences"]:
        where = found["document"] or _near(found)
        print(
            one_line(f"{where}  {found['kind']}  {found['id']}: {found['message']}（{found['code']}）：{found['what']}")
        )
    for found in report["foreign"]:
        print(one_line(f"另有  {found['kind']}  {found['id']}: {found['message']}：{found['what']}"))
    for older in report["outdated"]:
        print(f"{older}: 由另一版本的解析器或词表读出；重新载入即可更新")
    wrong = len(report["differences"])
    whole = report["whole"] or document_id is not None
    if report["documents"]:
        print(f"核对 {len(report['documents'])} 个文件：" + (f"{wrong} 处不符" if wrong else "全部相符"))
    elif wrong:
        print(f"库中没有文件，但有 {wrong} 处不属于任何文件")
    else:
        print("库中没有文件，没有可核对的")
    if not whole:
        print("核对期间一直有载入，库中不属于任何文件的内容未能全部核对；请再运行一次")
    if wrong and document_id is None:
        print("zeren check --repair 列出怎样修复，加上 --yes 才改动")
    return not report["differences"] and whole


def repair_command(url: str, *, dry_run: bool) -> bool:
    """Print what mends the store, and do it unless ``dry_run``. True if nothing is wrong at the end."""
    with backend(url, brief=False, loads=True) as store, patience("重新解析，逐条核对 …"):
        report = store.repair(dry_run=dry_run)
    for made in (*report["done"], *report["left"]):
        document = f"（{made['document']}）" if made["document"] else ""
        print(one_line(f"{_ACTIONS[made['action']]}  {made['kind']}  {made['id']}{document}: {made['why']}"))
    done, left = len(report["done"]), len(report["left"])
    if not done and not left:
        print("没有需要修复的")
    elif dry_run:
        print(f"可以修复 {done} 处，{left} 处不能；什么都没有改动，加上 --yes 才修复")
    else:
        print(f"已修复 {done} 处，{left} 处未修复；再核对仍有 {report['remaining']} 处不符")
    return not report["remaining"]


def _near(found: Mapping[str, Any]) -> str:
    return "、".join(found["near"]) or "不属于任何文件"


def remove_command(reference: str, url: str) -> None:
    """Remove one document and print what was removed."""
    with backend(url) as store:
        report = store.remove(reference)
    print(f"已移除 {report['document_id']}（数据版本 {report['data_version']}）：删除 {count_line(report['removed'])}")
    if report.get("notes_kept"):
        print(f"它的 {report['notes_kept']} 条批注仍保留，标为“文件已移除”；再载入这个文件即重新关联。")


def migrate_command(url: str, *, check_only: bool) -> bool:
    """Apply pending migrations and read again what an earlier version read, or with ``check_only`` only print both. True if
    nothing is pending at the end.
    """
    if serving(url) is not None:
        print("结构已是最新：仓库正由服务打开，服务启动时已迁移；旧版本读入的文件须停下服务后重读")
        return True
    if check_only and not exists(url):
        names = [migration.name for migration in migrations("arcadedb")]  # opening would make the folder
        return _told_migrations(names, check_only=True)
    with patience("打开仓库 …"):
        store = open_store(url, apply=False)
    try:
        names = store.pending() if check_only else store.migrate()
        current = _told_migrations(names, check_only=check_only)
        if check_only:
            older = [] if names else outdated(store)
            print("".join(f"待重读 {document}\n" for document in older), end="")
            return current and not older
        return _reread_all(store) and current
    finally:
        store.close()


def _told_migrations(names: Sequence[str], *, check_only: bool) -> bool:
    """Print the migrations; whether none is pending."""
    if not names:
        print("结构已是最新")
    for name in names:
        print(f"{'待执行' if check_only else '已执行'} {name}")
    return not (check_only and names)


def _reread_all(store: Store) -> bool:
    """Read again what an earlier version read, and print what that changed; whether all could be read."""
    whole = True
    for done in reread(store, now=utc_now()):
        if done.fault is not None:
            whole = False
            print(one_line(f"未能重读 {done.document}：{done.fault}"))
        else:
            print(f"已重读 {done.document}：新增 {done.gained} 条，减少 {done.lost} 条，移位 {done.moved} 条")
    return whole
