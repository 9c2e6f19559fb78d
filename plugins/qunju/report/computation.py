"""A clause's computation on a cluster as a table: every field that the formula read, with its value and its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from qunju.check.location import Location
from qunju.check.tracing import Trace
from qunju.regulation.programme import Programme
from qunju.report.digest import tellable
from qunju.schema.annotation import ABSENT, EACH, FieldSchema
from qunju.schema.legend import Legend
from qunju.source.place import Place, Pointer, is_private

Locate: TypeAlias = Callable[[Place], Location]

EMPTY: Final = "未填寫"
NONE: Final = "沒有（空的清單）"
CLOSED: Final = "在 private/，加 --private 才讀"
CONCEALED: Final = "已填寫（個人資料，不顯示）"
_UNSHOWN: Final = frozenset({EMPTY, CLOSED, CONCEALED})
LEGEND: Final = "（→ 後面是這一條所問的，對那一家或那一項成不成立）"
ANSWERS: Final = {True: "是", False: "否", None: "資料不足"}
AMPLE: Final = 60
"""Rows up to which every one is told."""
FEW: Final = 4
"""Rows of one kind in one file that are told where all together are more than ample."""
MANY: Final = 40
"""Rows of one kind in one file that are told at most."""
_TITLES: Final = 2
"""How many titles a field is called by: its own, and that of its group."""
LONGEST: Final = 36
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A field that was read: what it is called, its keys, and its value in words."""

    title: str
    keys: str
    value: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What was read at one place: a field of the file itself, or the fields of one element of a list.

    `kind` is the list, empty for a field of the file, and `name` the element's name; `answer` is what the formula said
    of the element.
    """

    kind: str
    name: str
    location: Location
    cells: tuple[Cell, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of one file, and what the formula said of the file as a whole."""

    path: str
    name: str
    answer: str
    rows: tuple[Row, ...]


def sheets(
    trace: Trace,
    programme: Programme,
    locate: Locate,
    companies: Mapping[str, str],
    concealed: Collection[Place] = (),
) -> list[Sheet]:
    """Return what a formula read, file by file.

    `companies` are the names of the members by their files' paths; `concealed` are places that hold what must not be
    shown, such as personal data where it does not belong.
    """
    return [
        Sheet(
            path,
            tellable(companies.get(path, programme.form.title(path))),
            _answer(trace, Place(path)),
            tuple(_Reader(trace, programme, locate, concealed, path).rows()),
        )
        for path in sorted(trace.reads)
    ]


class _Reader:
    """Puts what was read of one file in words."""

    def __init__(
        self, trace: Trace, programme: Programme, locate: Locate, concealed: Collection[Place], path: str
    ) -> None:
        self._trace = trace
        self._programme = programme
        self._locate = locate
        self._concealed = [place for place in concealed if place.path == path]
        self._file = trace.files[path]

    def rows(self) -> Iterator[Row]:
        """Yield a row for each field, or for each element of a list with all that was read of it."""
        elements: dict[Pointer, list[tuple[Pointer, Any, FieldSchema]]] = {}
        for pointer, value in self._trace.reads[self._file.path].items():
            field = self._field(pointer)
            # A general question, such as of every element at once, names no field that stands anywhere.
            if field is not None and EACH not in pointer:
                elements.setdefault(_element(pointer, field), []).append((pointer, value, field))
        for element, read in elements.items():
            yield self._row(element, read)

    def _row(self, element: Pointer, read: list[tuple[Pointer, Any, FieldSchema]]) -> Row:
        alone = len(read) == 1 and read[0][0] == element
        first = next((pointer for pointer, value, _ in read if value is not ABSENT), read[0][0])
        place, place_of_list = self._place(first), self._place(element[:-1])
        return Row(
            kind="" if alone else ".".join(str(key) for key in element[:-1]),
            name="" if alone else f"{self._programme.form.label(place_of_list)} {_named(element[-1])}",
            location=self._locate(place if alone or is_private(place.path) else Place(place.path, element)),
            cells=tuple(self._cell(pointer, value, field, () if alone else element) for pointer, value, field in read),
            answer=_answer(self._trace, Place(self._file.path, element)),
        )

    def _cell(self, pointer: Pointer, value: Any, field: FieldSchema, element: Pointer) -> Cell:
        keys = ".".join(_named(key) for key in pointer[len(element) :])
        title = tellable("／".join(self._titles(pointer, element)[-_TITLES:]))
        return Cell(title, tellable(keys), self._words(pointer, value, field), value is not ABSENT)

    def _titles(self, pointer: Pointer, element: Pointer) -> list[str]:
        """Return what a field is called, after what the groups are called that it stands in."""
        way = list(self._programme.form.way(self._place(pointer)))[len(element) :]
        return [field.title for field in way if field.path[-1] != EACH]

    def _words(self, pointer: Pointer, value: Any, field: FieldSchema) -> str:
        """Return a value in words; nothing of personal data but whether it is there."""
        private = is_private(self._place(pointer).path)
        if value == []:
            return NONE
        if value is ABSENT or value is None or value == "":
            return CLOSED if private and not self._file.private_loaded else EMPTY
        here = self._place(pointer)
        if private or field.visibility == "personal" or any(_covers(place, here) for place in self._concealed):
            return CONCEALED
        meanings = {choice.value: choice.meaning for choice in self._legend(pointer).choices(field.schema)}
        return str(value) if str(pointer[-1]).endswith("year") and isinstance(value, int) else _shown(value, meanings)

    def _legend(self, pointer: Pointer) -> Legend:
        form, place = self._programme.form, self._place(pointer)
        return Legend.of(form.schema_of(place.path), form, self._programme)

    def _field(self, pointer: Pointer) -> FieldSchema | None:
        return self._programme.form.field(self._place(pointer))

    def _place(self, pointer: Pointer) -> Place:
        """Return where a field stands: what the committed file does not have stands in its twin."""
        committed = Place(self._file.path, pointer)
        if self._file.private_path is None or self._programme.form.field(committed) is not None:
            return committed
        return Place(self._file.private_path, pointer)


