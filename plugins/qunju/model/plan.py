"""The file plan.yml: 推動構想及作法."""

from __future__ import annotations

from qunju.model.record import Keyed, Part, Parts, Record, Text, Texts


class PriorResults(Record):
    """前一年成果與今年規劃關聯, of category B."""

    methods = Text()
    highlights = Text()
    outcomes = Text()
    diffusion = Text()
    brand = Text()


class CommonProblem(Record):
    """One of the 共同面臨的問題."""

    text = Text()
    kind = Text()
    """痛點 or 優勢."""


class DigitalCapability(Record):
    """群聚企業數位能力說明."""

    tools = Text()
    usage = Text()
    scope = Text()


class Benefits(Record):
    """亮點與預期效益."""

    highlights = Text()
    qualitative = Texts()
    quantitative = Texts()


class CollaborationRole(Record):
    """One of the 角色分工 in 群聚共工執行方法."""

    role = Text()
    """群聚顧問, 領導企業 or 群聚成員."""
    duties = Text()
    division = Text()
    effort = Text()


class Collaboration(Record):
    """群聚共工執行方法."""

    text = Text()
    roles = Parts(CollaborationRole)


class Narrative(Record):
    """The texts of the plan."""

    origin = Text()
    """群聚緣起及提案動機."""
    b_prior_results = Part(PriorResults)
    intro = Text()
    """群聚簡介."""
    naming_origin = Text()
    """群聚命名之來由."""
    b_after_one_year = Text()
    """受輔導一年後現況與發展, of category B."""
    composition_advantage = Text()
    """組成特色與優勢分析."""
    communication = Text()
    """溝通交流方法."""
    common_problems = Keyed(CommonProblem)
    digital_capability = Part(DigitalCapability)
    goals = Text()
    """輔導目標."""
    strategy = Text()
    """輔導手法與策略."""
    implementation = Text()
    """實施方法."""
    benefits = Part(Benefits)
    b_sustainability = Text()
    """永續營運做法, of category B."""
    collaboration = Part(Collaboration)
    partner_intro = Text()
    """合作單位簡介、合作方式與內容說明."""


class DigitalTool(Record):
    """A 數位工具 that the cluster will use."""

    name = Text()
    purpose = Text()
    sa_item = Text()
    """An item of assessment.yml."""


class DigitalTools(Record):
    """數位工具 by use."""

    marketing = Parts(DigitalTool)
    """行銷推廣類."""
    management = Parts(DigitalTool)
    """經營管理類."""


class Difference(Record):
    """A row of 輔導前後差異."""

    problem = Text()
    """An identifier of `Narrative.common_problems`."""
    current = Text()
    expected = Text()
    method = Text()
    eval_qualitative = Text()
    eval_quantitative = Text()


class Figures(Record):
    """Pictures, as paths from the proposal's folder."""

    distribution = Texts()
    """成員分佈圖表."""
    strategy = Texts()
    """策略圖."""


class Plan(Record):
    """plan.yml."""

    narrative = Part(Narrative)
    digital_tools = Part(DigitalTools)
    difference_table = Parts(Difference)
    figures = Part(Figures)
