"""Chapter SLF: what the tables of 現況自我評估 ask to be filled in, a company's and the cluster's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from qunju.model.assessment import Assessment, ClusterItem, Condition
from qunju.model.cluster import Cluster
from qunju.model.identity import called
from qunju.model.member import HAS, Member, MemberItem, Revenue, SelfAssessment
from qunju.model.record import Integers, Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.exceptions import SHOWN, Fault, in_words, without_exception
from qunju.regulation.items import INITIAL, Item, columns, faults_of
from qunju.regulation.limit import amount
from qunju.regulation.verdict import Level, Note, Quantity, Reason, Verdict
from qunju.source.place import Place


def members_answered(cluster: Cluster, clause: Clause) -> Verdict:
    """Every company answered its table: what it lists it has, what it does not it has not, and {} is an answer too.

    An item that the form does not have fails (CON-09: the line of POS, which lost its boxes, is an item like others).
    """
    known = clause.programme.member_items
    strangers = [
        (f"{called(member)}列了表單沒有的 {name}{_last(name, known)}", answer.place().at(name))
        for member, answer in cluster.inventory.answers
        for name in answer.ids
        if name not in known
    ]
    passed = f"{len(cluster.inventory.answers)} 家成員皆已作答。"
    return without_exception(clause, strangers, cluster.inventory.unanswered, passed=passed, at_key=True)


def cluster_table_filled(cluster: Cluster, clause: Clause) -> Verdict:
    """Every item of the cluster's table says 有 or 無 in both columns (初始、目標), and no other item is there.

    One that is not written is not answered: unlike a company's, the cluster's table lists what it has not too. The
    特色產品/服務 at its head is filled in.
    """
    assessment, known = cluster.assessment, clause.programme.cluster_items
    unsigned = () if assessment.maybe(Assessment.signature) else (Assessment.signature.missing(assessment),)
    written = assessment.maybe(Assessment.items)
    if not written:
        return clause.unknown(Assessment.items.missing(assessment), *unsigned)
    here = assessment.place(Assessment.items)
    strangers = [(f"表單沒有 {name}{_last(name, known)}", here.at(name)) for name in written if name not in known]
    if strangers:
        return without_exception(clause, strangers, at_key=True)
    gaps = [gap for item in known.values() for gap in _gaps(item, written.get(item.id), here)]
    if not gaps:
        return clause.unknown(*unsigned) if unsigned else clause.passes(f"{clause.title}：{len(known)} 項皆已作答。")
    head = "另缺特色產品/服務；" if unsigned else ""
    words = f"{len(known)} 項中還有 {len(gaps)} 處沒有填有無：{head}{in_words(gaps)}"
    places = (*(place for _, place in gaps), *(cause.place for cause in unsigned))
    return clause.undetermined(Reason.MISSING, f"{clause.title}：{words}。", *places)


def explained(cluster: Cluster, clause: Clause) -> Verdict:
    """Beside 有 stands what the form asks for in brackets (名稱、數量); 家數 is a number of its own (SLF-10).

    有 alone says no more than the tick, and 無 gainsays it. Where the form prints a line and no hint, an empty one is
    worth a word; where it prints no line, and for POS, nothing is asked (CON-09).
    """
    items, empty = clause.programme.member_items, list[Fault]()

    def of_answer(member: Member, answer: SelfAssessment) -> Iterator[Fault]:
        for item in (items[name] for name in answer.denied if name in items):
            words = f"{called(member)}列了 {item.called}就是有，說明卻寫「無」；沒有的項目不必列"
            yield words, answer.item(item.id).place(MemberItem.detail)
        for item in (items[name] for name in answer.unexplained if name in items):
            detail = answer.item(item.id).place(MemberItem.detail)
            words = f"{called(member)}的 {item.called}"
            if item.hint:
                yield f"{words}勾了有，沒有寫{item.hint}", detail
            elif item.is_blank and answer.item(item.id).maybe(MemberItem.detail) is None:
                empty.append((words, detail))

    def of_column(item: Item, column: str, condition: Condition) -> Fault | None:
        if (condition.maybe(Condition.detail) or HAS).strip() != HAS or not condition.has:
            return None
        words = f"群聚自評 {item.called}的{column}勾了有，沒有寫{item.hint}"
        return words, condition.place(Condition.detail)

    hinted = [item for item in clause.programme.cluster_items.values() if item.hint and not item.counts_companies]
    faults, unknown = faults_of(cluster, hinted, of_answer, of_column)
    return without_exception(clause, faults, unknown, passed="勾有的項目皆有說明。", notes=_notes_on(empty))


def others_listed(cluster: Cluster, clause: Clause) -> Verdict:
    """Whoever has 其他 lists what it is (請列舉); however many they are, they count for one point."""
    others = [item for item in clause.programme.member_items.values() if item.is_other]

    def of_answer(member: Member, answer: SelfAssessment) -> Iterator[Fault]:
        for item in (item for item in others if item.id in answer.ids):
            entry = answer.item(item.id)
            if not _is_listing(entry.maybe(MemberItem.list)):
                yield f"{called(member)}的 {item.called}沒有列舉", entry.place(MemberItem.list)

    def of_column(item: Item, column: str, condition: Condition) -> Fault | None:
        if _is_listing(condition.maybe(Condition.list)) or not condition.has:
            return None
        return f"群聚自評 {item.called}的{column}沒有列舉", condition.place(Condition.list)

    asked = [item for item in clause.programme.cluster_items.values() if item.is_other]
    faults, unknown = faults_of(cluster, asked, of_answer, of_column)
    return without_exception(clause, faults, unknown, passed="勾了其他的都有列舉。")


def media_years(cluster: Cluster, clause: Clause) -> Verdict:
    """媒體報導 is of the years that the form names; what is aimed at may be of the programme's year too (CON-26)."""
    dated = [item for item in clause.programme.member_items.values() if item.years]

    def of_answer(member: Member, answer: SelfAssessment) -> Iterator[Fault]:
        for item in (item for item in dated if item.id in answer.ids):
            entry = answer.item(item.id)
            fault = _outside(entry, MemberItem.years, item.years)
            if fault is not None:
                yield f"{called(member)}的 {item.called}{fault[0]}", fault[1]

    def of_column(item: Item, column: str, condition: Condition) -> Fault | None:
        if not condition.has:
            return None
        span = item.years if column == INITIAL else item.target_years
        fault = _outside(condition, Condition.years, span)
        return None if fault is None else (f"群聚自評 {item.called}的{column}{fault[0]}", fault[1])

    asked = [item for item in clause.programme.cluster_items.values() if item.years]
    faults, unknown = faults_of(cluster, asked, of_answer, of_column)
    return without_exception(clause, faults, unknown, passed="媒體報導的年度都在表列期間。")


