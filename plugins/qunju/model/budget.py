"""The file budget.yml: 經費需求, as lines of 經費明細表. What else the three tables say is stated, and then checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property

from qunju.model.record import Amounts, Date, Field, Integer, Missing, Number, Part, Parts, Record, T, Text

_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
"""More digits than the product of the largest numbers that the form takes can have."""


class Period(Record):
    """期間 of the three tables."""

    start = Date()
    end = Date()


class _Shares(Record):
    """占總經費%, stated: one number a row."""

    @cached_property
    def stated(self) -> Mapping[str, Decimal]:
        """The shares that are filled in, by row."""
        return _stated(self, Number)


class Table1Shares(_Shares):
    """占總經費% of 總預算表."""

    direct_salary = Number()
    other_direct = Number()
    tax = Number()
    total = Number()


class Table1(Record):
    """總預算表 in NT$, stated."""

    direct_salary = Integer()
    """直接薪資."""
    other_direct = Integer()
    """其他直接費用."""
    tax = Integer()
    """營業稅."""
    total = Integer()
    share = Part(Table1Shares)

    @cached_property
    def stated(self) -> Mapping[str, int]:
        """The amounts that are filled in, by row."""
        return _stated(self, Integer)


class Table2Shares(_Shares):
    """占總經費% of 經費運用分配表."""

    personnel = Number()
    digital_solution = Number()
    training_coaching = Number()
    meeting_event_hw = Number()
    promotion = Number()
    other = Number()
    tax = Number()
    total = Number()


class OtherAllocation(Record):
    """A row of 其他(可自行增列)."""

    label = Text()
    amount = Integer()


class Table2(Record):
    """經費運用分配表 in NT$, stated."""

    personnel = Integer()
    """人力費(講師/提案單位/協力廠商)."""
    digital_solution = Integer()
    """創新數位應用方案相關費用."""
    training_coaching = Integer()
    """群聚研習與輔導."""
    meeting_event_hw = Integer()
    """會議或活動(含硬體設備)."""
    promotion = Integer()
    """群聚推廣."""
    other = Parts(OtherAllocation)
    tax = Integer()
    total = Integer()
    share = Part(Table2Shares)

    @cached_property
    def stated(self) -> Mapping[str, int]:
        """The amounts that are filled in, by row; `other` is the sum of its rows, where each of them has an amount."""
        rows = dict(_stated(self, Integer))
        others = [row.maybe(OtherAllocation.amount) for row in self.maybe(Table2.other) or ()]
        known = [amount for amount in others if amount is not None]
        if others and len(known) == len(others):
            rows["other"] = sum(known)
        return rows


class Table3(Record):
    """The sums of 經費明細表 in NT$, stated."""

    accounts = Amounts()
    """二級科目額 by account."""
    operations = Integer()
    """其他業務費."""
    tax = Integer()
    total = Integer()


class _Word(Text):
    """A word of the form in its usual width: 直接薪資／專任研究人員 is 直接薪資/專任研究人員 (FMT-06)."""

    def convert(self, value: str, record: Record) -> str:
        return unicodedata.normalize("NFKC", value).strip()


class Quantity(Record):
    """數量 and its 單位."""

    value = Number()
    unit = Text()


class Line(Record):
    """A line of 經費明細表."""

    account = _Word()
    """一級/二級科目, as 其他直接費用/旅運費."""
    item = Text()
    """工作項目."""
    unit_price = Integer()
    """單價 in NT$."""
    quantities = Parts(Quantity)
    """What the price is multiplied by: one quantity, or two (2 時 × 3 場)."""
    amount = Integer()
    """輔導經費 in NT$, stated: `cost` is the one to use."""
    staff = Text()
    """An identifier of `Proposer.staff`, for a line of 直接薪資."""
    allocation = _Word()
    """The row of 經費運用分配表 that the line goes to; 其他/標籤 for one of the writer's own."""

    @cached_property
    def exact_amount(self) -> Decimal:
        """The unit price times every quantity, not rounded."""
        quantities = self.quantities
        if not quantities:
            raise Missing(self.place(Line.quantities), Line.quantities.key, "missing")
        product = Decimal(self.unit_price)
        for quantity in quantities:
            product = _EXACT.multiply(product, quantity.value)
        return product

    @cached_property
    def computed_amount(self) -> int:
        """The exact amount, rounded half up to NT$."""
        return int(_EXACT.quantize(self.exact_amount, Decimal(1)))

    @cached_property
    def cost(self) -> int:
        """輔導經費 in NT$: the amount stated, or the one computed."""
        stated = self.maybe(Line.amount)
        return self.computed_amount if stated is None else stated


class Budget(Record):
    """budget.yml."""

    period = Part(Period)
    t1 = Part(Table1)
    t2 = Part(Table2)
    t3 = Part(Table3)
    lines = Parts(Line)


def _stated(record: Record, kind: type[Field[T]]) -> Mapping[str, T]:
    """Return the fields of a kind that are filled in."""
    fields = (field for field in record.model_fields() if isinstance(field, kind))
    values = ((field.key, record.maybe(field)) for field in fields)
    return {key: value for key, value in values if value is not None}
