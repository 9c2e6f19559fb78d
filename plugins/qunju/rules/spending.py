"""What the budget is spent on: prices, units, what the form has no account for, and the contract (BUD)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from qunju.model.answers import either
from qunju.model.budget import Budget, Line
from qunju.model.cluster import Cluster
from qunju.model.lines import called, lines_of, quantity_of
from qunju.model.progress import Award, Contract
from qunju.model.proposer import ProposerDeclarations
from qunju.model.record import Missing, Text, Unsound
from qunju.model.schedule import Schedule
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit
from qunju.regulation.programme import Programme
from qunju.regulation.verdict import Status, Verdict
from qunju.regulation.wording import alias_key, wording_key
from qunju.schema.annotation import find
from qunju.schema.demand import is_filled
from qunju.schema.wording import shown
from qunju.source.place import Place


def lump_sum_declared(cluster: Cluster, clause: Clause) -> Verdict:
    """The proposer declares that it accounts by 總包價法."""
    declarations = cluster.proposer.declarations
    if declarations.lump_sum:
        return clause.passes()
    return clause.fails(f"{clause.title}：尚未聲明。", declarations.place(ProposerDeclarations.lump_sum))


def unit_price_ceilings(cluster: Cluster, clause: Clause) -> Verdict:
    """No unit price (單價) is above the ceiling that 編列基準 sets for its item.

    The ceilings are not in the regulation: where the year has none, or none for an item, a person must look (CON-12).
    """
    listed = clause.programme.facts["ceilings"]
    if listed is None:
        return clause.ask_person(f"{clause.title}：系統沒有編列基準的單價上限，請逐列對照。")
    ceilings = {alias_key(clause.programme, "items", item): price for item, price in listed.items()}

    def ceiling(line: Line) -> int | None:
        return ceilings.get(alias_key(clause.programme, "items", line.item))

    lines = lines_of(cluster.budget)
    verdict = clause.for_all(
        lines,
        lambda line: (highest := ceiling(line)) is None or line.unit_price <= highest,
        lambda line: f"{called(line)}單價 {line.unit_price:,} 元，上限 {ceiling(line):,} 元",
        place=lambda line: line.place(Line.unit_price),
    )
    if verdict.status is Status.PASS and any(ceiling(line) is None for line in lines):
        return clause.ask_person(f"{clause.title}：有的項目沒有單價上限可比，請對照編列基準。")
    return verdict


def whole_amounts(cluster: Cluster, clause: Clause) -> Verdict:
    """Amounts are whole NT$, none below zero (金額格式).

    What is no whole number is a fault of form that keeps the file from every other rule, so this one reads the file as
    it is written. A product with decimals is rounded (BUD-09) and no fault.
    """
    file = cluster.budget.file
    wrong = [
        (f"「{field.title}」不能是{shown(found.value)}", Place(file.path, found.pointer))
        for field in clause.programme.form.committed["budget"].fields
        if field.schema.get("type") == "integer"
        for found in find(file.values, field.path)
        if is_filled(found.value, may_be_empty=False) and not _is_amount(found.value, clause.number_limit)
    ]
    if wrong:
        words = "；".join(message for message, _ in wrong[:6])
        return clause.fails(f"{clause.title}：{words}。", *(place for _, place in wrong))
    return clause.for_all(lines_of(cluster.budget), lambda line: line.unit_price >= 0, called)


def unlisted_accounts(cluster: Cluster, clause: Clause) -> Verdict:
    """No line is charged to what the form has no account for: 管理費, 公費, 設備購置, or any account of one's own.

    Equipment is rented, not bought (CON-24).
    """

    def is_listed(line: Line) -> bool:
        return _unlisted(line, clause.programme) is None and bool(line.account) and bool(line.item)

    def wrong(line: Line) -> str:
        found = _unlisted(line, clause.programme)
        return f"{called(line)}編列了表列所無的「{found[1] if found else ''}」"

    def place(line: Line) -> Place:
        found = _unlisted(line, clause.programme)
        return line.place(found[0] if found else None)

    return clause.for_all(lines_of(cluster.budget), is_listed, wrong, place=place)


def work_funded(cluster: Cluster, clause: Clause) -> Verdict:
    """Trainings and visits that the schedule plans are paid for by an account that could pay for them (經費支應).

    Where such an account has money, nothing need be known of the schedule.
    """
    unfunded: list[tuple[str, str]] = []
    unknown: list[Missing | Unsound] = []
    for name, work in clause.programme.facts["basic_rows"].items():
        if "funded_by" not in work:
            continue
        lines = lines_of(cluster.budget)
        questions = (
            *(partial(_pays_for, line, work["funded_by"], clause) for line in lines),
            partial(_is_not_planned, cluster, name),
        )
        try:
            if not either(questions):
                unfunded.append((name, work["name"]))
        except (Missing, Unsound) as cause:
            unknown.append(cause)
    if unfunded:
        words = "、".join(work for _, work in unfunded)
        rows = cluster.schedule.place(Schedule.rows)
        return clause.fails(
            f"{clause.title}：進度表排有{words}，經費明細表卻沒有可支應的科目。",
            cluster.budget.place(Budget.lines),
            *(rows.at(name) for name, _ in unfunded),
        )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：排定的研習與參訪皆有經費支應。")


def contract_total(cluster: Cluster, clause: Clause) -> Verdict:
    """The total of the contract is within what was approved (核定經費), and within the ceiling for every proposal."""
    contract, award = cluster.progress.contract, cluster.progress.award
    ceiling = clause.programme.clauses[clause.uses[0]].number_limit
    approved = award.maybe(Award.approved_total)
    if approved is None and ceiling.holds(contract.total):
        approved = award.approved_total
    is_stricter = approved is not None and ceiling.holds(approved)
    limit = replace(ceiling, bound=approved) if is_stricter and approved is not None else ceiling
    return clause.compare_value(contract.total, contract.place(Contract.total), limit=limit)


def units(cluster: Cluster, clause: Clause) -> Verdict:
    """Every item is charged in the units that 經費明細表 prints for it (計費單位): 時×場 for fees, 月×人 for advisors.

    The reports, printed with 月, may be charged in 月, 式 or 份 (CON-25). The account of an item is not asked.
    """
    programme = clause.programme
    printed = {
        alias_key(programme, "items", item): options
        for account in programme.facts["accounts"].values()
        for item, options in account["items"].items()
    }

    def options(line: Line) -> list[str] | None:
        return printed.get(alias_key(programme, "items", line.item))

    def is_printed(line: Line) -> bool:
        return any(sorted(option.split("×")) == sorted(_units(line, programme)) for option in options(line) or ())

    def wrong(line: Line) -> str:
        allowed = options(line)
        if allowed is None:
            return f"{called(line)}不是經費明細表所列的工作項目"
        return f"{called(line)}以「{'×'.join(_units(line, programme))}」計，表列為「{'」或「'.join(allowed)}」"

    return clause.for_all(
        lines_of(cluster.budget),
        is_printed,
        wrong,
        place=lambda line: line.place(Line.item if options(line) is None else Line.quantities),
    )


def misc_lump_quantity(cluster: Cluster, clause: Clause) -> Verdict:
    """「會議雜費、其他」 is charged once: the form prints 1 式. Several such lines count together."""
    item = alias_key(clause.programme, "items", clause.programme.facts["budget"]["lump_item"])
    lines = [line for line in lines_of(cluster.budget) if alias_key(clause.programme, "items", line.item) == item]
    if not lines:
        return clause.not_applicable(message=f"{clause.title}：沒有編列這個項目。")
    quantity = sum((quantity_of(line) for line in lines), Decimal(0))
    return clause.compare_value(quantity, *(line.place(Line.quantities) for line in lines))


def _is_amount(value: object, limit: Limit) -> bool:
    return value.__class__ is int and limit.holds(value)


def _unlisted(line: Line, programme: Programme) -> tuple[Text, str] | None:
    """Return the field of a line that the form has no account for, and what it is charged to."""
    for field in (Line.account, Line.item):
        text = wording_key(programme, line.maybe(field) or "")
        for word in programme.facts["budget"]["unlisted"]:
            if wording_key(programme, word) in text:
                return field, word
    account = line.maybe(Line.account)
    listed = {wording_key(programme, each) for each in programme.vocabulary("accounts")}
    return None if account is None or wording_key(programme, account) in listed else (Line.account, account)


def _pays_for(line: Line, accounts: list[str], clause: Clause) -> bool:
    """Tell whether a line has money for what one of the accounts (一級/二級, or 一級/二級/工作項目) may pay for."""
    for entry in accounts:
        account, item = "/".join(entry.split("/")[:2]), "/".join(entry.split("/")[2:])
        if line.account == account and (not item or alias_key(clause.programme, "items", line.item) == item):
            return line.cost > 0
    return False


def _is_not_planned(cluster: Cluster, name: str) -> bool:
    """Tell whether a basic work item has a target of zero; a row that is not there yet may come to be planned."""
    row = cluster.basic(name)
    if row is None:
        raise Missing(cluster.schedule.place(Schedule.rows).at(name), name, "missing")
    return row.whole == 0


def _units(line: Line, programme: Programme) -> list[str]:
    return [wording_key(programme, quantity.unit) for quantity in line.quantities]
