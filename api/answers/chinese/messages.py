"""What goes wrong, in Chinese: one table for the pages, the command line and ``detail_zh`` of a problem.

Order of steps in `in_chinese`: a sentence of `SENTENCES` that fits the English one takes its names and figures over; else
the sentence of the problem's code says what is the matter and the way out.  The nearest names follow.

Example: ``No unit (单位) is called "市政府法治办".`` becomes 没有叫“市政府法治办”的单位。名称相近的有：市政府法制办（娄底市）。

Left to others: the English sentence and the code, which programs read (`graph.errors`, `api.http.problems`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graph import errors

BY_CODE: Mapping[str, str] = {
    "address-not-utf8": "地址中的字不是 UTF-8 编码（可能是 GBK），读不出是什么字。请按 UTF-8 转码后再发。",
    "unreadable-request": "请求读不出来：不是 HTTP，或者地址、请求头过长（超过 64 KB）。请缩短后重试。",
    "invalid-body": "请求正文无法读取，请检查格式。",
    "key-required": "需要密钥：请在 /sign-in 登录，或用 Authorization: Bearer 发送；密钥由 zeren keys create 生成。",
    "sign-in-required": "请先用密钥登录。",
    "role-too-low": "这把密钥的权限不够；请向管理员要另一把（zeren keys create --role）。",
    "csrf-required": "这次提交没有带上本次登录的校验码；请重新打开页面再提交。",
    "forbidden": "不允许从其他网站的页面发来请求。",
    "not-found": "没有这个对象。请核对名称或编号。",
    "no-such-address": "没有这个地址；全部地址见 /docs。",
    "method-not-allowed": "此地址不支持这种请求方法。",
    "ambiguous": "名称对应多个对象。请写明地区或文件，或者用编号。",
    "document-conflict": "文件与已载入的冲突。确实要替换时用 --replace（replace=true）。",
    "too-large": "正文过大，请分开载入。",
    "unsupported-media-type": "不支持这种正文类型；支持的格式见 docs/formats.md。",
    "wrong-host": "本服务不以此主机名提供；可用的主机名在 ZEREN_ALLOWED_HOSTS 中设置。",
    "invalid-parameter": "参数有误，请核对名称和取值。",
    "unreadable-source": "文件无法读取：格式不支持，或者已损坏。",
    "reading-stopped": "读取超出时间或内存的限度，已中止。可以调高 ZEREN_READ_SECONDS、ZEREN_READ_MEMORY_MB 后再试。",
    "reading-failed": "读取程序出错，原因见日志；请报告这个文件。",
    "empty-plan": "文本中没有读出任务事项。确实要载入时用 --allow-empty（allow_empty=true）。",
    "no-text": "文件里没有文字；扫描件需要安装文字识别。",
    "too-slow": "请求没有在限定时间内发完，连接已关闭；请检查网络后重试。",
    "too-many-requests": "请求过于频繁，请按 Retry-After 稍后再试。",
    "too-many-connections": "连接过多，请稍后再试。",
    "internal": "服务内部错误，原因见日志。",
    "store-unavailable": "仓库不可用。请核对 --store 或 ZEREN_STORE，或稍后再试。",
    "not-installed": "没有安装所需的组件；请按英文提示用 pip 安装后重启服务。",
    "readers-busy": "正在读取其他文件，请稍后再试。",
    "no-room": "暂存的文件或排队的任务已满。请先存入或放弃一些，或者稍后再试。",
    "kept-full": "已经放满，不能再多。请先移出一些。",
    "wrong-state": "它在这期间已经变了，不能这样做。请重新打开页面看现在的状态。",
    "load-in-progress": "正在载入，请稍后再试。",
    "schema-mismatch": "仓库的结构与本版本不符。请用写它的版本打开，或换一个仓库。",
}
"""By the last word of a problem's type: what is the matter, and the way out."""

