"""The files members/<id>.yml: one company each (成員基本資料表, 企業情況, 自我評估)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cached_property
from typing import Any

from qunju.model.presumed import TextOr, Tick
from qunju.model.record import (
    Amounts,
    Date,
    Field,
    Flag,
    Integer,
    Integers,
    Missing,
    Number,
    Part,
    Parts,
    R,
    Record,
    Text,
    Texts,
)

LEAD = "群聚領導企業"
"""The role of the one member that leads the cluster."""
REGISTERED = frozenset({"company", "business"})
"""The kinds of registration that a 中小企業 may have (公司登記, 商業登記)."""
ROC_EPOCH = 1911
"""What a Gregorian year has more than the ROC year."""
NOT_DEEMED = "none"
HAS = "有"
"""What the form has people write of an item when there is nothing to say."""
HAS_NOT = frozenset({"無", "沒有"})
"""What people write who copy the whole form, though an item that is not there is not listed."""


class Address(Record):
    """An address; a home address stands in private/."""

    zip3 = Text()
    """郵遞區號, three digits."""
    text = Text()
    is_home = Flag()
    home_text = Text(personal=True)


class Responsible(Record):
    """負責人."""

    name = Text()
    gender = Text(personal=True)
    attributes = Texts(personal=True)
    """屬性 (族群); an empty list is an answer."""
    attributes_other = Text(personal=True)
    age_band = Text(personal=True)
    mobile = Text(personal=True)
    email = Text(personal=True)


class MemberContact(Record):
    """聯絡人(主要參與者)."""

    same_as_responsible = Tick()
    name = Text(personal=True)
    title = Text(personal=True)
    gender = Text(personal=True)
    mobile = Text(personal=True)
    email = Text(personal=True)
    age_band = Text(personal=True)


class SmeDeemed(Record):
    """視同中小企業: a company beyond the standard's limits that counts as within them for a time (認定標準 §6)."""

    kind = TextOr(NOT_DEEMED)
    """none, expanded 擴充 2 年, merged 合併 3 年 or group_coaching 集中輔導."""
    until = Date()
    """The last day it holds."""
    proof = Text()


class CoachedYear(Record):
    """受輔導年度: a year in which the company was coached, and by which programme."""

    year = Integer()
    """ROC year."""
    program = Text()


class MobilePay(Record):
    """行動支付: whether the company takes it."""

    initial = Flag()
    target = Flag()
    actual = Flag()
    tools = Texts()
    evidence = Texts()


class Gostyle(Record):
    """登載於 Gostyle 購世代導購平台."""

    planned = Flag()
    url = Text()


class Revenue(Record):
    """營收 by channel, in per cent of the whole."""

    offline_pct = Number()
    online_pct = Number()


class MonthlyOrders(Record):
    """每月銷售成交量, in orders."""

    offline = Integer()
    online = Integer()


class Management(Record):
    """企業經營問題: what is ticked, and what stands beside 其他."""

    leader = Texts()
    """企業經營管理主導者."""
    leader_other = Text()
    effective = Texts()
    """最有效的數位工具效益."""
    effective_other = Text()
    expected = Texts()
    """希望達成效益."""
    expected_other = Text()


class MemberItem(Record):
    """An item of 自我評估 that the company has."""

    detail = Text()
    list = Texts()
    """What is meant by 其他."""
    years = Integers()
    """ROC years of 媒體報導."""
    score = Integer()
    """指標積分, stated."""


class SelfAssessment(Record):
    """自我評估: the items that the company has. One that is not listed it has not."""

    subtotal = Amounts()
    """小計 by aspect (O, E, S, I), stated."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The identifiers of the items: every key but that of the subtotal."""
        subtotal = SelfAssessment.subtotal.key
        return tuple(key for key in self.values if key != subtotal)

    def item(self, id: str) -> MemberItem:  # noqa: A002 - it is the item's `id`
        """Return an item that the company has."""
        return MemberItem(self.file, (*self.pointer, id), self.values[id], id)

    @cached_property
    def unexplained(self) -> tuple[str, ...]:
        """The items of which no more is said than that the company has them: nothing, or 有."""
        key = MemberItem.detail.key
        return tuple(name for name in self.ids if (self.values[name].get(key) or "").strip() in ("", HAS))

    @cached_property
    def denied(self) -> tuple[str, ...]:
        """The items that are listed, which means that the company has them, and said not to be there."""
        key = MemberItem.detail.key
        return tuple(name for name in self.ids if (self.values[name].get(key) or "").strip() in HAS_NOT)

    def stating(self, field: Field[Any]) -> tuple[MemberItem, ...]:
        """Return the items that write a field: of hundreds a few do, and only those become records."""
        key = field.key
        return tuple(self.item(name) for name in self.ids if key in self.values[name])


