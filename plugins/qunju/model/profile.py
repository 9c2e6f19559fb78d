"""The file cluster.yml: cover (封面), summary (提案內容摘要表) and, for category B, the cluster it continues."""

from __future__ import annotations

from qunju.model.record import Flag, Integer, Number, Part, Parts, Record, Text, Texts


class Features(Record):
    """群聚特色."""

    members = Text()
    """成員簡介."""
    distribution = Text()
    """分佈."""
    advantage = Text()
    """組成特色與優勢."""


class AspectOutcomes(Record):
    """輔導面向預計成效, one text an aspect."""

    o = Text("O")
    e = Text("E")
    s = Text("S")
    i = Text("I")


class PlanSummary(Record):
    """群聚推動構想 as summarised for the committee."""

    goal = Text()
    """群聚目標."""
    status_and_actions = Text()
    """群聚現況與預計執行事項."""
    overall_plan = Text()
    """群聚推動整體規劃."""
    highlights = Text()
    """預期亮點效益."""


class Summary(Record):
    """提案內容摘要表. What other files know is computed; where it is stated here, it is checked."""

    areas = Texts()
    """群聚主要分布縣市: county and township in one text."""
    budget_total = Integer()
    """提案經費(含稅) in NT$, stated."""
    member_count = Integer()
    """家數, stated."""
    features = Part(Features)
    aspects = Part(AspectOutcomes)
    plan = Part(PlanSummary)
    kpis = Texts()
    """績效指標, stated: the texts of the indicators of schedule.yml in their order."""


class FormerMember(Record):
    """A company of the cluster that is continued (原群聚成員)."""

    name = Text()
    ubn = Text()
    responsible = Text()
    """負責人: tells apart companies without a 統一編號."""


class FormerResult(Record):
    """前一年成果: one measured result of the year before."""

    metric = Text()
    value = Number()
    unit = Text()
    kind = Text()
    """enterprise_growth, brand or 其他."""


class Continues(Record):
    """前一年群聚: what a category B proposal builds on."""

    year = Integer()
    """ROC year."""
    name = Text()
    program = Text()
    roster = Parts(FormerMember)
    results = Parts(FormerResult)


class Profile(Record):
    """cluster.yml."""

    name = Text()
    """群聚名稱."""
    year = Integer()
    """計畫年度, an ROC year."""
    category = Text()
    """提案類別: A or B."""
    type = Text()
    """群聚型態."""
    stage = Text()
    """The milestone that the proposer claims to have reached."""
    publish = Flag()
    """是否公開."""
    demonstration = Flag()
    """Whether everything in the proposal is made up; every page says so."""
    theme = Text()
    """群聚主題."""
    summary = Part(Summary)
    continues = Part(Continues)
