"""The help of the command line in Chinese, before the English: of each command, argument and option.

Order of steps: when a command is looked up, its help and that of its arguments and options get the Chinese sentence of
`CHINESE` in front.  A help without one stays as it is; a test holds that there is none.

Example: ``zeren remove --help`` says 移除一份文件，以及只有它说明的内容。 and then Remove one document and all that it alone states.

Left to others: wrong usage (`api.cli.usage`), errors of the work (`api.answers.chinese.messages`).
"""

from collections.abc import Mapping
from typing import Any

CHINESE: Mapping[str, str] = {
    "A file name that ends in .xlsx or .docx.": "以 .xlsx 或 .docx 结尾的文件名。",
    "A file, or - for standard input; a folder with --out.": "文件；- 表示标准输入；与 --out 一起可以是文件夹。",
    "A new folder for the files.": "放这些文件的新文件夹。",
    "A question; without it, all are listed.": "问题的名称；不写就列出全部问题。",
    "About this unit, or on an item that names it.": "关于这个单位的，或者所在事项写了它的。",
    "Address to listen on [127.0.0.1].": "监听的地址 [127.0.0.1]。",
    "After the cards, print what each rule takes, and its function.": "在卡片之后列出每条规则取什么，以及它的函数。",
    "Also load a text without items and duties.": "没有读出事项和责任的文本也载入。",
    "Ask a question in Chinese.": "用中文提问。",
    "Ask a question of the library.": "提问题库里的问题。",
    "Bring the store up to this version: its schema, and the plans that an earlier version read.": "把仓库升级到本版本：结构，以及旧版本读过的文件。",
    "Change nothing; exit code 1 if a migration is pending.": "不作改动；需要升级时退出码为 1。",
    "Day or year of issue, above what the text says.": "印发的日期或年份，以此为准，不按原文。",
    "Encoding of the file (gb18030, big5, …), instead of detecting it.": "文件的编码（gb18030、big5……），不再自动识别。",
    "End a key, and sign out who used it, at once.": "立即停用一把密钥，用它登录的人随即退出。",
    "Files and folders; - for standard input.": "文件和文件夹；- 表示标准输入。",
    "Files for other programs.": "给其他程序的文件。",
    "Find words in names, titles, 文号, items and source texts, the closest first.": "在单位名称、标题、文号、事项和原文中查找，最相近的在前。",
    "Give the holder of a key another one and print it; the old one ends at once.": "给持有人换一把密钥并显示出来；旧的立即停用。",
    "How many hits are printed.": "最多显示几条。",
    "How rows are printed.": "结果的格式。",
    "How the records are written.": "记录的格式。",
    "How the rows are printed.": "结果的格式。",
    "Id or name of the unit or plan, or the name of a question.": "单位或文件的编号或名称，或者问题的名称。",
    "Its parameters.": "问题的参数。",
    "Keep contact persons and telephone numbers, which are ＊ otherwise.": "保留联系人和电话；不写这一项就以＊代替。",
    "List gaps and conflicts that the rules see in plans (疑点).": "列出规则在文件里发现的疑点。",
    "Look at settings, store, keys, audit log, disk, clock and programs, and say what to do; exit code 1 if anything is broken.": "检查设置、仓库、密钥、审计日志、磁盘、时钟和程序，说明怎么办；有损坏时退出码为 1。",
    "Make a key and print it. It is shown this once; only its HMAC is kept.": "生成一把密钥并显示出来。只显示这一次，保存的只有它的 HMAC。",
    "Answer an assistant (Model Context Protocol) over standard input and output; it can read and nothing else.": "让智能助手（MCP 协议）通过标准输入输出提问；只能读取。",
    "Make a store again from a backup, on any engine, and compare it with what the backup says.": "由备份重建仓库，任何引擎都可以，并与备份所记的核对。",
    "Make the files of an offline import into Neo4j from records.": "由记录生成 Neo4j 离线导入的文件。",
    "One document; without it, all.": "一份文件；不写就是全部。",
    "One plan, by id, title or 文号; without it, all.": "一份文件：编号、标题或文号；不写就是全部。",
    "Only describe the question: what it asks, its parameters, what it leaves out.": "只介绍这个问题：问什么、有哪些参数、哪些不在内。",
    "Only high (高), medium (中) or low (低).": "只看这一程度的：high 高、medium 中、low 低。",
    "Only in this plan: id, title or 文号.": "只在这份文件里：编号、标题或文号。",
    "Only of this place and of places below it.": "只看这个地方和它下面的地方。",
    "Only of this rule: several-leads …": "只看这条规则的，如 several-leads。",
    "Only say whether the server could start.": "只检查能否启动服务。",
    "Only this part of the files, the same on every machine.": "只读其中一份文件；怎样分份，每台机器都一样。",
    "Only units, plans, instruments, items or source texts.": "只找单位、文件、法规、事项或原文。",
    "Parameters of a question; document=… for a unit.": "问题的参数；对单位可写 document=……。",
    "Place of the plan, such as 娄底市, above what the text says.": "文件的地区，如 娄底市，以此为准，不按原文。",
    "Port to listen on [8000]; 0 takes a free one.": "监听的端口 [8000]；0 表示任取一个空闲的。",
    "Print every key: its holder, role, times and last use. The key itself cannot be printed.": "列出所有密钥：持有人、权限、时间和最近使用；密钥本身不能显示。",
    "Print the card of each file as JSON, a line each.": "每个文件的结果输出为一行 JSON。",
    "Print the envelope of /v1/ask.": "输出 /v1/ask 的 JSON。",
    "Print the envelope of /v1/search.": "输出 /v1/search 的 JSON。",
    "Print the plan as JSON, in one line.": "把读出的文件输出为一行 JSON。",
    "Print the version.": "显示版本。",
    "Print what the store holds and who serves it.": "显示仓库里有什么、由谁提供服务。",
    "Programs of this machine read without a key.": "本机的程序读取时不需要密钥。",
    "Read a plan and print what was found.": "读一份文件，显示读出的内容。",
    "Read each stored text anew and compare.": "把存下的原文重新读一遍，与图谱核对。",
    "Read on so many workers of Ray instead of children of this process.": "由这么多个 Ray 工作进程读取，不用本进程的子进程。",
    "Read plans and load them into the store.": "读文件，载入仓库。",
    "Read the whole audit log and name the first line that was changed or removed; exit code 1 if there is one.": "核对整个审计日志，指出第一处被改动或删去的行；有的话退出码为 1。",
    "Record that two units are the same, different, or that it is unsure.": "记下两个单位是同一个、不是同一个，或者不能确定。",
    "Records of zeren parse --out, or their folders.": "zeren parse --out 写出的记录，或者它们的文件夹。",
    "Reference number, such as 娄发〔2017〕4号, above what the text says.": "文号，如 娄发〔2017〕4号，以此为准，不按原文。",
    "Remove one document and all that it alone states.": "移除一份文件，以及只有它说明的内容。",
    "Replace another document with this id or text.": "替换编号或原文相同的另一份文件。",
    "Say what would mend it; with --yes, do so.": "列出怎样修复；加上 --yes 才改动。",
    "Say what would be written, write nothing.": "只说会写入什么，不写入。",
    "Serve the API and the pages.": "提供接口和网页。",
    "The audit log of the service.": "服务的审计日志。",
    "The backup, a zip file.": "备份文件（zip）。",
    "The document's id, instead of one made from its head.": "文件的编号，不由文件头得出。",
    "The name or id of the key.": "密钥的持有人或编号。",
    "The plan, by id, title or 文号.": "文件：编号、标题或文号。",
    "The question, in Chinese; - for standard input.": "要问的话；- 表示标准输入。",
    "The unit that is replaced; without it, all judgements are printed.": "被并入的单位；不写就列出所有判断。",
    "The unit that stays.": "保留的单位。",
    "Title of the plan, above what the text says.": "文件的标题，以此为准，不按原文。",
    "Until when the key holds; without it, always.": "密钥的有效期；不写就一直有效。",
    "What the dossier is about.": "底稿的对象。",
    "Where the graph is kept: embedded:, embedded:/path/to/folder, neo4j://host:7687, neo4j (see NEO4J_URI).": "图谱存放的位置。",
    "Who holds the key; it stands in the audit log.": "密钥的持有人，会写进审计日志。",
    "Who judges.": "作出判断的人。",
    "Who may use the service: make, list, revoke and rotate keys.": "谁可以使用服务：生成、列出、停用、更换密钥。",
    "Why.": "理由。",
    "With --repair: mend, do not only say how.": "与 --repair 同用：修复，不只是列出。",
    "Words to look for; all must be there.": "要找的词，须全部出现。",
    "Write everything from which the store can be made again into one file, while it is served, too.": "把可以重建仓库的全部内容写成一个文件；服务运行时也可以。",
    "Write the dossier of a unit, a plan or an answer (审计底稿).": "生成单位、文件或答案的审计底稿。",
    "Write what was read as records, for other programs and machines.": "把读出的内容写成记录文件，供其他程序和机器使用。",
    "reader reads; editor loads and judges; admin removes and sees the audit log.": "reader 只读；editor 可载入和判断；admin 可移除、可看审计日志。",
    "same, different or unsure.": "same 同一个、different 不同、unsure 不能确定。",
}
"""The first line of a help → what it says in Chinese."""


def with_chinese(command: Any) -> Any:
    """The command, its arguments and options with their help in Chinese first; a second time changes nothing."""
    for one in (command, *command.params):
        text = one.help or ""
        said = CHINESE.get(text.partition("\n")[0])
        if said is not None:
            between = "\n\n" if one is command else ""
            one.help = f"{said}{between}{text}"
    for below in getattr(command, "commands", {}).values():
        with_chinese(below)
    return command
