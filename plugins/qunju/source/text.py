"""Bytes of a file to text: UTF-8 only, and nothing an editor would show otherwise than a reader sees it."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from qunju.source.fault import Fault, Unreadable
from qunju.source.place import Position

MAX_BYTES = 1 << 20
MAX_DEPTH = 100
_BOM = b"\xef\xbb\xbf"
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
_BREAK = re.compile("\r\n?|\n")
_UNUSUAL_BREAKS = ("\x85", "\u2028", "\u2029")
# What YAML 1.2 calls printable; everything else makes the parser give up. Compiled when first used, which takes long.
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_NAMES = {"\0": "NUL", "\u2028": "換行字元 U+2028", "\u2029": "換行字元 U+2029"}


def load(path: str | Path) -> str:
    """Return the text of a file; raise `Unreadable` where it has none, and without reading what is far too large."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # of thousands of files, paths as objects cost as much as opening
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise Unreadable(_size_fault(size))
            data = file.read()
    except OSError as error:
        fault = Fault("SRC-FILE", "這個檔案打不開。", "確認檔案還在，而且沒有被別的程式鎖住。", None)
        raise Unreadable(fault) from error
    return decode(data)


def decode(data: bytes) -> str:
    """Return the text of a file's bytes, without byte order mark; raise `Unreadable` where that is impossible."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_size_fault(len(data)))
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(_encoding_fault(body, error)) from error
    if "\0" in text[:4]:
        # A text of ASCII letters in UTF-16 without a mark is valid UTF-8, every other character NUL.
        raise Unreadable(_not_utf8("看來是 UTF-16", Position(1, 1)))
    _refuse_conflict(text)
    _refuse_characters(text)
    return text


def position_of(text: str, offset: int) -> Position:
    """Return line and column of a character offset."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def positions_of(text: str, offsets: Iterable[int]) -> Iterator[Position]:
    """Yield line and column of many character offsets, in one pass over the text."""
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]
    for offset in offsets:
        line = bisect_right(starts, offset)
        yield Position(line, offset - starts[line - 1] + 1)


def unprintable(text: str) -> Fault | None:
    """Return the fault of the first character that YAML does not allow, if there is one."""
    found = re.search(_UNPRINTABLE, text)
    return _character_fault(text, found.start()) if found else None


def half_character(position: Position) -> Fault:
    """Return the fault of a lone surrogate: half of a character that takes two."""
    return Fault(
        "SRC-CHARACTER",
        "這裡有半個字元（多半是壞掉的表情符號），YAML 不能使用。",
        "刪掉它，再直接打上要用的字或表情符號。",
        position,
    )


def _size_fault(size: int) -> Fault:
    return Fault(
        "SRC-SIZE",
        f"檔案有 {size:,} 位元組，超過 1 MiB（{MAX_BYTES:,} 位元組）。",
        "圖片與掃描檔請放在 media/ 或 private/evidence/，YAML 只寫路徑。",
    )


def _encoding_fault(body: bytes, error: UnicodeDecodeError) -> Fault:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _not_utf8("看來是 UTF-16", Position(1, 1))
    before = body[: error.start].decode("utf-8", errors="replace")
    position = position_of(before, len(before))
    if _decodes(body, "utf-8", errors="surrogatepass"):
        return half_character(position)
    return _not_utf8("看來是 Big5" if _decodes(body, "cp950") else "從這裡起無法解讀", position)


def _decodes(body: bytes, encoding: str, errors: str = "strict") -> bool:
    try:
        body.decode(encoding, errors)
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(kind: str, position: Position) -> Fault:
    remedy = "用編輯器「另存新檔」，編碼選 UTF-8 再存一次。"
    return Fault("SRC-ENCODING", f"檔案不是 UTF-8 編碼（{kind}）。", remedy, position)


def _refuse_conflict(text: str) -> None:
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    found = _CONFLICT.search(text)
    if found:
        raise Unreadable(
            Fault(
                "SRC-CONFLICT",
                "檔案裡還留著合併衝突的記號：兩個人改了同一段，還沒有決定用哪一份。",
                "兩份內容擇一保留，並刪去 <<<<<<<、=======、>>>>>>> 這三行。",
                position_of(text, found.start()),
            )
        )


def _refuse_characters(text: str) -> None:
    offsets = [text.index(char) for char in ("\0", *_UNUSUAL_BREAKS) if char in text]
    if offsets:
        raise Unreadable(_character_fault(text, min(offsets)))


def _character_fault(text: str, offset: int) -> Fault:
    name = _NAMES.get(text[offset], f"U+{ord(text[offset]):04X}")
    return Fault(
        "SRC-CHARACTER",
        f"這裡有一個看不見的字元（{name}），YAML 不能使用。",
        "刪掉它再重打這一段；這種字元常是從 Word 或網頁貼上時帶進來的。",
        position_of(text, offset),
    )
