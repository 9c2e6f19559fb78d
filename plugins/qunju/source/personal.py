"""Personal data by its form: mobile numbers, e-mail addresses and national ids, anywhere in a text, comments included.

The text is searched by patterns that begin with what is rare in it, which costs next to nothing; a number is looked at
closely only where one of them holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qunju.source.place import Place
from qunju.source.text import positions_of

MOBILE = "行動電話"
EMAIL = "E-mail"
NATIONAL_ID = "身分證字號"
TRACKED_FILE = "受版本追蹤的 private/ 檔案"
"""Not found in a text: a whole file that must be taken to hold some."""


class Trace(NamedTuple):
    """Something in a text that looks like personal data: what it is, and from where to where it stands."""

    kind: str
    start: int
    end: int


class Exposure(NamedTuple):
    """Personal data of some kind in a place where it must not be."""

    kind: str
    place: Place


_GAP = r"[-‐-―. \u00a0\u3000()]{0,2}"
# Hexadecimal digits before or behind: a hash, which holds such a number by chance.
_MOBILE = re.compile(rf"09(?<![0-9]09)(?<![0-9]-09)(?<![0-9a-f]{{6}}09)(?:{_GAP}[0-9]){{8}}(?![0-9]|[0-9a-f]{{6}})")
_ABROAD = re.compile(rf"886(?<![1-9]886){_GAP}0?{_GAP}9(?:{_GAP}[0-9]){{8}}(?![0-9])")
_EMAIL = re.compile(r"@(?<=[A-Za-z0-9_%+-]@)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_BEFORE_AT = re.compile(r"[A-Za-z0-9._%+-]+$")
# One for each second character there is: to look for one character takes a tenth of looking for one of four.
_NATIONAL_IDS = tuple(
    re.compile(rf"{digit}(?<=[A-Za-z].)(?<![A-Za-z0-9][A-Za-z].)[0-9]{{8}}(?![0-9A-Za-z])") for digit in "1289"
)

_GROUPINGS = frozenset(
    {(10,), (4, 6), (4, 3, 3), (2, 8), (2, 4, 4), (7, 3), (5, 5), (3, 3, 4), (3, 7), (4, 2, 4), (4, 4, 2), (4, 2, 2, 2)}
)
"""How people part a mobile number; dates and times parted otherwise are none."""

_WIDE = "０１２３４５６７８９＠"
_NARROW = {code + 0xFEE0: code for code in range(ord("!"), ord("~") + 1)}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The letters of national ids in the order of their numbers, from 10."""
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def find_personal(text: str) -> list[Trace]:
    """Return the personal data in a text; what only looks like a national id, and fails its check, is none."""
    narrow = _narrow(text)
    return [
        trace
        for trace in _traces(narrow)
        if trace.kind != NATIONAL_ID or is_national_id(narrow[trace.start : trace.end])
    ]


def exposures_in(text: str, path: str) -> Iterator[Exposure]:
    """Yield the personal data in a committed file, each with its line and column."""
    traces = find_personal(text)
    for trace, position in zip(traces, positions_of(text, (trace.start for trace in traces)), strict=True):
        yield Exposure(trace.kind, Place(path, position=position))


def redact(text: str) -> str:
    """Blot out all that looks like personal data, whether or not a check digit bears it out."""
    pieces: list[str] = []
    done = 0
    for trace in _traces(_narrow(text)):
        pieces += (text[done : trace.start], "█" * (trace.end - trace.start))
        done = trace.end
    return "".join((*pieces, text[done:]))


def is_national_id(text: str) -> bool:
    """Tell whether a letter and nine digits are a 身分證字號 or 統一證號 by their check digit."""
    letter = 10 + _LETTERS.index(text[0].upper())
    digits = (letter // 10, letter % 10, *(int(digit) for digit in text[1:]))
    return sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10 == 0


def _traces(text: str) -> list[Trace]:
    """Return all that looks like personal data in a narrow text, in order, each beginning behind the one before."""
    found = [Trace(MOBILE, *match.span()) for match in _MOBILE.finditer(text) if _is_parted_as_mobile(match[0])]
    found.extend(Trace(MOBILE, *match.span()) for match in _ABROAD.finditer(text))
    for match in _EMAIL.finditer(text):
        before = _BEFORE_AT.search(text, max(0, match.start() - 64), match.start())
        found.append(Trace(EMAIL, before.start() if before else match.start(), match.end()))
    for pattern in _NATIONAL_IDS:
        found.extend(Trace(NATIONAL_ID, match.start() - 1, match.end()) for match in pattern.finditer(text))
    found.sort(key=lambda trace: (trace.start, -trace.end))
    apart: list[Trace] = []
    for trace in found:
        if not apart or trace.start >= apart[-1].end:
            apart.append(trace)
    return apart


def _narrow(text: str) -> str:
    """Return a text of the same length whose full-width digits, letters and signs, if it has digits so, are narrow."""
    return text.translate(_NARROW) if any(char in text for char in _WIDE) else text


def _is_parted_as_mobile(text: str) -> bool:
    return tuple(map(len, re.findall("[0-9]+", text))) in _GROUPINGS
