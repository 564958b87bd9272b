"""The table of rules: a finding names its rule by the id in the first column; this table says what the rule does.

docs/findings.md shows the same table to readers.

To find out why a finding exists: look up its ``rule`` in `RULES`, read the explanation, and go to the function. To add
a rule: write a function in one of the four modules, a row here, cases in ``tests/graph/findings/test_findings.py`` in
which it fires and in which it does not, and its result on the sample in ``tests/gold/findings-loudi.yaml``.

Example: ``RULE["several-leads"].find`` is `graph.findings.bearers.several_leads`.

Left to others: reading rows (`graph.findings.plan_rows`), running all rules (`graph.findings`).
"""

from collections.abc import Mapping

from graph.findings import bearers, counties, dates, plan_text
from graph.findings.finding import FindingRule, Maturity, Severity

HIGH, MEDIUM, LOW = Severity
STABLE, TRIAL = Maturity

RULES: tuple[FindingRule, ...] = (
    FindingRule(
        "no-lead",
        "没有牵头单位",
        HIGH,
        STABLE,
        "事项（及其各分项）没有写明牵头单位，出了问题找不到第一责任人。全文都不分牵头的，只报一次。",
        bearers.no_lead,
    ),
    FindingRule(
        "several-leads",
        "牵头单位不止一个",
        LOW,
        STABLE,
        "同一事项有两个以上牵头单位。通常列首位的为主，但须看文件有没有这样写明；没有写明的，主次不清。",
        bearers.several_leads,
    ),
    FindingRule(
        "only-collectives",
        "责任单位没有点名",
        MEDIUM,
        STABLE,
        "责任单位栏只有“各有关部门”“各县市区政府”一类的概括称谓和开发区、新区管委会，没有一个具体部门，无从问责。",
        bearers.only_collectives,
    ),
    FindingRule(
        "open-list",
        "责任单位没有列全",
        MEDIUM,
        STABLE,
        "单位名单以“等”“等部门”“等有关部门”收尾，名单之外还有谁，文件没有说。",
        bearers.open_list,
    ),
    FindingRule(
        "bearer-not-listed",
        "正文的责任主体未列入单位栏",
        MEDIUM,
        TRIAL,
        "正文以某个机关为主语提出要求（要、应当、每年……），单位栏既没有点它的名，也没有用概括称谓包括它。"
        "“市县两级政府”“各级政府”在只列各县市区政府时算未列全，因为市政府本身没有列入。",
        bearers.bearer_not_listed,
    ),
    FindingRule(
        "lead-also-responsible",
        "同一单位既牵头又列为责任单位",
        LOW,
        STABLE,
        "同一单位在同一事项中既是牵头单位，又列在责任或配合单位中，角色重复。",
        bearers.lead_also_responsible,
    ),
    FindingRule(
        "unit-overloaded",
        "牵头任务过于集中",
        MEDIUM,
        TRIAL,
        f"某单位的牵头项数不少于{bearers.FEW_LEADS}项，且达到其余牵头单位平均数的{bearers.TIMES:.0f}倍以上"
        f"（牵头单位不少于{bearers.FEW_UNITS}个时才比较）。提示关注其人力和统筹能力，不等于分工不当。",
        bearers.unit_overloaded,
    ),
    FindingRule(
        "deadline-within-item",
        "事项内时限不一致",
        MEDIUM,
        TRIAL,
        "正文中的日期晚于本事项的完成时限；或者正文要求每年开展，完成时限却止于印发当年，又没有说明属于常态化工作。",
        dates.within_item,
    ),
    FindingRule(
        "deadline-after-aim",
        "时限晚于总体目标",
        MEDIUM,
        TRIAL,
        "事项的时限（写明的或按兜底条款推定的）晚于文件总体目标所说的“完成各项任务”的日期、文件的总体时限，或标题所写的期限。",
        dates.after_aim,
    ),
    FindingRule(
        "fallback-after-aim",
        "兜底时限晚于总体目标",
        MEDIUM,
        TRIAL,
        "没有明确时间要求的任务的兜底时限，晚于文件总体目标所说的“完成各项任务”的日期，或标题所写的期限。",
        dates.fallback_after_aim,
    ),
    FindingRule(
        "deadline-before-issue",
        "时限早于印发日期",
        HIGH,
        STABLE,
        "写明的日期在文件印发之前，印发时已经过期。印发日期只到年份的，以该年1月1日为准。",
        dates.before_issue,
    ),
    FindingRule(
        "no-own-date",
        "没有自己的完成日期",
        MEDIUM,
        STABLE,
        "事项的完成时限条款没有给出日期，只能按兜底条款推定，或者根本无从推定。全部属于长期、周期工作的不报。",
        dates.no_own_date,
    ),
    FindingRule(
        "loose-deliverable",
        "要出台的文件没有时限或牵头",
        MEDIUM,
        TRIAL,
        "要求制定出台的文件，所在句子和所在事项都没有写明日期，或者没有牵头单位。",
        dates.loose_deliverable,
    ),
    FindingRule(
        "county-not-listed",
        "正文要求县级，单位栏未列",
        MEDIUM,
        TRIAL,
        "正文对县级政府（含“各级政府”“市县两级政府”等）提出要求，单位栏里没有任何县级单位。",
        counties.county_not_listed,
    ),
    FindingRule(
        "zone-left-out",
        "开发区、新区列入不一致",
        MEDIUM,
        TRIAL,
        "某个开发区、新区管委会在一些事项中与各县市区政府并列，在另一些列了各县市区政府或其他区的事项中却没有列入。",
        counties.zone_left_out,
    ),
    FindingRule(
        "unknown-instrument",
        "引用的文件无法确定",
        LOW,
        STABLE,
        "所引名称过于笼统，又没有用“以下简称”交代，仅凭名称不能确定是哪一份文件。",
        plan_text.unknown_instrument,
    ),
    FindingRule(
        "section-without-items",
        "任务部分下没有事项",
        LOW,
        TRIAL,
        "同级的其他部分都有事项，这一部分一项也没有。总体要求、保障措施一类本来不列事项的部分不报。",
        plan_text.section_without_items,
    ),
    FindingRule(
        "numbering-gap",
        "编号缺号",
        MEDIUM,
        STABLE,
        "事项或同级标题的编号中间有缺号：原文漏编，或者有一项没有读出，须对照原件。",
        plan_text.numbering_gap,
    ),
    FindingRule(
        "numbering-repeated",
        "编号重复或倒退",
        MEDIUM,
        STABLE,
        "事项或同级标题的编号与前一个相同或更小，又不是从1重新编起；按编号引用时会指向两处。",
        plan_text.numbering_repeated,
    ),
    FindingRule(
        "repaired-text",
        "依据的是修复过的文字",
        LOW,
        STABLE,
        "原文有缺字，责任、时限、引用或要求依据修复后的读法；引用时应以原件核对。",
        plan_text.repaired_text,
    ),
    FindingRule(
        "name-not-sure",
        "名称不像单位",
        LOW,
        TRIAL,
        "单位栏里的名称看不出是单位（没有局、办、委一类的字样，也不在已知简称之列），可能是误写、误读或不完整的名称，须对照原件。",
        plan_text.name_not_sure,
    ),
    FindingRule(
        "annex-differs",
        "附表与正文的牵头单位不同",
        HIGH,
        TRIAL,
        "同一事项，附表写的牵头单位与正文不是同一个；各项按正文计入，以哪一个为准须向发文机关核实。",
        plan_text.annex_differs,
    ),
    FindingRule(
        "damaged-text",
        "原文损坏，读不确定",
        HIGH,
        STABLE,
        "单位栏或时限的文字没有读出，或者有字无法解码，这一项的责任或时限可能不全。",
        plan_text.damaged_text,
    ),
    FindingRule(
        "no-such-date",
        "写了历法上没有的日期",
        HIGH,
        STABLE,
        "写的月份或者日子历法上没有（13月、6月45日、2月30日），可能是笔误；这一项何时完成须向发文机关核实。",
        plan_text.no_such_date,
    ),
)

RULE: Mapping[str, FindingRule] = {rule.id: rule for rule in RULES}
