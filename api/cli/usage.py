"""Wrong usage of the command line, in Chinese: what was met, what was expected, the way out.

Order of steps: the English sentence of the argument parser is looked up in `SENTENCES`; the first that fits takes its names over;
else the sentence says which command was used wrongly.  The English one follows, with the usage.

Example: ``zeren search 水 --limit 0`` says '--limit' 的值不能用：不能小于 1。

Left to others: errors of the work itself (`api.answers.chinese.messages`).
"""

import re

SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"No such option: (?P<name>\S+?) \(?(?:Did you mean|Possible options:) (?P<near>.+?)[?)]", "没有选项 {name}；相近的有 {near}。"),
        (r"No such option: (?P<name>\S+)", "没有选项 {name}。"),
        (r"No such command '(?P<name>.*?)'", "没有命令“{name}”。"),
        (r"Missing (?:argument|option|parameter) '?(?P<name>.+?)'?\.", "缺少 {name}。"),
        (r"(?P<name>'?--[\w-]+'?) requires an argument", "选项 {name} 后面要写值。"),
        (r"unexpected extra argument(?:s|\(s\))? \((?P<name>.*?)\)", "多出了“{name}”；前面已经写全了。"),
        (r"for (?P<name>'.+?'): Input should be greater than or equal to (?P<most>\d+)", "{name} 的值不能用：不能小于 {most}。"),
        (r"for (?P<name>'.+?'): Input should be less than or equal to (?P<most>\d+)", "{name} 的值不能用：不能大于 {most}。"),
        (r"for (?P<name>'.+?'): Input should be a valid integer", "{name} 的值不能用：应当是整数。"),
        (r"for (?P<name>'.+?'): (?:Value error, )?(?P<met>'.*?') is not one of (?P<near>.+?)\.?$", "{name} 的值 {met} 不能用：应当是 {near} 之一。"),
        (r"(?P<met>'.*?') is no key=value", "{met} 不是“名称=值”的形式；例如 unit=市政府法制办。"),
        (r"(?P<met>'.*?') is given twice", "参数 {met} 写了两次；请只写一次。"),
        (r"--explain is for the cards", "--explain 只用于卡片，不能和 --json 同用；JSON 里已有每个事实的规则。"),
        (r"(?P<met>'[^']*') is not an id; expected (?P<near>.+?): ids", "{met} 不能作编号；请写 {near}。"),
        (r"(?P<name>--[\w, -]+?) says? what one document is", "{name} 说的是一份文件，这里有几份；请只给一个文件。"),
        (r"(?P<name>\w+) is (?P<met>'.*?'), which is no place; (?:.*?Did you mean (?P<near>.+?)\?)", "{name} 的值 {met} 不是地名；是不是 {near}？"),
        (r"(?P<name>\w+) is (?P<met>'.*?'), which is no place", "{name} 的值 {met} 不是地名；应当写全称，如 娄底市。"),
        (r"issued_on is (?P<met>'.*?'); expected", "印发日期 {met} 不能用；应当写 2017-03-16 这样的日期，或 2017 这样的年份。"),
        (r"reference_number is (?P<met>'.*?'); expected", "文号 {met} 不能用；应当带数字，如 娄发〔2017〕4号。"),
        (r"(?P<name>\w+) has (?P<met>\d+) characters; .*?at most (?P<most>\d+)", "{name} 有 {met} 个字，最多 {most} 个。"),
        (r"(?P<name>\w+) is empty; expected", "{name} 是空的；请填写，或者去掉这个选项，就按原文。"),
    )
)  # fmt: skip
"""The sentences of the argument parser and of our own checks of arguments; the first that fits is taken."""


def usage_in_chinese(said: str, command: str) -> str:
    """The Chinese sentence for wrong usage of a command, such as ``zeren load``; ``said`` is the English one."""
    for pattern, chinese in SENTENCES:
        if met := pattern.search(said):
            words = {name: _plain(found or "") for name, found in met.groupdict().items()}
            return f"{chinese.format(**words)}用法见 {command} --help。"
    return f"命令写得不对。用法见 {command} --help。"


def _plain(words: str) -> str:
    """What the parser names, as Chinese sentences name it: 'a', 'b' or 'c' is a、b、c."""
    return re.sub(r"\s*(?:, | or | / )\s*", "、", words.replace("'", ""))


def told_in_chinese(error: Exception, command: str) -> str | None:
    """What was wrong about the usage of a command; None if the error is its help."""
    told = getattr(error, "format_message", None)
    message = "" if told is None else str(told()).strip()
    if not message or message.startswith("Usage:"):
        return None
    context = getattr(error, "ctx", None)
    return usage_in_chinese(message, context.command_path if context else command)
