"""What libyaml says when it cannot go on, worded for someone who has never seen YAML."""

from __future__ import annotations

import re
from typing import Any

import yaml

from qunju.source.fault import Fault
from qunju.source.place import START, Position
from qunju.source.text import half_character, unprintable

QUOTE_IT = "若這個符號是內容的一部分，把整段內容前後加上半形單引號（'）。"
"""How to mend text that begins with a sign of YAML's own."""

# Compiled when first used, which a sound file spares.
_FULL_WIDTH_COLON = r"\s*(?:- +)*([A-Za-z_][A-Za-z0-9_-]*) *(：)"
_TIGHT_COLON = r"\s*(?:- +)*([A-Za-z_][A-Za-z0-9_-]*)(:)(?![\s/]|$)"
_WIDE_INDENT = r" *([\u3000\xa0])\s*(?:- +)*[A-Za-z_][A-Za-z0-9_-]* *[:：]"
_KEY_ONLY = r"\s*(?:- +)*[^\s'\"]+"
_LOOK_BACK = 4
"""How many lines above the break the cause may stand."""


def syntax_fault(text: str, error: yaml.YAMLError) -> Fault:
    """Return the fault of a text that libyaml refused."""
    illegal = unprintable(text)
    if illegal is not None:
        return illegal
    at = _Break(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), error)
    return (
        _tab(at)
        or _wide_space(at)
        or _colon(at)
        or _opening_sign(at)
        or _quote(at)
        or _bracket(at)
        or _layout(at)
        or _other(at)
    )


class _Break:
    """Where libyaml gave up: what it says, where, and where the construct began that it was reading."""

    def __init__(self, lines: list[str], error: yaml.YAMLError) -> None:
        mark: Any = getattr(error, "problem_mark", None)
        context: Any = getattr(error, "context_mark", None)
        self.lines = lines
        self.problem = f"{getattr(error, 'context', None) or ''}; {getattr(error, 'problem', None) or ''}"
        self.position = Position(mark.line + 1, mark.column + 1) if mark else START
        self.began = Position(context.line + 1, context.column + 1) if context else self.position

    def says(self, *signs: str) -> bool:
        return any(sign in self.problem for sign in signs)

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def before(self) -> str:
        """What stands on the line before the break."""
        return self.line(self.position.line)[: self.position.column - 1]

    def character(self, position: Position) -> str:
        return self.line(position.line)[position.column - 1 : position.column]


def _tab(at: _Break) -> Fault | None:
    line = at.line(at.position.line)
    indent = line[: len(line) - len(line.lstrip())]
    column = indent.find("\t") + 1 or (at.position.column if at.character(at.position) == "\t" else 0)
    if not column:
        return None
    position = Position(at.position.line, column)
    return Fault("SRC-TAB", "這一行用定位字元（Tab 鍵）縮排。", "改用空白縮排，每一層兩個空白。", position)


def _wide_space(at: _Break) -> Fault | None:
    for number in range(at.position.line, max(at.position.line - _LOOK_BACK, 0), -1):
        found = re.match(_WIDE_INDENT, at.line(number))
        if found:
            position = Position(number, found.start(1) + 1)
            return _fault(position, "這一行用全形空白縮排。", "改用半形空白，每一層兩個。")
    return None


def _colon(at: _Break) -> Fault | None:
    """A colon of full width, or without a space behind it, makes a field's name part of some text."""
    if not at.says("could not find expected ':'", "mapping values are not allowed"):
        return None
    first = max(at.position.line - _LOOK_BACK, 1)
    for number in dict.fromkeys((at.began.line, *range(at.position.line, first - 1, -1))):
        for pattern, wrong in ((_FULL_WIDTH_COLON, "後面用了全形冒號"), (_TIGHT_COLON, "的冒號後面少了空白")):
            found = re.match(pattern, at.line(number))
            if found:
                message, remedy = (
                    f"欄位名稱「{found[1]}」{wrong}。",
                    f"改成半形冒號加一個空白，寫成「{found[1]}: 內容」。",
                )
                return _fault(Position(number, found.start(2) + 1), message, remedy)
    return None


def _opening_sign(at: _Break) -> Fault | None:
    if at.says("block scalar"):
        remedy = f"長文字從下一行開始寫，並縮排兩個空白；{QUOTE_IT}"
        return _fault(at.began, f"「{at.character(at.began)}」之後不能接著寫內容。", remedy)
    if at.says("cannot start any token", "scanning an alias", "scanning an anchor", "scanning a tag"):
        position = at.position if at.says("cannot start any token") else at.began
        return _fault(position, f"內容不能以「{at.character(position)}」開頭。", QUOTE_IT)
    return None


