"""Chapter PDP: personal data (個人資料)."""

from __future__ import annotations

from collections import Counter

from qunju.model.cluster import Cluster
from qunju.model.member import Address, Member
from qunju.model.record import Missing, Unsound
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Quantity, Verdict
from qunju.source.personal import TRACKED_FILE
from qunju.source.place import Place

_HOME = "住家地址"
_UNIT = "處"


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
