"""The file schedule.yml: 預定進度與績效查核."""

from __future__ import annotations

from decimal import Decimal

from qunju.model.presumed import TextOr
from qunju.model.record import Date, Flag, Integer, Integers, Keyed, Number, Part, Record, Text, Texts

BASIC = "basic"
"""The kind of row that is a 基本工作項目."""
INDICATOR_KINDS = frozenset({"O", "E", "S", "I", "other"})
"""The kinds of row that are 績效指標 (KPI)."""
PER_CENT = frozenset({"%", "％"})
LEVEL = "level"
DOWN = "down"


class Checkpoint(Record):
    """查核點, stated: the programme's own date and percentages are the ones that hold."""

    date = Date()
    planned_pct = Integer()
    cumulative_pct = Integer()


class Checkpoints(Record):
    """期中 and 期末查核點."""

    mid = Part(Checkpoint)
    final = Part(Checkpoint)


class Row(Record):
    """A row of the table; its `id` is BW1 to BW6 or K1, K2 and so on."""

    kind = Text()
    """分類: basic, or O, E, S, I, other for an indicator."""
    text = Text()
    """工作項目與績效指標."""
    mid = Number()
    """期中預計達成數."""
    final = Number()
    """期末預計達成數: what the second half adds (sum), or the level at its end (level)."""
    total = Number()
    """全程目標數, stated: `whole` is the one to use."""
    unit = Text()
    evidence = Texts()
    """查核點佐證與說明資料."""
    scenario = Text()
    """情境, of an indicator."""
    digital_usage = Flag()
    """Whether the indicator counts 數位體驗、使用或消費."""
    usage_kind = Text()
    """體驗, 使用 or 消費."""
    usage_unit = Text()
    """人, 次, 頻率 or 其他."""
    aggregation = TextOr("sum")
    """sum, or level for what is measured anew each time."""
    direction = TextOr("up")
    """Of a level: up, or down where less is better."""
    prior_baseline = Text()
    """前一年基準, of category B."""
    sa_items = Texts()
    """Items of assessment.yml."""
    benefit_note = Text()
    digital_total = Integer()
    """BW2: 數位方式場數."""
    online_total = Integer()
    """BW2: 線上場數."""
    advisor_open_total = Integer()
    """BW2: 由群聚顧問講授並開放跨群聚之場數."""
    session_hours = Number()
    """BW2: 每場時數."""

    @property
    def is_indicator(self) -> bool:
        """Whether the row is a 績效指標 (KPI)."""
        return self.kind in INDICATOR_KINDS

    @property
    def is_level(self) -> bool:
        """Whether the row states a level to reach, not quantities to add up."""
        return self.aggregation == LEVEL

    @property
    def is_downward(self) -> bool:
        """Whether less is better, which it can be only of a level: what is added up is to grow."""
        return self.is_level and self.direction == DOWN

    @property
    def is_in_per_cent(self) -> bool:
        """Whether the row's numbers are shares."""
        return self.unit.strip() in PER_CENT

    @property
    def whole(self) -> Decimal:
        """全程目標數: the one stated, or what 期中 and 期末 make of it."""
        stated = self.maybe(Row.total)
        if stated is not None:
            return stated
        return self.final if self.is_level else self.mid + self.final


class Schedule(Record):
    """schedule.yml."""

    checkpoints = Part(Checkpoints)
    rows = Keyed(Row)
    progress_row = Integers()
    """預定完成工作進度百分比, stated: 期中, 期末, 累計."""
