"""YAML text to plain values, strictly: every scalar is typed by the shape its schema gives it.

The events come from libyaml; positions are not kept, since only a file with findings needs them (`positions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from qunju.source.fault import Fault, Unreadable
from qunju.source.place import START, Position
from qunju.source.shape import ANY, Shape
from qunju.source.syntax import QUOTE_IT, syntax_fault
from qunju.source.text import MAX_DEPTH

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | Decimal | None"

Event: TypeAlias = Any
"""A libyaml event. Its attributes depend on its class, which the hot loop tells by `__class__` alone."""

MAX_ANCHORS = 20
MAX_ALIAS_EVENTS = 10_000

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# No leading zero, and short enough to be a number somebody meant.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?")


def read(text: str, shape: Shape) -> tuple[dict[str, Value], list[Fault]]:
    """Return the values of a YAML text, and the faults that do not keep the rest from being read.

    Raises `Unreadable` where nothing can be used: a syntax error, an empty file, a second document, too deep nesting.
    """
    try:
        return _Reading(text).document(shape)
    except YAMLError as error:
        raise Unreadable(syntax_fault(text, error)) from error


class _Reading:
    """One pass over the events of one text."""

    def __init__(self, text: str) -> None:
        # libyaml's own parser: a loader around it prepares what nobody asks for, and yaml.parse wraps each event in a
        # generator's step.
        self._next: Callable[[], Event] = CParser(text).get_event
        self._anchors: dict[str, list[Event]] = {}
        self._unused: dict[str, Event] = {}
        self._replayed = 0
        self._faults: list[Fault] = []

    def document(self, shape: Shape) -> tuple[dict[str, Value], list[Fault]]:
        self._next()
        if not isinstance(self._next(), DocumentStartEvent):
            raise Unreadable(_empty_fault())
        root = self._next()
        value = self._value(root, shape, 0)
        self._next()
        following = self._next()
        if not isinstance(following, StreamEndEvent):
            remedy = "刪去 --- 這一行，或把後面的內容移到別的檔案。"
            raise Unreadable(_at(following, "SRC-DOCUMENTS", "這裡開始了第二份文件（---）。", remedy))
        if value is None:
            raise Unreadable(_empty_fault())
        if not isinstance(value, dict):
            remedy = "每一行先寫欄位名稱與半形冒號，空一格再寫內容，例如 name: 縱谷慢旅。"
            raise Unreadable(_at(root, "SRC-SYNTAX", "整個檔案應是「欄位: 內容」的形式。", remedy))
        for name, event in self._unused.items():
            self._fault(event, "SRC-ALIAS", f"「&{name}」不會成為內容，YAML 把它當作錨點。", QUOTE_IT)
        return value, self._faults

    def _value(self, event: Event, shape: Shape, depth: int) -> Value:
        kind = event.__class__
        if kind is AliasEvent:
            return self._replay(event, shape, depth)
        if event.anchor is not None:
            event = self._record(event)
            kind = event.__class__
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(event, "SRC-TAG", f"「{tag}」不會成為內容，YAML 把它當作標籤。", QUOTE_IT)
        if kind is ScalarEvent:
            return _scalar(event, shape.kind)
        if depth >= MAX_DEPTH:
            raise Unreadable(_at(event, "SRC-DEPTH", f"巢狀超過 {MAX_DEPTH} 層。", "檢查縮排或括號是否漏了結尾。"))
        if kind is MappingStartEvent:
            return self._mapping(shape, depth + 1)
        return self._sequence(shape.items or ANY, depth + 1)

    def _mapping(self, shape: Shape, depth: int) -> dict[str, Value]:
        result: dict[str, Value] = {}
        known, others = shape.properties, shape.others
        while (key := self._next()).__class__ is not MappingEndEvent:
            if key.__class__ is not ScalarEvent or key.anchor is not None or key.tag is not None:
                remedy = "欄位名稱寫成「name:」這樣的文字，不加括號或符號。"
                raise Unreadable(_at(key, "SRC-SYNTAX", "欄位名稱只能是單純的文字。", remedy))
            name = key.value
            declared = known.get(name)
            expected = declared or others or ANY
            event = self._next()
            if event.__class__ is ScalarEvent and event.anchor is None and event.tag is None:
                value = _scalar(event, expected.kind)
            else:
                value = self._value(event, expected, depth)
            if name in result:
                remedy = "只留一個；若是清單中的不同筆，請各以「- 」開頭。"
                self._fault(key, "SRC-DUPLICATE", f"欄位「{name}」在同一層寫了兩次。", remedy)
            elif value is not None:
                result[name] = value
            elif declared is None:
                # A declared field without content is a field not filled in: absent. A free identifier without content
                # is there all the same: an entry in which nothing is filled in yet.
                result[name] = {} if others is not None and others.kind == "object" else None
        return result

    def _sequence(self, shape: Shape, depth: int) -> list[Value]:
        result: list[Value] = []
        while (event := self._next()).__class__ is not SequenceEndEvent:
            result.append(self._value(event, shape, depth))
        return result

    def _record(self, event: Event) -> Event:
        """Keep the events of an anchored node, so that an alias can be typed by the place it stands at."""
        name = event.anchor
        if len(self._anchors) >= MAX_ANCHORS:
            remedy = "把內容直接寫出來，不用錨點與別名。"
            raise Unreadable(_at(event, "SRC-ALIAS", f"錨點（&）超過 {MAX_ANCHORS} 個。", remedy))
        kept = [event]
        depth = 0 if event.__class__ is ScalarEvent else 1
        while depth:
            kept.append(following := self._next())
            if following.__class__ in (MappingStartEvent, SequenceStartEvent):
                depth += 1
            elif following.__class__ in (MappingEndEvent, SequenceEndEvent):
                depth -= 1
        event.anchor = None
        self._anchors[name] = kept
        self._unused[name] = event
        self._push(kept[1:])
        return event

    def _replay(self, event: Event, shape: Shape, depth: int) -> Value:
        kept = self._anchors.get(event.anchor)
        if kept is None:
            message = f"「*{event.anchor}」不會成為內容，YAML 把它當作別名，卻找不到對應的錨點。"
            raise Unreadable(_at(event, "SRC-ALIAS", message, QUOTE_IT))
        self._unused.pop(event.anchor, None)
        self._replayed += len(kept)
        if self._replayed > MAX_ALIAS_EVENTS:
            remedy = "把內容直接寫出來，不用錨點與別名。"
            raise Unreadable(_at(event, "SRC-ALIAS", "別名（*）展開後的內容過多。", remedy))
        self._push(kept[1:])
        return self._value(kept[0], shape, depth)

    def _push(self, events: list[Event]) -> None:
        """Put events in front of those still to come."""
        pending, rest = iter(events), self._next

        def following() -> Event:
            for event in pending:
                return event
            self._next = rest
            return rest()

        self._next = following

    def _fault(self, event: Event, rule: str, message: str, remedy: str) -> None:
        self._faults.append(_at(event, rule, message, remedy))


def _scalar(event: Event, kind: str) -> Value:
    text: str = event.value
    plain: bool = event.implicit[0]
    if plain and text in _NULLS:
        return None
    if kind == "string":
        return text
    if kind == "integer":
        return int(text) if _INTEGER.fullmatch(text) else text
    if kind == "number":
        return _number(text)
    if kind == "boolean":
        return _BOOLEANS.get(text, text)
    if kind == "any" and plain:
        return _BOOLEANS[text] if text in _BOOLEANS else _number(text)
    return text


def _number(text: str) -> Value:
    if not _NUMBER.fullmatch(text):
        return text
    return Decimal(text) if "." in text else int(text)


def _at(event: Event, rule: str, message: str, remedy: str) -> Fault:
    mark: Any = event.start_mark
    return Fault(rule, message, remedy, Position(mark.line + 1, mark.column + 1))


def _empty_fault() -> Fault:
    return Fault("SRC-EMPTY", "檔案是空的。", "填入內容；這個檔案暫時用不到時，請刪除檔案。", START)
