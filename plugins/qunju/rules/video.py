"""The video that introduces the members (群聚業者介紹影片)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from qunju.model.cluster import Cluster
from qunju.model.documents import Video
from qunju.regulation.clause import Clause
from qunju.regulation.verdict import Level, Note, Quantity, Verdict
from qunju.regulation.wording import wording_key
from qunju.source.place import Place

_PUBLIC: Final = "public"
_SETTINGS: Final = {_PUBLIC: "公開", "unlisted": "不公開(有連結者可看)", "private": "私人"}
_FILM = re.compile(r"/(?:shorts|embed|live|v)/[^/]")
_FILM_ID = re.compile(r"(?:^|&)v=[^&]")
_SHORT_HOST: Final = "youtu.be"


def length(cluster: Cluster, clause: Clause) -> Verdict:
    """The video is no longer than the limit (影片長度), in seconds."""
    video = cluster.documents.video
    return clause.compare_value(video.duration_s, video.place(Video.duration_s))


def published(cluster: Cluster, clause: Clause) -> Verdict:
    """The video is on YouTube, and open to all (公開); what is unlisted or elsewhere is not.

    Nothing is fetched: the address and the setting are taken as recorded. An address on YouTube that does not look like
    one of a film earns a note.
    """
    video, hosts = cluster.documents.video, clause.programme.vocabulary("video_hosts")
    faults: dict[Place, str] = {}
    address, setting = video.maybe(Video.url), video.maybe(Video.visibility)
    if address is not None and _host(address) not in hosts:
        faults[video.place(Video.url)] = "連結不是 YouTube 影片的網址"
    if setting not in (None, _PUBLIC):
        faults[video.place(Video.visibility)] = f"瀏覽權限是「{_SETTINGS[setting]}」"
    if faults:
        return clause.fails(f"{clause.title}：{'，'.join(faults.values())}。", *faults)
    words = "這個 YouTube 網址看起來不是一支影片，請確認點開就能觀看。"
    notes = [] if _is_film(video.url) else [Note(Level.WARNING, words, (video.place(Video.url),))]
    return clause.passes(f"{clause.title}：設定為{_SETTINGS[video.visibility]}。", notes=notes)


def contents(cluster: Cluster, clause: Clause) -> Verdict:
    """The video shows all that it should (店面, 環境, 互動情形), as the proposer says."""
    video, programme = cluster.documents.video, clause.programme
    shown = {wording_key(programme, one) for one in video.covers}
    wanted = programme.vocabulary("video_covers")
    absent = [one for one in wanted if wording_key(programme, one) not in shown]
    if not absent:
        return clause.passes(f"{clause.title}：{'、'.join(wanted)}皆有。")
    return clause.fails(
        f"{clause.title}：影片缺{'、'.join(absent)}。",
        video.place(Video.covers),
        gap=Quantity(len(absent), "項", f"尚差 {len(absent)} 項"),
    )


def _host(address: str) -> str:
    """Return the host of an address in small letters; of what is no address, nothing."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def _is_film(address: str) -> bool:
    parts = urlsplit(address.strip())
    if parts.hostname == _SHORT_HOST:
        return len(parts.path) > 1
    return _FILM.match(parts.path) is not None or (parts.path == "/watch" and _FILM_ID.search(parts.query) is not None)