CODES: Mapping[type[errors.ZerenError], str] = {
    errors.UnreadableSource: "unreadable-source",
    errors.NoText: "no-text",
    errors.ReadingStopped: "reading-stopped",
    errors.ReadingFailed: "reading-failed",
    errors.EmptyPlan: "empty-plan",
    errors.SourceError: "unreadable-source",
    errors.NotFound: "not-found",
    errors.Ambiguous: "ambiguous",
    errors.UnknownReference: "not-found",
    errors.ReadersBusy: "readers-busy",
    errors.NoRoom: "no-room",
    errors.KeptFull: "kept-full",
    errors.WrongState: "wrong-state",
    errors.ParameterError: "invalid-parameter",
    errors.StoreUnavailable: "store-unavailable",
    errors.StoreBusy: "load-in-progress",
    errors.SchemaMismatch: "schema-mismatch",
    errors.DocumentConflict: "document-conflict",
    errors.StoreError: "store-unavailable",
    errors.CatalogueError: "internal",
    errors.ZerenError: "internal",
}
"""The code of each exception of `graph.errors`; the nearest base class counts."""

_KINDS = {
    "unit": "单位",
    "regulation": "法规或文件",
    "document": "文件",
    "section": "部分",
    "item": "事项",
    "place": "地区",
    "finding": "疑点",
    "fact": "事实",
    "note": "批注",
    "entry": "底稿条目",
}

SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r'No (?P<kind>\w+) \(\w+\) is called "(?P<name>.*?)"', "没有叫“{name}”的{kind}。"),
        (r'No (?P<kind>\w+) \(\w+\) has the id "(?P<name>.*?)"', "没有编号为“{name}”的{kind}。"),
        (r'"(?P<name>.*?)" names (?P<count>\d+) places ', "“{name}”是 {count} 个地方的简称，请写全称。"),
        (r'"(?P<name>.*?)" names (?P<count>\d+) (?P<kind>\w+?)s ', "“{name}”对应 {count} 个{kind}。请写明地区或文件，或者用编号。"),
        (r"The document (?P<name>\S+) has no item with the number (?P<count>\d+)", "文件 {name} 没有第{count}项。"),
        (r"(?P<count>\d+) items of (?P<name>\S+) have the number (?P<number>\d+)", "文件 {name} 有 {count} 个第{number}项，请用编号。"),
        (r"no tool '(?P<name>.*?)'; expected one of (?P<list>.*)\.", "没有工具“{name}”；可用的有：{list}。"),
        (r"the tool '(?P<name>.*?)' takes no '(?P<number>.*?)'; expected (?P<list>.*)\.", "工具 {name} 没有参数“{number}”；可用的有：{list}。"),
        (r"the tool '(?P<name>.*?)' needs (?P<list>.*)\.", "工具 {name} 缺少参数 {list}。"),
        (r"\[(?P<number>-?\d+), (?P<count>-?\d+)\) is no place in a text of (?P<name>\d+)", "全文 {name} 字，没有 [{number}, {count}) 这一处。"),
        (r"no question '(?P<name>.*?)'", "问题库里没有“{name}”；zeren query 列出全部问题。"),
        (r"no parameter '(?P<name>.*?)'; it takes: (?P<list>.*?)\.", "没有参数“{name}”；可用的有：{list}。"),
        (r"needs (?P<name>\w+)=", "缺少参数 {name}。"),
        (r"(?P<name>\w+)'? is empty; expected (?:a|words)", "参数 {name} 是空的；请填写，或者去掉这个参数。"),
        (r"the parameter '(?P<name>.*?)' is given twice", "参数“{name}”给了两次，只能给一次。"),
        (r"parameter 'sort' would put more than (?P<count>\d+) items, or those of more than (?P<met>\d+) plans", "要排序的事项多于 {count} 项，或者文件多于 {met} 份；请写明文件、地区，或者多写条件。"),
        (r"parameter '(?P<name>\w+)' is (?:not )?a cursor", "参数 {name} 不是这个列表的翻页标记。"),
        (r"parameter '(?P<name>\w+)' is (?P<met>.{1,90}?); expected (?P<wanted>.*)", "参数 {name} 的值 {met} 不能用。{wanted}"),
        (r"/query/(?P<name>\w+): is (?P<met>.{1,90}?); expected (?P<wanted>.*)", "参数 {name} 的值 {met} 不能用。{wanted}"),
        (r"/query/(?P<name>\w+): is .*; expected (?P<wanted>.*)", "参数 {name} 的值不能用。{wanted}"),
        (r"the condition (?P<name>[\w-]+) has (?P<met>'.*?') as \w+; expected (?P<wanted>.*)", "条件 {name} 的值 {met} 不能用。{wanted}"),
        (r"the condition (?P<name>[\w-]+) has (?P<count>\d+) values; expected (?P<list>.*?)\.$", "条件 {name} 给了 {count} 个值；它的值是：{list}。"),
        (r"the condition (?P<name>[\w-]+) is (?P<met>'.*?'); expected (?P<wanted>.*)", "条件 {name} 的值 {met} 不能用。{wanted}"),
        (r"the query breaks off at '(?P<met>.*?)', character (?P<count>\d+); expected", "条件在第 {count} 个字“{met}”处读不下去；写法如 lead(市编办) and not due-by(2018-12-31)。"),
        (r"there is no condition '(?P<name>.*?)'", "没有条件“{name}”；/v1/conditions 列出全部条件。"),
        (r"the query has more than (?P<count>\d+) conditions", "条件多于 {count} 个；请少写一些。"),
        (r"(?:parameter ')?(?P<name>role|relation|exact)'? needs an? \w+; expected (?P<list>\w+)=", "{name} 要和 {list} 一起写。"),
        (r"the period from since=(?P<name>\S+) to until=(?P<met>\S+) is empty", "从 {name} 到 {met} 不成一段时间；结束要在开始以后，最多相隔 50 年。"),
        (r"/query/(?P<name>\w+): expected something", "缺少参数 {name}。"),
        (r"there were more than (?P<count>\d+) wrong keys", "一分钟内错误密钥超过 {count} 次，请稍后再试；正确的密钥不受影响。"),
        (r"the store has (?P<count>\d+) documents that the backup has not", "仓库里有 {count} 个备份中没有的文件；请恢复到空仓库，用 --store 另选一个。"),
        (r"this was written by (?P<name>.{1,90}?); expected its author", "这是 {name} 写的，只有本人或管理员可以改；可以另写一条。"),
        (r"there are (?P<count>\d+) notes; expected room", "批注已有 {count} 条，不能再多；请先删去一些。"),
        (r"the basket is empty; expected entries", "底稿篮是空的；先放几条进去再成稿。"),
        (r"the basket has (?P<count>\d+) entries; expected room", "底稿篮已有 {count} 条，不能再多；请先成稿，再移出一些。"),
        (r"the file is no whole backup \((?P<name>.{1,90}?)\);", "这个文件不是完整的备份（{name}），没有从中恢复任何内容。"),
        (r"no reading is kept as '(?P<name>.*?)'", "没有暂存的读取结果“{name}”：可能已放弃，或者过了保存期。"),
        (r"no job is called '(?P<name>.*?)'", "没有任务“{name}”：可能过了保存期。"),
        (r"was read by another version", "它是旧版本读的，请重新读取后再存入。"),
        (r"[Tt]here is no file (?P<name>\S+);", "没有文件 {name}。"),
        (r"the file holds no text; nothing was loaded", "文件里没有文字，没有载入；确实要载入时用 --allow-empty（allow_empty=true）。"),
        (r"the service would listen on (?P<name>.+?) without a key;", "服务要在 {name} 上监听，却没有密钥。先用 zeren keys create --name 姓名 --role admin 生成一把，或设置 ZEREN_API_KEY_FILE，或只在 127.0.0.1 上监听。"),
        (r"the backup cannot be written to (?P<name>.+?) \((?P<met>.+?)\);", "备份写不到 {name}（{met}）；请换一个能写、有空间的文件夹。"),
        (r"the key given is not known, revoked or past its time", "这把密钥不认识、已注销或已过期；请向管理员要一把新的。"),
        (r"the service that held the store has ended", "占用仓库的服务已结束，现在没有别的服务；请重新启动 zeren mcp。"),
        (r"the key holds signs that no key has", "密钥里有不该有的字符；请用 zeren keys create 打印的那一串。"),
        (r"'(?P<name>.*?)' is no address of a service", "“{name}”不是服务的地址；应当以 http:// 或 https:// 开头。"),
        (r"'(?P<name>\w+)' has more than (?P<most>\d+) characters", "参数 {name} 超过 {most} 个字。"),
        (r"there is no store at (?P<name>.+?); ", "{name} 处没有仓库。先用 zeren load 文件 载入，或用 --store、ZEREN_STORE 指明位置。"),
        (r"there is nothing at (?P<name>.+?);", "没有 {name} 这个地址；全部地址见 /docs。"),
        (r"the audit log in (?P<name>.+?) cannot take a line \((?P<met>.+?)\);", "审计日志写不进 {name}（{met}），所以什么也没有写入；请腾出磁盘空间或恢复写权限，之后不必重启。"),
        (r"the disk(?: of (?P<name>.+?))? takes no more \((?P<met>.+?)\);", "磁盘写不进去（{met}），这次请求什么也没有留下；请腾出空间或恢复写权限，之后不必重启。"),
        (r"the file cannot be kept in (?P<name>.+?) \((?P<met>.+?)\);", "文件存不进 {name}（{met}），什么也没有留下；请腾出磁盘空间后再试。"),
        (r"the folder of the store (?P<name>.+?) is gone", "仓库文件夹 {name} 不见了，或者换成了别的。放回原处即可继续；否则请停止服务再打开。"),
        (r"the disk that holds the embedded store is full", "仓库所在的磁盘满了，请腾出空间后再试；已存的内容完好。"),
        (r"the embedded engine ran out of memory", "内嵌引擎的内存不够：文件或仓库太大。请调高 ZEREN_EMBEDDED_HEAP（例如 1g）后重启再载入；已存的内容完好。"),
        (r"(?P<name>\S+), which holds keys, .*? cannot be used \((?P<met>.+?)\);", "{name} 用不了（{met}）：密钥、会话、批注和暂存的文件都在里面。请腾出磁盘空间或恢复写权限，之后不必重启。"),
        (r"the service is ending;", "服务正在停止，请稍后再试；没有写入一半的内容。"),
        (r"the store is already served at (?P<name>\S+) by process (?P<count>\d+)", "仓库已由进程 {count} 在 {name} 提供服务。"),
        (r"is held by process (?P<count>\d+)", "仓库正由进程 {count} 占用。请等它结束，或用 --store 换一个。"),
        (r"port (?P<count>\d+) of (?P<name>\S+) is taken", "{name} 的端口 {count} 已被其他程序占用，请用 --port 换一个。"),
        (r"cannot listen on (?P<name>\S+) port (?P<count>\d+)", "无法在 {name} 的端口 {count} 上监听。"),
        (r"a setting cannot be read \((?P<name>\w+)", "设置 {name} 无法读取。"),
        (r"the disk that holds (?P<name>.+?) is nearly full", "{name} 所在的磁盘快满了，请腾出空间后再试；已存的内容完好。"),
        (r"standard input is closed", "标准输入已关闭。"),
        (r"standard output is closed", "标准输出已关闭。"),
        (r"what it prints cannot be written", "标准输出无法写入。"),
        (r"'(?P<name>.*?)' does not name a kind of file", "“{name}”看不出文件类型；请以 .xlsx 或 .docx 结尾。"),
        (r"a path is empty", "路径是空的；请给出文件或文件夹，或用 - 表示标准输入。"),
    )
)  # fmt: skip
"""The sentences that name what was met; the first that fits is taken."""


