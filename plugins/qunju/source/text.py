"""Bytes of a file to text: UTF-8 only, and nothing an editor would show otherwise than a reader sees it."""

from __future__ import annotations

import re

from qunju.source.fault import Fault, Unreadable
from qunju.source.place import Position

MAX_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
_UNUSUAL_BREAKS = ("\x85", "\u2028", "\u2029")
# What YAML 1.2 calls printable; everything else makes the parser give up.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode(data: bytes) -> str:
    """Return the text of a file's bytes, without byte order mark; raise `Unreadable` where that is impossible."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            Fault(
                "SRC-SIZE",
                f"檔案有 {len(data):,} 位元組，超過 1 MiB（1,048,576 位元組）。",
                "圖片與掃描檔請放在 media/ 或 private/evidence/，YAML 只寫路徑。",
            )
        )
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(_encoding_fault(body, error)) from error
    _refuse_conflict(text)
    _refuse_characters(text)
    return text


def position_of(text: str, offset: int) -> Position:
    """Return line and column of a character offset."""
    before = text[:offset]
    return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def unprintable(text: str) -> Fault | None:
    """Return the fault of the first character that YAML does not allow, if there is one."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    return _character_fault(text, found.start())


def _encoding_fault(body: bytes, error: UnicodeDecodeError) -> Fault:
    before = body[: error.start].decode("utf-8", errors="replace")
    position = position_of(before, len(before))
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        kind = "看來是 UTF-16"
    else:
        try:
            body.decode("cp950")
            kind = "看來是 Big5"
        except UnicodeDecodeError:
            kind = "從這個位元組起無法解讀"
    return Fault(
        "SRC-ENCODING",
        f"檔案不是 UTF-8 編碼（{kind}）。",
        "請用編輯器「另存新檔」，編碼選 UTF-8 後再存一次。",
        position,
    )


def _refuse_conflict(text: str) -> None:
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    found = _CONFLICT.search(text)
    if found:
        raise Unreadable(
            Fault(
                "SRC-CONFLICT",
                "檔案裡還留著 git 合併衝突的記號。",
                "兩邊內容擇一保留，並刪去 <<<<<<<、=======、>>>>>>> 這三行。",
                position_of(text, found.start()),
            )
        )


def _refuse_characters(text: str) -> None:
    offsets = [text.index(char) for char in ("\0", *_UNUSUAL_BREAKS) if char in text]
    if offsets:
        raise Unreadable(_character_fault(text, min(offsets)))


def _character_fault(text: str, offset: int) -> Fault:
    code = f"U+{ord(text[offset]):04X}"
    return Fault(
        "SRC-CHARACTER",
        f"這裡有一個看不見的字元（{code}），YAML 不能使用。",
        "刪掉它再重打這一段；這種字元常是從 Word 或網頁貼上時帶進來的。",
        position_of(text, offset),
    )