class _Answer(Part[R]):
    """A group of which nothing need be filled in: only its absence means that the question was not answered."""

    def presumed(self, record: Record) -> None:
        return None


class Consent(Record):
    """個人資料 and 公開資料 consent."""

    collection = Flag()
    """蒐集利用."""
    responsible = Flag()
    contact = Flag()
    date = Date()
    publicity = Flag()
    """公開資料同意: without it, nothing of the company is published."""
    signed_by = Text(personal=True)


class MemberDeclarations(Record):
    """聲明 of a member."""

    truthful = Flag()


class Member(Record):
    """members/<id>.yml; its `id` is the name of the file."""

    name = Text()
    role = Text()
    """群聚領導企業 or 群聚成員企業."""
    county = Text()
    township = Text()
    employees = Integer()
    founded_year = Integer()
    """成立年度, an ROC year, stated: `year_founded` is the one to use."""
    founded_date = Date()
    """核准設立日期."""
    main_product = Text()
    brief = Text()
    """個別成員簡介."""
    phone = Text()
    """企業電話(市話)."""
    phone_mobile = Text(personal=True)
    ubn = Text()
    """統一編號."""
    registration_type = Text()
    """登記型態: company, business or none."""
    registration_note = Text()
    """Why a company without registration has no 統編, date, capital or registered address."""
    recent_year_revenue = Integer()
    """近一年營業額 in NT$."""
    paid_in_capital = Integer()
    """實收資本總額 in NT$."""
    industry = Text()
    industry_other = Text()
    registered_address = Part(Address)
    operating_address = Part(Address)
    responsible = Part(Responsible)
    contact = Part(MemberContact)
    small_scale = Tick()
    """小規模商業."""
    small_scale_proof = Text()
    sme_deemed = Part(SmeDeemed)
    coached_years = Parts(CoachedYear)
    other_smea_programs_this_year = Texts()
    mobile_pay = Part(MobilePay)
    gostyle = Part(Gostyle)
    signature_products = Text()
    """特色產品."""
    revenue = Part(Revenue)
    monthly_orders = Part(MonthlyOrders)
    management = Part(Management)
    self_assessment = _Answer(SelfAssessment)
    wish = Text()
    """最想要透過本次數位群聚計畫解決或精進之面向."""
    consent = Part(Consent)
    declarations = Part(MemberDeclarations)

    @property
    def is_lead(self) -> bool:
        """Whether the company is the 領導企業."""
        return self.role == LEAD

    @property
    def year_founded(self) -> int:
        """成立年度 (ROC): that of 核准設立日期, or the one stated where there is no such date."""
        founded = self.maybe(Member.founded_date)
        return self.founded_year if founded is None else founded.year - ROC_EPOCH

    @property
    def years_coached(self) -> frozenset[int]:
        """The ROC years in which the company was coached, by whatever programme."""
        return frozenset(entry.year for entry in self.coached_years)

    def has(self, item: str) -> bool:
        """Tell whether the company has an item of 自我評估."""
        return item in self.self_assessment.ids

    def meets_sme_standard(self, on: datetime.date, *, capital_at_most: int, employees_below: int) -> bool:
        """Tell whether the company meets 中小企業認定標準 on the day of the application (MEM-06).

        The numbers are those of its §2. One ground is enough, whatever else is not filled in. Raises the first
        `Missing` where that leaves it undecided.
        """
        registered = _ask(lambda: self.registration_type in REGISTERED)
        grounds = (
            _ask(lambda: self.paid_in_capital <= capital_at_most),
            _ask(lambda: self.employees < employees_below),
            _ask(lambda: self._is_deemed_sme(on)),
        )
        if registered is False or all(ground is False for ground in grounds):
            return False
        if registered is True and any(ground is True for ground in grounds):
            return True
        raise next(answer for answer in (registered, *grounds) if isinstance(answer, Missing))

    def _is_deemed_sme(self, on: datetime.date) -> bool:
        deemed = self.sme_deemed
        return deemed.kind != NOT_DEEMED and deemed.until >= on and bool(deemed.proof)


def _ask(question: Callable[[], bool]) -> bool | Missing:
    """Return the answer to a question, or what it would take to answer it."""
    try:
        return question()
    except Missing as missing:
        return missing.with_traceback(None)
