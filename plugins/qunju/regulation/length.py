"""How long a text is, as people count who are asked for 50 字: characters, not bytes, marks of Markdown or spaces."""

from __future__ import annotations

import re
from typing import Final

# Letters (Latin, Greek, Cyrillic) and digits, full-width ones included: they write words, Chinese characters do not.
_LETTER: Final = (
    r"0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
    r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
)
# What is no character of its own: the rest of ASCII, spaces, accents that combine, and signs without width.
_UNCOUNTED: Final = r"\x00-\x7f\s\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff"
_COUNTED: Final = re.compile(rf"[{_LETTER}]+(?:[.,:/@&'\u2019+_-][{_LETTER}]+)*|[^{_UNCOUNTED}{_LETTER}]")
_LINK_TARGET: Final = re.compile(r"\]\([^()\s]{0,300}\)")
_LIST_NUMBER: Final = re.compile(r"(?m)^[ \t]{0,12}[0-9]{1,3}[.)][ \t]")


def length_of(text: str) -> int:
    """Return how many 字 a text has.

    A Chinese character is one, and so is a full-width punctuation mark; a word in letters or a number is one however
    long (QR-Code, 1,500). Spaces, half-width marks, the numbers of a list and the address of a link are none.
    """
    plain = _LINK_TARGET.sub("]", text) if "](" in text else text
    return len(_COUNTED.findall(_LIST_NUMBER.sub("", plain)))