def _element(pointer: Pointer, field: FieldSchema) -> Pointer:
    """Return the element of the outermost list that a field belongs to, or the field itself where there is none."""
    depth = field.path.index(EACH) + 1 if EACH in field.path else len(pointer)
    return pointer[:depth]


def _covers(place: Place, other: Place) -> bool:
    """Tell whether a place is another one, or a part that holds it."""
    return other.path == place.path and other.pointer[: len(place.pointer)] == place.pointer


def _answer(trace: Trace, place: Place) -> str:
    """Return what the formula said of a thing; empty where it said nothing, or one thing and another."""
    answers = trace.answers.get(place, ())
    return ANSWERS[answers[0]] if len(answers) == 1 else ""


def _named(key: str | int) -> str:
    """Return a key as a person counts: the elements of a list from 1."""
    return f"第 {key + 1} 項" if isinstance(key, int) else key


def _shown(value: Any, meanings: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        words = "、".join(_shown(item, meanings) for item in value)
    elif isinstance(value, int):
        words = f"{value:,}"
    elif isinstance(value, Mapping):
        words = "、".join(value)
    else:
        words = str(value)
    words = tellable(words)
    if len(words) > LONGEST:
        return f"{words[:LONGEST]}…（{len(words)} 字）"
    meaning = meanings.get(words, "") if words.isascii() else ""
    return f"{words}（{meaning}）" if 0 < len(meaning) < LONGEST else words


def told(sheet: Sheet, *, ample: bool) -> Iterator[tuple[Row | None, int]]:
    """Yield the rows of a sheet that are told, and in place of those that are not how many they are."""
    most = MANY if ample else FEW
    kinds: dict[str, list[Row]] = {}
    for row in sheet.rows:
        kinds.setdefault(row.kind, []).append(row)
    for kind, rows in kinds.items():
        shown = rows if not kind or len(rows) <= most + 1 else rows[:most]
        yield from ((row, 0) for row in shown)
        if len(shown) < len(rows):
            yield None, len(rows) - len(shown)


def lines(found: Iterable[Sheet], folder: str) -> Iterator[str]:
    """Yield the table as text; `folder` is the proposal's, left out of the paths."""
    listed = list(found)
    if not listed:
        yield "讀取的資料　沒有讀到提案的任何欄位"
        return
    total = sum(len(sheet.rows) for sheet in listed)
    fields = sum(len(row.cells) for sheet in listed for row in sheet.rows)
    empty = sum(not cell.filled for sheet in listed for row in sheet.rows for cell in row.cells)
    yield f"讀取的資料　{len(listed)} 個檔案、{fields} 欄" + (f"，其中 {empty} 欄未填寫" if empty else "")
    if any(sheet.answer or any(row.answer for row in sheet.rows) for sheet in listed):
        yield LEGEND
    for sheet in listed:
        yield ""
        yield f"  {sheet.path.removeprefix(folder)}　{sheet.name}" + (f"　→ {sheet.answer}" if sheet.answer else "")
        for row, more in told(sheet, ample=total <= AMPLE):
            yield f"    {'':>8}  另有 {more} 筆" if row is None else f"    {_line(row)}"


def _line(row: Row) -> str:
    # What is not there has no place of its own.
    here = row.location.line and any(cell.filled for cell in row.cells)
    place = f"{row.location.line}:{row.location.column}" if here else "–"
    if not row.name:
        (cell,) = row.cells
        return f"{place:>8}  {cell.title}　{cell.keys}　{cell.value}" + (f"　→ {row.answer}" if row.answer else "")
    cells = "｜".join(_cells(row.cells))
    return f"{place:>8}  {row.name}　{cells}" + (f"　→ {row.answer}" if row.answer else "")


def _cells(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the fields of a row; those of which nothing is shown together, by why that is so."""
    unshown: dict[str, list[str]] = {}
    for cell in cells:
        if cell.value in _UNSHOWN:
            unshown.setdefault(cell.value, []).append(cell.title)
        else:
            yield f"{cell.title} {cell.value}"
    yield from (f"{'、'.join(titles)} {why}" for why, titles in unshown.items())
