"""The file documents.yml: 應備資料."""

from __future__ import annotations

from qunju.model.record import Date, Flag, Integer, Keyed, Part, Parts, Record, Text, Texts


class ProposalDocument(Record):
    """提案計畫書."""

    file_path = Text("file")
    size_bytes = Integer()
    cover_date = Date()
    merged_scans = Texts()
    """The stamped forms inside it: `proposer` and identifiers of members."""


class StampedForm(Record):
    """A form with 大章 and 負責人章, scanned."""

    file_path = Text("file")
    entity_seal = Flag()
    """單位或企業大章."""
    representative_seal = Flag()
    """負責人章."""


class RegistrationProof(Record):
    """立案證明."""

    file_path = Text("file")
    source = Text()
    representative_name = Text()


class TaxProof(Record):
    """納稅證明."""

    file_path = Text("file")
    kind = Text()
    period = Text()
    """111/01-02 for 營業稅, 109 for 所得稅."""
    entity_kind = Text()
    """In whose name: proposer, responsible or other."""
    entity_ubn = Text()
    entity = Text(personal=True)
    newly_established = Flag()
    first_vat_due = Date()
    """第一期營業稅繳納期限."""
    uses_uniform_invoice = Flag()
    invoice_purchase_proof = Flag()
    """購票證."""
    tax_exempt = Flag()


class Slides(Record):
    """提案簡報."""

    file_path = Text("file")
    topics = Texts()


class Video(Record):
    """介紹影片."""

    url = Text()
    duration_s = Integer()
    visibility = Text()
    """public, unlisted or private."""
    covers = Texts()


class Original(Record):
    """用印正本 sent by post."""

    form = Text()
    """`proposer` or the identifier of a member."""
    sent_date = Date()


class Documents(Record):
    """documents.yml."""

    proposal = Part(ProposalDocument)
    proposer_form_scan = Part(StampedForm)
    member_scans = Keyed(StampedForm)
    """By identifier of the member."""
    registration_proof = Part(RegistrationProof)
    tax_proof = Part(TaxProof)
    slides = Part(Slides)
    video = Part(Video)
    originals = Parts(Original)
