"""The documents to hand in (應備資料): the 計畫書 with its stamped forms, 立案證明, 提案簡報, and the originals."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Final

from qunju.model.cluster import Cluster
from qunju.model.documents import Documents, Original, ProposalDocument, RegistrationProof, Slides
from qunju.model.identity import called, name_key
from qunju.model.record import Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.limit import Limit, amount
from qunju.regulation.verdict import Level, Note, Quantity, Status, Verdict
from qunju.regulation.wording import wording_key
from qunju.source.place import Place

PROPOSER: Final = "proposer"
"""What stands for the proposer's form where members' forms go by their identifiers."""
_MEGA, _MEBI = 10**6, 2**20
_BYTES = "位元組"
_FORMS = "份"
_SHOWN = 6


def proposal_format(cluster: Cluster, clause: Clause) -> Verdict:
    """The 計畫書 is a Word or PDF file by the ending of its name, in capitals or not."""
    document, formats = cluster.documents.proposal, clause.programme.vocabulary("proposal_formats")
    ending = PurePosixPath(document.file_path).suffix.lower()
    if ending in formats:
        return clause.passes(f"{clause.title}：{ending} 檔。")
    words = f"副檔名是 {ending}" if ending else "檔名沒有副檔名"
    place = document.place(ProposalDocument.file_path)
    return clause.fails(f"{clause.title}：{words}，只收 {'、'.join(formats)}。", place)


def proposal_size(cluster: Cluster, clause: Clause) -> Verdict:
    """The 計畫書 is no larger than the limit, its MB taken as 2 to the 20th bytes (CON-31).

    What is within that and beyond as many millions of bytes passes with a note, since the regulation does not say which
    MB it means.
    """
    document = cluster.documents.proposal
    megabytes = clause.number_limit.bound
    size, place = document.size_bytes, document.place(ProposalDocument.size_bytes)
    strict = int(megabytes * _MEGA)
    words = f"計畫書 {amount(size, _BYTES)}，若 1MB 以一百萬位元組計，已超過 {amount(strict, _BYTES)}，建議再壓縮。"
    limit = Limit(clause.number_limit.relation, int(megabytes * _MEBI), _BYTES)
    notes = [Note(Level.WARNING, words, (place,))] if size > strict and limit.holds(size) else []
    return clause.compare_value(size, place, limit=limit, notes=notes)


def forms_merged(cluster: Cluster, clause: Clause) -> Verdict:
    """The stamped forms of the proposer and of every member are part of the 計畫書, besides being uploaded (CON-13)."""
    document = cluster.documents.proposal
    merged = frozenset(document.merged_scans)
    return _demand_forms(clause, cluster, merged, "尚未整併", document.place(ProposalDocument.merged_scans))


def forms_uploaded(cluster: Cluster, clause: Clause) -> Verdict:
    """Every member's stamped form is a file of its own (CON-13); whether it bears both seals is for another clause."""
    scans = cluster.documents.member_scans
    absent = [member for member in cluster.members if member.id not in scans]
    if 0 < len(absent) <= len(_strays(scans, cluster)):
        raise Unsound(cluster.documents.file.path)
    return clause.for_all(
        cluster.members,
        lambda member: member.id in scans and bool(scans[member.id].file_path),
        lambda member: f"{called(member)}沒有個別上傳的掃描檔",
        place=lambda _: cluster.documents.place(Documents.member_scans),
    )


def representative_named(cluster: Cluster, clause: Clause) -> Verdict:
    """The 立案證明 bears the name of the proposer's present representative, as copied from it."""
    proof = cluster.documents.registration_proof
    named, present = proof.representative_name, cluster.proposer.representative
    if name_key(named) == name_key(present):
        return clause.passes(f"{clause.title}：與提案單位負責人相同。")
    place = proof.place(RegistrationProof.representative_name)
    return clause.fails(f"{clause.title}：證明載「{named}」，提案單位填的負責人是「{present}」。", place)


def slides(cluster: Cluster, clause: Clause) -> Verdict:
    """There are slides (提案簡報); that they leave out one of the topics the regulation names is worth a word."""
    deck, topics = cluster.documents.slides, clause.programme.vocabulary("slide_topics")
    covered = {wording_key(clause.programme, topic) for topic in deck.maybe(Slides.topics) or ()}
    absent = [topic for topic in topics if wording_key(clause.programme, topic) not in covered]
    words = f"簡報沒有載明{'、'.join(absent)}，請確認是否漏了。"
    notes = [Note(Level.WARNING, words, (deck.place(Slides.topics),))] if absent else []
    return clause.passes(f"{clause.title}：已備妥 {PurePosixPath(deck.file_path).name}。", notes=notes)


def originals_sent(cluster: Cluster, clause: Clause) -> Verdict:
    """The stamped originals of the proposer's form and of every member's were sent by post, each on a day."""
    originals = cluster.documents.originals
    listed = frozenset(form for original in originals if (form := original.maybe(Original.form)) is not None)
    place = cluster.documents.place(Documents.originals)
    verdict = _demand_forms(clause, cluster, listed, "尚未寄送正本", place)
    if verdict.status is Status.FAIL:
        return verdict
    dated = {original.form for original in originals if original.maybe(Original.sent_date) is not None}
    undated = [original for original in originals if original.maybe(Original.form) not in dated]
    lacking = [Original.sent_date.missing(original) for original in undated]
    return clause.unknown(*lacking) if lacking else verdict


def _demand_forms(clause: Clause, cluster: Cluster, held: Collection[str], fault: str, place: Place) -> Verdict:
    """Demand a form of the proposer and one of each member; `held` names those that are there."""
    names = {PROPOSER: "提案單位", **{member.id: called(member) for member in cluster.members}}
    absent = [name for form, name in names.items() if form not in held]
    if not absent:
        return clause.passes(f"{clause.title}：{len(names)} 份齊備。")
    if len(absent) <= len(_strays(held, cluster)):
        return clause.unknown(Unsound(place.path))
    shown = "、".join(absent[:_SHOWN]) + ("等" if len(absent) > _SHOWN else "")
    return clause.fails(
        f"{clause.title}：應有 {len(names)} 份，{shown}{fault}，缺 {len(absent)} 份。",
        place,
        measured=Quantity(len(names) - len(absent), _FORMS, amount(len(names) - len(absent), _FORMS)),
        gap=Quantity(len(absent), _FORMS, f"尚差 {amount(len(absent), _FORMS)}"),
    )


def _strays(held: Collection[str], cluster: Cluster) -> list[str]:
    """Return the identifiers of nobody: each may be meant for a form that seems absent, and is told of already."""
    return [form for form in held if form != PROPOSER and form not in cluster.all_members]