def revenue_adds_up(cluster: Cluster, clause: Clause) -> Verdict:
    """For each company, 實體營收 and 網路營收 make up the whole (合計)."""
    limit = clause.number_limit
    whole = amount(limit.bound, limit.unit)
    faults: list[Fault] = []
    unknown: list[Missing | Unsound] = []
    totals: list[Decimal] = []
    for member in cluster.members:
        try:
            offline, online = member.revenue.offline_pct, member.revenue.online_pct
        except (Missing, Unsound) as cause:
            unknown.append(cause)
            continue
        if not limit.holds(total := offline + online):
            totals.append(total)
            parts = f"實體 {amount(offline, limit.unit)}＋網路 {amount(online, limit.unit)}"
            words = f"{called(member)}{parts}＝{amount(total, limit.unit)}，應為 {whole}"
            faults.append((words, member.revenue.place(Revenue.offline_pct)))
    verdict = without_exception(clause, faults, unknown, passed=f"各成員的營收比例合計皆為 {whole}。")
    if not totals:
        return verdict
    off = limit.distance(totals[0])
    measured = Quantity(totals[0], limit.unit, amount(totals[0], limit.unit))
    return replace(verdict, measured=measured, gap=Quantity(off, limit.unit, f"差 {amount(off, limit.unit)}"))


def _last(name: str, known: Iterable[str]) -> str:
    """Say how far the form goes in the aspect that an identifier names."""
    return f"（這個面向到 {[one for one in known if one.startswith(name[:3])][-1]} 為止）"


def _gaps(item: Item, line: ClusterItem | None, table: Place) -> Iterator[Fault]:
    """Yield the columns of a line that say neither 有 nor 無."""
    if line is None:
        yield f"{item.called}（整項沒寫）", table.at(item.id)
        return
    for column, condition in columns(line):
        if condition.maybe(Condition.has) is None:
            yield f"{item.called}的{column}", condition.place(Condition.has)


def _notes_on(empty: list[Fault]) -> tuple[Note, ...]:
    if not empty:
        return ()
    listed = "、".join(words for words, _ in empty[:SHOWN]) + ("等" if len(empty) > SHOWN else "")
    words = f"{listed}勾了有而沒有說明，共 {len(empty)} 處；表單留有底線，建議補上。"
    return (Note(Level.WARNING, words, tuple(place for _, place in empty)),)


def _is_listing(listed: tuple[str, ...] | None) -> bool:
    return any(line.strip() for line in listed or ())


def _outside(record: MemberItem | Condition, field: Integers, span: tuple[int, ...]) -> Fault | None:
    """Return the years that the form does not name; a report that is there is of some year, so none is missing."""
    years = field.of(record)
    if not years:
        raise field.missing(record)
    first, last = span
    outside = [index for index, year in enumerate(years) if not first <= year <= last]
    if not outside:
        return None
    told = "、".join(str(years[index]) for index in outside)
    return f"寫了 {told} 年，表單列的是 {first} 至 {last} 年", record.place(field).at(outside[0])
