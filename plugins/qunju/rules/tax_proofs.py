"""The tax certificate (納稅證明): in whose name, of which period, and what stands in for it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from qunju.model.cluster import Cluster
from qunju.model.documents import TaxProof
from qunju.model.identity import name_key, number_key
from qunju.model.member import ROC_EPOCH
from qunju.model.progress import Submission
from qunju.regulation.application import day_of_application
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.rules.completeness import lacking_fields
from qunju.source.place import Place

_OWN, _RESPONSIBLE = "proposer", "responsible"
_BUSINESS = "business"
"""The registration of a 商業, which may belong to one person (獨資)."""
_LETTER, _EXEMPT, _NO_ARREARS = "new_business_letter", "exempt_certificate", "no_arrears"
_VAT, _INCOME = "vat", "income"
_TAXES: Final[Mapping[str, str]] = {
    "vat_receipt": _VAT,
    "vat_return": _VAT,
    "cit_receipt": _INCOME,
    "cit_return": _INCOME,
    "iit_certificate": _INCOME,
    "iit_receipt": _INCOME,
}
"""The tax whose periods a kind of certificate has; of the other kinds, none."""
_YEAR, _TWO = 12, 2
"""Months of a period: of 所得稅, and of 營業稅."""
_EVER = "9999"
_HOW: Final = {_VAT: "營業稅的期別要寫民國年與月份，例如 {}", _INCOME: "所得稅的期別只寫民國年度，例如 {}"}


class _Period(NamedTuple):
    """A tax period: as it is written, its ROC year, and its first and last month."""

    text: str
    year: int
    first: int
    last: int

    @classmethod
    def of(cls, text: str) -> _Period:
        """Read 110/11-12 or 109, as the schema lets it be written."""
        year, _, months = text.partition("/")
        first, _, last = months.partition("-")
        return cls(text, int(year), int(first or 1), int(last or _YEAR))

    @property
    def exists(self) -> bool:
        """Whether there are such months."""
        return 1 <= self.first <= self.last <= _YEAR

    @property
    def end(self) -> int:
        """Its last month, counted from the beginning of the ROC."""
        return self.year * _YEAR + self.last

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last - self.first + 1

    @property
    def is_regular(self) -> bool:
        """Whether it is a whole year, or one of the two-month periods of 營業稅."""
        return self.months == _YEAR or (self.months == _TWO and self.last % _TWO == 0)


def in_the_proposers_name(cluster: Cluster, clause: Clause) -> Verdict:
    """The certificate is in the proposer's name: that is, with its 統一編號 (名義一致).

    A 商業 may hand in its owner's income tax certificate, (3) of the passage; that it belongs to one person (獨資)
    somebody should make sure of. Where private/ is open, the owner's name is compared too.
    """
    proof, proposer = cluster.documents.tax_proof, cluster.proposer
    holder = proof.entity_kind
    if holder == _OWN:
        if number_key(proof.entity_ubn) == number_key(proposer.ubn):
            return clause.passes(f"{clause.title}：統一編號 {proof.entity_ubn} 與提案單位相同。")
        words = f"證明上的統一編號是 {proof.entity_ubn}，提案單位是 {proposer.ubn}"
        return clause.fails(f"{clause.title}：{words}。", proof.place(TaxProof.entity_ubn))
    place = proof.place(TaxProof.entity_kind)
    if holder != _RESPONSIBLE:
        return clause.fails(f"{clause.title}：證明不是提案單位的名義。", place)
    if proposer.registration_type != _BUSINESS:
        return clause.fails(f"{clause.title}：證明是負責人個人的名義，而提案單位不是商業登記。", place)
    if not TaxProof.entity.is_closed(proof) and name_key(proof.entity) != name_key(proposer.representative):
        words = "證明上的姓名與提案單位負責人不同"
        return clause.fails(f"{clause.title}：{words}。", proof.place(TaxProof.entity), sensitive=True)
    note = Note(Level.WARNING, "以負責人個人的所得稅證明代替，請確認提案單位是獨資商號。", (place,))
    return clause.passes(f"{clause.title}：商業登記，以負責人名義檢附。", notes=[note])


def recent_period(cluster: Cluster, clause: Clause) -> Verdict:
    """The certificate is of the latest period whose filing was due on the day of application, or of the one before it.

    One that came early is good too. Until the proposal is handed in, its deadline stands for the day (CON-35).
    """
    proof = cluster.documents.tax_proof
    tax = _TAXES.get(proof.kind)
    if tax is None:
        return clause.not_applicable(message=f"{clause.title}：{_kind(proof, clause)}不以期別判定。")
    return _recent(cluster, clause, tax)


def period_without_arrears(cluster: Cluster, clause: Clause) -> Verdict:
    """A certificate of no arrears (查復表) is of the same periods as the tax certificate it stands in for."""
    proof = cluster.documents.tax_proof
    if proof.kind != _NO_ARREARS:
        return clause.not_applicable(message=f"{clause.title}：檢附的不是查復表。")
    return _recent(cluster, clause, _VAT if "/" in proof.period else _INCOME)


def newly_established(cluster: Cluster, clause: Clause) -> Verdict:
    """A letter on the founding (核准設立登記公函) serves until the first 營業稅 is due, on that day still.

    Whoever was told to use 統一發票 hands in the papers on buying them as well.
    """
    proof = cluster.documents.tax_proof
    if proof.kind != _LETTER:
        return clause.not_applicable(message=f"{clause.title}：檢附的不是設立登記公函。")
    faults = _faults_of_letter(proof, day_of_application(cluster, clause.programme))
    if faults:
        return clause.fails(f"{clause.title}：{'；'.join(faults.values())}。", *faults)
    lacking = list(lacking_fields(cluster, clause))
    return clause.unknown(*lacking) if lacking else clause.passes(f"{clause.title}：得以設立登記公函代替。")


def exempt_with_certificate(cluster: Cluster, clause: Clause) -> Verdict:
    """Whoever pays no tax (未達課稅標準或依法免納稅) hands in what the tax office says of it, or of no arrears.

    Nobody else may hand in a certificate of exemption.
    """
    proof = cluster.documents.tax_proof
    exempt, kind = proof.maybe(TaxProof.tax_exempt), proof.kind
    if not exempt:
        if kind != _EXEMPT:
            return clause.not_applicable(message=f"{clause.title}：不是免稅的提案單位。")
        if proof.tax_exempt is False:
            words = "檢附的是免稅證明，卻註明不是免稅"
            return clause.fails(f"{clause.title}：{words}。", proof.place(TaxProof.tax_exempt))
    if kind not in (_EXEMPT, _NO_ARREARS):
        words = f"免稅者要附稅捐稽徵機關出具或核章的證明，檢附的是{_kind(proof, clause)}"
        return clause.fails(f"{clause.title}：{words}。", proof.place(TaxProof.kind))
    file = PurePosixPath(proof.file_path).name
    return clause.passes(f"{clause.title}：檢附{_kind(proof, clause)}（{file}）。")


def _faults_of_letter(proof: TaxProof, day: datetime.date) -> dict[Place, str]:
    """Return what is known to speak against a letter on the founding, by place."""
    faults: dict[Place, str] = {}
    due, uses = proof.maybe(TaxProof.first_vat_due), proof.maybe(TaxProof.uses_uniform_invoice)
    if proof.maybe(TaxProof.newly_established) is False:
        faults[proof.place(TaxProof.newly_established)] = "提案單位不是新設立"
    if due is not None and day > due:
        faults[proof.place(TaxProof.first_vat_due)] = f"申請日 {day} 已過第一期營業稅繳納期限 {due}"
    if uses and proof.maybe(TaxProof.invoice_purchase_proof) is False:
        faults[proof.place(TaxProof.invoice_purchase_proof)] = "核定使用統一發票，卻沒有附申領購票證的文件"
    return faults


def _recent(cluster: Cluster, clause: Clause, tax: str) -> Verdict:
    """Compare the certificate's period with the one before the latest, on the day of application."""
    proof = cluster.documents.tax_proof
    stated, place = proof.period, proof.place(TaxProof.period)
    day = day_of_application(cluster, clause.programme)
    rows = clause.programme.facts["tax_periods"][tax]
    number, current = next((i, row) for i, row in enumerate(rows) if day.isoformat() <= row.get("until", _EVER))
    period, latest, previous = map(_Period.of, (stated, current["latest"], current["previous"]))
    if not period.exists or (period.months == _YEAR) != (latest.months == _YEAR):
        return clause.fails(f"{clause.title}：{_HOW[tax].format(latest.text)}；現在寫的是 {stated}。", place)
    counted = "" if cluster.progress.submission.maybe(Submission.submitted_at) else "（尚未送件，先以截止日計）"
    due = f"（申報期限 {rows[number - 1]['until']} 已過）" if number else ""
    words = f"以申請日{counted} {day} 計，最近一期是 {latest.text}{due}、前一期是 {previous.text}，檢附的是 {stated}"
    early = period.end - previous.end
    if early < 0 and not period.is_regular:
        return clause.ask_person(f"{clause.title}：{words}，不是兩個月一期，請人工確認是不是最近一期或前一期。", place)
    limit = Quantity(previous.text, "", f"不得早於 {previous.text}")
    measured = Quantity(stated, "", stated)
    if early < 0:
        behind = -early // period.months
        gap = Quantity(behind, "期", f"早了 {behind} 期")
        return replace(
            clause.fails(f"{clause.title}：{words}，{gap.text}。", place, measured=measured, gap=gap), limit=limit
        )
    later = period.end > (day.year - ROC_EPOCH) * _YEAR + day.month
    unusual = f"納稅證明的期別 {stated} 到申請日 {day} 還沒有結束，請核對。"
    notes = [Note(Level.WARNING, unusual, (place,))] if later else []
    return replace(clause.passes(f"{clause.title}：{words}。", measured=measured, notes=notes), limit=limit)


def _kind(proof: TaxProof, clause: Clause) -> str:
    """Return what a kind of certificate is called."""
    titles: Mapping[str, str] = clause.programme.facts["titles"]["tax_proofs"]
    return titles.get(proof.kind, "這種證明")