_REASONS: Mapping[str, str] = {
    "No space left on device": "磁盘已满",
    "the disk is nearly full": "磁盘快满了",
    "database or disk is full": "磁盘已满",
    "disk I/O error": "磁盘读写出错",
    "unable to open database file": "文件打不开",
    "attempt to write a readonly database": "文件只读",
    "Read-only file system": "文件系统只读",
    "Permission denied": "没有权限",
    "No such file or directory": "文件夹不见了",
}
"""Why a disk takes nothing, as the system and SQLite say it."""


def in_chinese(code: str, detail: str, candidates: Sequence[Any] = ()) -> str:
    """The Chinese sentence for a problem, with the names it proposes."""
    said = BY_CODE[code]
    for pattern, chinese in SENTENCES:
        if met := pattern.search(detail):
            words = met.groupdict()
            words["wanted"] = _expected(words.get("wanted") or "")
            words["met"] = _REASONS.get(words.get("met") or "", words.get("met"))
            said = chinese.format(**words | {"kind": _KINDS.get(words.get("kind") or "", words.get("kind"))})
            break
    near = "、".join(_named(one) for one in candidates[:5])
    return said + (f"{'可选' if code == 'ambiguous' else '相近或相关'}的有：{near}。" if near else "")


_EXPECTED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"at (?P<which>least|most) (?P<count>\d+) character", "{which} {count} 个字"),
        (r"at (?P<which>least|most) (?P<count>\d+)", "{which} {count}"),
        (r"an? (?:whole )?number from (?P<least>-?\d+) to (?P<most>-?\d+)", "{least} 到 {most} 之间的数"),
        (r"an? (?:whole )?number", "整数"),
        (r"(?:an? )?(?:ISO )?date such as (?P<day>[\d-]+)", "{day} 这样的日期"),
        (r"true or false", "true 或 false"),
        (r"one of (?P<list>.+)", "{list} 之一"),
    )
)
"""What a value should have been, in English and in Chinese; the first that begins with it is taken."""


