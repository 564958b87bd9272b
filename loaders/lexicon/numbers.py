"""Markers: the numbers of headings and items, as Chinese numerals, figures or single signs.

>>> MARKER.match("(四)深化改革")["bracket"]
'四'

>>> NUMBERED_NAME.match("反馈问题一：规划滞后。")["named"]
'一'

Left to others: the value of a numeral (`graph.numerals`), which markers are nodes of the outline (`loaders.structure.outline`).
"""

import re

FIGURES = "零〇○一二三四五六七八九十百"

NUMERAL = f"[{FIGURES}]{{1,7}}"  # bounded: tried at each figure of a long run

# what every marker begins with; 0-9, because \d in a class is asked of every sign that nothing else in it holds
MARKER_START = rf"[第{FIGURES}(（〔⒈-⒛0-9①-⒇]"

MARKER = re.compile(
    rf"""
    (?={MARKER_START})
    (?: 第 (?P<part>{NUMERAL}|\d+) (?:编|部分|篇)                           # 第二部分
      | 第 (?P<chapter>{NUMERAL}|\d+) 章                                    # 第一章
      | 第 (?P<article>{NUMERAL}|\d+) 条                                    # 第三条
      | (?P<comma>{NUMERAL}) [、．.]                                        # 一、
      | [(（〔] (?P<bracket>{NUMERAL}) [)）〕]                              # (四)
      | (?P<dotted>[⒈-⒛])                                                   # ⒛ one character
      | (?P<arabic>\d{{1,3}} | [1-9]\d{{3}} (?= [.．、] (?!\d) )) (?: [.．]
          (?: (?!\d) | (?=20\d\d年) | (?= \d{{1,2}}月 (?: \d{{1,2}}日 | [底末初中上下] ) ) ) | 、 )  # 21. · 3.2017年底前… · 1.9月15日前 ; not 3.5%
      | [(（] (?P<sub>\d{{1,3}}) [)）]                                      # (1)
      | (?P<enclosed>[⑴-⒇])                                                 # ⑴ one character
      | (?P<circled>[①-⑳])                                                  # ①
    )
    """,
    re.VERBOSE,
)

# what is always an item where it is numbered by its name: 问题一：
PROBLEM_NAMES = ("问题", "隐患", "意见", "建议")
# what else may be one: 任务2：
NUMBERED_NAMES = f"{'|'.join(PROBLEM_NAMES)}|任务|项目|事项|举措|工程|行动|指标|目标|要点|课题|议题|线索|序号"
# an item that is numbered by its name; matched where a line or a gap ends, with the name at most four signs behind it
NUMBERED_NAME = re.compile(
    rf"""
    (?: (?: 反馈 | 存在 | 发现 | 主要 | 具体 | 突出 | 典型 | 整改 | 督察 | 巡视 | 巡察 | 审计
          | 审议 | 监察 | 检察 | 司法 | 安全 | 重大 | 一般 | 重点 | 年度 | 工作 | 目标 | 改革 | 建设 | 专项 ) 的? )?
    (?: {NUMBERED_NAMES} ) (?: 清单 )? [ ]?                                   # 审议意见一 · 隐患3
    (?P<open> [(（] )? (?P<named> {NUMERAL} | \d{{1,3}} )                     # 反馈问题一 · 问题（1
    (?(open) [)）] [ ]? [:：、.．]?                                            # 问题（1）
      | [ ]? (?: [:：、] | [.．] (?!\d) | (?= [ \t]* [\n【［] )               # 问题一： · 问题一⏎ ; not 问题一是
          | (?<=[ ]) (?= [\u4e00-\u9fff0-9] [^ \n]{{3}} ) )                     # 问题一 河岸垃圾未清
    )
    """,
    re.VERBOSE,
)
