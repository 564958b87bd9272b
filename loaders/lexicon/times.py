"""Words of time, as pieces of expressions: figures of months and days, years told by others, the words of `vocabulary/times.yaml`.

>>> heads()["6月"], heads()["汛期前"]
('month', 'event')

Left to others: what they mean together (`loaders.times`), where they stand (`loaders.lexicon.scan`).
"""

from loaders.lexicon.vocabulary import load_yaml

WORDS: dict[str, list[str]] = {kind: list(words) for kind, words in load_yaml("times").items() if kind != "plans"}
PLANS: dict[str, int] = load_yaml("times")["plans"]

MONTH, DAY = "(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
WEEKDAYS = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU", "末": "SU"}
END_OF_MONTH = "月底前"
TO = "[-—–－～~〜至到]{1,2}"  # 3月1日至4月30日
# a year told by another: how many behind the year of issue
RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "来年": 1, "次年": 1, "翌年": 1, "后年": 2}
FOLLOWING = frozenset(("次年", "翌年"))  # of the year last said, where one was

# the heads of times: a word -> how the words around it are read (`loaders.times.bodies`).  None may end inside a label: a text
# that lost its line breaks has 6月30日督导单位
_ENDS = ("年底", "年末", "全年", "上半年", "下半年", "月底", "月末", "本月", "当月")
_EACH = ("个", "季", "半", "两", "学", "天", "星", "隔", "旬", *"年月周日一二三四五六1234569")
_LENGTHS = ("日", "天", "工作日", "周", "个月", "年", "小时", "季度", "星期", "学期", "半月")
_STEPS = ("年", "季", "月", "周", "日", "旬", "半年")


def heads() -> dict[str, str]:
    """Every word on which a time hangs, with the kind of its reading."""
    made = {f"20{n:02}": "year" for n in range(60)} | {f"{n}月": "month" for n in range(10)}
    made |= dict.fromkeys(PLANS, "plan")
    made |= dict.fromkeys((*_ENDS, *RELATIVE, *(f"{n}季度" for n in QUARTERS)), "part")
    made |= {f"每{step}": "each" for step in _EACH}
    made |= {by + step: "each" for by in "按逐隔" for step in _STEPS if by + step != "逐年"}
    made |= {step + turn: "turn" for step in (*"日周旬月季年", "季度") for turn in WORDS["turns"]}
    made |= {
        f"{step}一{turn}": "turn" for step in (*"日周旬月季年", "季度") for turn in WORDS["turns"] + WORDS["turns_one"]
    }
    made |= {unit + within: "length" for unit in _LENGTHS for within in ("内", "之内", "以内")}
    made |= dict.fromkeys(("个工作日", "之日起"), "length") | {f"用{n}": "length" for n in "123456789一两二三四五六半"}
    made |= {noun + before: "event" for noun in WORDS["events"] for before in ("前", "节前", "以前", "之前")}
    return made | dict.fromkeys(("常态化", "长效化", "长期坚持", "常年坚持", "常年开展"), "ongoing")