def _expected(said: str) -> str:
    """应当是 2018-12-31 这样的日期。 for ``a date such as 2018-12-31``; empty for what no pattern fits."""
    for pattern, chinese in _EXPECTED:
        if met := pattern.match(said):
            words = met.groupdict()
            listed = re.sub(r",? or |, ", "、", (words.get("list") or "").strip(". ").replace("'", ""))
            which = {"least": "至少", "most": "最多"}.get(words.get("which") or "", "")
            return f"应当是 {chinese.format(**words | {'list': listed, 'which': which})}。"
    return ""


def error_in_chinese(error: errors.ZerenError) -> str:
    """The Chinese sentence for an exception. That of a server is a note of it."""
    notes: Sequence[str] = getattr(error, "__notes__", ())
    return notes[0] if notes else in_chinese(problem_code(error), str(error), proposed_by(error))


def in_both(error: errors.ZerenError) -> str:
    """An exception as a command prints it: in Chinese, and behind it the English sentence with all that was met."""
    return f"{error_in_chinese(error)}（{error}）"


def problem_code(error: errors.ZerenError) -> str:
    """The code of the problem that an exception is."""
    return next(CODES[base] for base in type(error).__mro__ if base in CODES)


def proposed_by(error: errors.ZerenError) -> list[Any]:
    """The objects that an exception proposes, nearest first."""
    if not isinstance(error, errors.UnknownReference | errors.DocumentConflict):
        return []
    rows = getattr(error, "rows", None)
    return list(rows) if rows is not None else [{"id": candidate} for candidate in error.candidates]


def _named(candidate: Mapping[str, Any]) -> str:
    name, region = candidate.get("name") or candidate["id"], candidate.get("region")
    return f"{name}（{region}）" if region else str(name)
