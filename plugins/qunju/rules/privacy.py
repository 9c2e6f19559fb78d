"""Chapter PDP: personal data (個人資料)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from qunju.model.cluster import Cluster
from qunju.model.member import Address, Member
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Quantity, Reason, Verdict
from qunju.schema.annotation import EACH, FieldSchema, is_leaf
from qunju.schema.form import Form
from qunju.source.personal import TRACKED_FILE
from qunju.source.place import Place

_HOME = "住家地址"
_UNIT = "處"
_SHOWN = 6
_IDENTIFYING = re.compile(r"身分證|統一證號|護照|出生|生日|national_?id|identity|passport|birth", re.IGNORECASE)
"""What a field is called that tells who somebody is, or when he was born."""


def masked_output(cluster: Cluster, clause: Clause) -> Verdict:
    """What is published shows public fields alone (輸出遮罩): the schemas say of every field who may see it.

    A field that says nothing counts as personal. Committed files may hold public and internal fields, private ones only
    personal fields. While personal data stand in a committed file, another clause's fault, nothing is concluded of what
    would be published: no site is built then.
    """
    if cluster.exposures:
        words = f"{clause.title}：提交的檔案裡還有個人資料，移除之前不會產生網站，也無從判定。"
        remedy = "請先照版本庫分離的說明移除個人資料，再檢查一次。"
        return clause.undetermined(Reason.UNSOUND, words, remedy=remedy)
    wrong = _unmasked(clause.programme.form)
    if wrong:
        return clause.fails(f"{clause.title}：{_listing(wrong)}的可見性標示有誤，可能被公開。")
    return clause.passes(f"{clause.title}：每個欄位都標明了可見性，網站只取公開欄位。")


def bound_to_purpose(cluster: Cluster, clause: Clause) -> Verdict:  # noqa: ARG001 - a formula is given the cluster
    """The schemas ask for nothing that the programme has no use for: no national id and no day of birth (特定目的)."""
    wrong = _beyond_purpose(clause.programme.form)
    if wrong:
        return clause.fails(f"{clause.title}：結構定義有{_listing(wrong)}，逾越蒐集的目的。")
    return clause.passes(f"{clause.title}：結構定義沒有身分證字號與出生日期等欄位。")


def kept_apart(cluster: Cluster, clause: Clause) -> Verdict:
    """Personal data stand only under private/, which git does not track (版本庫分離).

    In committed files, comments and drawings included, a mobile number, an e-mail address or a national id with a right
    check digit is one exposure each, wherever it stands: a company's telephone may be a land line only. So is a home
    address, and every file under private/ that git tracks, which must be taken for leaked. The verdict tells places and
    kinds, never what was found.
    """
    found = [*cluster.exposures]
    homes, unknown = _home_addresses(cluster)
    kinds = Counter(exposure.kind for exposure in found)
    if homes:
        kinds[_HOME] = len(homes)
    if kinds:
        words = "、".join(f"{kind} {count} {_UNIT}" for kind, count in kinds.items())
        leaked = "已受版本追蹤的檔案應視同外洩。" if TRACKED_FILE in kinds else ""
        total = sum(kinds.values())
        return clause.fails(
            f"{clause.title}：提交的內容裡有個人資料（{words}）。{leaked}",
            *(exposure.place for exposure in found),
            *homes,
            measured=Quantity(total, _UNIT, f"{total} {_UNIT}"),
            sensitive=True,
        )
    return clause.unknown(*unknown) if unknown else clause.passes(f"{clause.title}：提交的內容裡沒有個人資料。")


def _home_addresses(cluster: Cluster) -> tuple[list[Place], list[Missing | Unsound]]:
    """Return where a committed address is somebody's home, and what is lacking to tell of the others."""
    homes: list[Place] = []
    unknown: list[Missing | Unsound] = []
    for member in cluster.all_members.values():
        for field in (Member.registered_address, Member.operating_address):
            try:
                address = field.of(member)
                if address.maybe(Address.text) is not None and address.is_home:
                    homes.append(address.place(Address.text))
            except (Missing, Unsound) as cause:
                unknown.append(cause)
    return homes, unknown


@lru_cache(maxsize=4)
def _unmasked(form: Form) -> tuple[FieldSchema, ...]:
    """Return the fields that stand in a file where fields of their visibility must not; groups of fields have none."""
    return tuple(
        field
        for schema in (*form.committed.values(), *form.private.values())
        for field in schema.fields
        if field.path[-1] != EACH and is_leaf(field, schema.json) and (field.visibility == "personal") != schema.private
    )


@lru_cache(maxsize=4)
def _beyond_purpose(form: Form) -> tuple[FieldSchema, ...]:
    return tuple(
        field
        for schema in (*form.committed.values(), *form.private.values())
        for field in schema.fields
        if _IDENTIFYING.search(f"{field.path[-1]} {field.title}")
    )


def _listing(fields: tuple[FieldSchema, ...]) -> str:
    return "、".join(f"「{field.title}」" for field in fields[:_SHOWN]) + ("等欄位" if len(fields) > _SHOWN else "")