def _quote(at: _Break) -> Fault | None:
    if at.says("invalid Unicode character escape"):
        return half_character(at.position)
    if at.says("quoted scalar") and at.says("escape"):
        message = "雙引號裡的反斜線（\\）有特別的意思，這裡不能這樣寫。"
        return _fault(at.position, message, "外面改用單引號，或把反斜線寫成兩個。")
    if at.says("quoted scalar"):
        return _fault(at.began, "這裡開始的引號沒有結尾。", "在內容結束的地方補上同樣的引號。")
    if at.says("expected key") and at.before.rstrip().endswith(("'", '"')):
        opening = _unclosed(at, at.before.rstrip()[-1])
        if opening is not None:
            return _fault(opening, "這裡開始的引號沒有結尾。", "在內容結束的地方補上同樣的引號。")
        remedy = "把整段內容包在同一對引號裡；內容本身有單引號時，外面改用雙引號。"
        return _fault(at.position, "引號已經結束，後面卻還有內容。", remedy)
    return None


def _unclosed(at: _Break, quote: str) -> Position | None:
    """Return where the quotes began that the one before the break closed, if that was on a line above."""
    if at.before.count(quote) % 2 == 0:
        return None
    for number in range(at.position.line - 1, 0, -1):
        line = at.line(number)
        if line.count(quote) % 2:
            return Position(number, line.rindex(quote) + 1)
    return None


def _bracket(at: _Break) -> Fault | None:
    if not at.says("flow sequence", "flow mapping", "flow node"):
        return None
    if at.position.line == at.began.line and at.character(at.position):
        message = "括號裡的這一項前面少了逗號，或括號沒有結尾。"
        return _fault(at.position, message, "各項之間加半形逗號，最後補上括號。")
    position = at.began if at.character(at.began) in ("[", "{") else at.position
    return _fault(position, "這裡開始的括號沒有結尾。", "補上結尾的括號，並檢查各項之間都有半形逗號。")


def _layout(at: _Break) -> Fault | None:
    """Lines that do not line up."""
    if at.says("mapping values are not allowed"):
        indent = len(at.before) - len(at.before.lstrip())
        if indent and re.fullmatch(_KEY_ONLY, at.before):
            remedy = "同一層的欄位要從同一欄開始；若是下一層，上一行冒號後面留空。"
            message = "這一行縮排得比上一行多，但上一行已經寫了內容。"
            return _fault(Position(at.position.line, indent + 1), message, remedy)
        return _fault(at.position, "內容裡又出現了冒號加空白。", "把整段內容前後加上半形單引號（'）。")
    if at.says("could not find expected ':'"):
        remedy = "寫成「欄位: 內容」；若是接續上一行的文字，縮排要比欄位多兩個空白。"
        return _fault(at.began, "這一行沒有欄位名稱，也不屬於上一行。", remedy)
    if at.says("expected '-' indicator"):
        remedy = "清單的每一筆都以「- 」開頭並上下對齊。"
        return _fault(at.position, "清單裡的這一行沒有以「- 」開頭，或縮排不對。", remedy)
    return _misplaced_key(at) if at.says("expected key") else None


def _misplaced_key(at: _Break) -> Fault:
    sign = at.character(at.position)
    if sign == "-" and not at.before.strip():
        remedy = "同一層只能都是「欄位: 內容」，或都是「- 」開頭的清單。"
        return _fault(at.position, "這裡混用了欄位與清單。", remedy)
    if sign == ":":
        return _fault(at.position, "冒號前面沒有欄位名稱。", "補上欄位名稱，或刪去這一行。")
    remedy = "同一層的欄位從同一欄開始，每深一層多兩個空白。"
    return _fault(at.position, "這一行的縮排沒有與同一層的欄位對齊。", remedy)


def _other(at: _Break) -> Fault:
    if at.says("document start"):
        message = "「...」表示文件到此為止，後面卻還有內容。"
        return Fault("SRC-DOCUMENTS", message, "刪去「...」這一行。", at.position)
    remedy = "檢查這一行與上一行：冒號是否半形且後面空一格、縮排是否對齊、引號與括號是否成對。"
    return _fault(at.position, "從這裡起讀不下去。", remedy)


def _fault(position: Position, message: str, remedy: str) -> Fault:
    return Fault("SRC-SYNTAX", message, remedy, position)
