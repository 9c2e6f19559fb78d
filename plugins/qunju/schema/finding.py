"""Findings of form: where a file departs from its schema."""

from __future__ import annotations

from dataclasses import dataclass

from qunju.source.place import Place


@dataclass(frozen=True, slots=True)
class FormFinding:
    """A departure from the form, for people: what is wrong and what to write instead.

    `also` are further places of the same. `at_key` points at the name of a field instead of its value. `sensitive`
    means that neither the value nor the source line may be shown.
    """

    rule: str
    place: Place
    message: str
    remedy: str
    at_key: bool = False
    sensitive: bool = False
    also: tuple[Place, ...] = ()


TITLES = {
    "SHP-FIELD": "欄位名稱",
    "SHP-REQUIRED": "必要欄位",
    "SHP-TYPE": "內容的型別",
    "SHP-DATE": "日期寫法",
    "SHP-FORMAT": "內容的寫法",
    "SHP-CHOICE": "可用的選項",
    "SHP-RANGE": "數值範圍",
    "SHP-LENGTH": "長度",
    "SHP-REFERENCE": "指向的識別字",
    "SHP-PATH": "檔案路徑",
}
