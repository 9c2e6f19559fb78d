"""Faults of reading: what is wrong with a file before anyone looks at what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qunju.source.place import START, Position


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a file from being read as meant, with its position and how to mend it."""

    rule: str
    message: str
    remedy: str
    position: Position | None = START

    def concealed(self) -> Fault:
        """Return the fault without a word of the file it was found in."""
        return replace(self, message=f"{TITLES[self.rule]}有誤。", remedy="用編輯器打開檔案，改正這一行。")


class Unreadable(Exception):
    """Raised inside this package when nothing of a file can be used; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


TITLES = {
    "SRC-SYNTAX": "YAML 語法",
    "SRC-CONFLICT": "未解決的合併衝突",
    "SRC-TAB": "以定位字元（Tab）縮排",
    "SRC-DUPLICATE": "重複的欄位",
    "SRC-ALIAS": "錨點與別名",
    "SRC-TAG": "YAML 標籤",
    "SRC-DOCUMENTS": "一個檔案只寫一份文件",
    "SRC-ENCODING": "檔案編碼",
    "SRC-CHARACTER": "無法使用的字元",
    "SRC-SIZE": "檔案大小",
    "SRC-DEPTH": "巢狀層數",
    "SRC-EMPTY": "空白檔案",
    "SRC-EXTENSION": "副檔名",
    "SRC-FILE": "檔案名稱",
    "SRC-FOLDER": "提案資料夾",
    "SRC-LINK": "捷徑",
    "SRC-PRIVATE": "受版本追蹤的 private/",
}
