"""Typed, read-only views of what a file says; reading what is not there raises `Missing`.

A record converts a field when it is first read and keeps the result, so a proposal costs only what its rules look at.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Generic, Literal, Self, TypeVar, overload

from qunju.source.place import Place, Pointer

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
R = TypeVar("R", bound="Record")

TAIPEI = datetime.timezone(datetime.timedelta(hours=8), "UTC+08:00")
"""A fixed offset: Taiwan has no daylight saving time, and Windows has no time-zone database."""


class Missing(Exception):
    """A field that is not filled in, or that stands in private/ while private/ is not read.

    One that is caught and kept is kept without its traceback: the frames in there hold the whole cluster, and the one
    that keeps it holds it in turn, a circle that only the garbage collector opens.
    """

    def __init__(self, place: Place, field: str, reason: Literal["missing", "private"]) -> None:
        super().__init__(field)
        self.place = place
        self.field = field
        self.reason = reason


class Unsound(Exception):
    """A file with faults of form: nothing may be concluded from it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class File:
    """One file of a proposal with its private twin merged in."""

    path: str
    private_path: str | None
    values: Mapping[str, Any]
    sound: bool
    private_loaded: bool

    def place(self, pointer: Pointer, *, personal: bool) -> Place:
        """Return the place of a field: personal fields stand in the private twin."""
        return Place(self.private_path if personal and self.private_path else self.path, pointer)


class Record:
    """A part of a file: fields are read as attributes."""

    def __init__(
        self, file: File, pointer: Pointer = (), values: Mapping[str, Any] | None = None, key: str = ""
    ) -> None:
        own = self.__dict__
        own["file"], own["pointer"], own["id"] = file, pointer, key
        own["values"] = file.values if values is None else values

    file: File
    pointer: Pointer
    values: Mapping[str, Any]
    id: str

    def place(self, field: Field[Any] | None = None) -> Place:
        """Return the place of the record, or of one of its fields."""
        if field is None:
            return Place(self.file.path, self.pointer)
        return self.file.place((*self.pointer, field.key), personal=field.personal)

    def maybe(self, field: Field[T]) -> T | None:
        """Return a field's value, or None where it is not filled in; `Unsound` and a closed private/ still raise."""
        value: T | None = self.__dict__.get(field.name)
        if value is None:
            value = field.find(self)
            if value is None and field.is_closed(self):
                raise field.missing(self)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only")

    @classmethod
    def model_fields(cls) -> Iterator[Field[Any]]:
        """Yield the fields that the record declares."""
        for base in cls.__mro__:
            for value in vars(base).values():
                if isinstance(value, Field):
                    yield value


class Field(Generic[T_co]):
    """A field of a record: the key it has in YAML and the type it has in the model."""

    def __init__(self, key: str | None = None, *, personal: bool = False) -> None:
        self.key = key or ""
        self.name = ""
        self.personal = personal

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.key = self.key or name

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T_co: ...
    def __get__(self, record: Record | None, owner: type) -> Self | T_co:
        if record is None:
            return self
        result = self.find(record)
        if result is None:
            raise self.missing(record)
        return result

    def of(self, record: Record) -> T_co:
        """Return the field's value in a record; raise `Missing` or `Unsound`."""
        result: T_co = getattr(record, self.name)
        return result

    def find(self, record: Record) -> T_co | None:
        """Return what the file says, or None where it says nothing; a value, once converted, is kept by the record."""
        found: T_co | None = record.__dict__.get(self.name)
        if found is not None:
            return found
        if not record.file.sound:
            raise Unsound(record.file.path)
        value = record.values.get(self.key)
        empty = value is None or (value.__class__ is str and not value.strip())
        found = self.presumed(record) if empty else self.convert(value, record)
        if found is not None:
            record.__dict__[self.name] = found
        return found

    def is_closed(self, record: Record) -> bool:
        """Tell whether the field stands in private/ while private/ is not read."""
        return self.personal and not record.file.private_loaded

    def missing(self, record: Record) -> Missing:
        """Return what to raise where the field is not filled in."""
        return Missing(record.place(self), self.key, "private" if self.is_closed(record) else "missing")

    def presumed(self, record: Record) -> T_co | None:
        """Say what an empty field means: None, by default, for it is missing."""
        return None

    def convert(self, value: Any, record: Record) -> T_co:
        """Turn a value of the file into the model's type."""
        result: T_co = value
        return result


class Text(Field[str]):
    """Text, as typed."""


class Integer(Field[int]):
    """A whole number; money is in NT$."""


class Flag(Field[bool]):
    """Yes or no."""


class Number(Field[Decimal]):
    """A number that may have decimals, exact."""

    def convert(self, value: Any, record: Record) -> Decimal:
        return Decimal(value)


class Date(Field[datetime.date]):
    """A day."""

    def convert(self, value: Any, record: Record) -> datetime.date:
        return datetime.date.fromisoformat(value)


_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


class Moment(Field[datetime.datetime]):
    """A point in time; without an offset where the file states none."""

    def convert(self, value: Any, record: Record) -> datetime.datetime:
        return datetime.datetime.fromisoformat(value)


class Texts(Field[tuple[str, ...]]):
    """A list of texts."""

    def convert(self, value: Any, record: Record) -> tuple[str, ...]:
        return tuple(value)


class Integers(Field[tuple[int, ...]]):
    """A list of whole numbers."""

    def convert(self, value: Any, record: Record) -> tuple[int, ...]:
        return tuple(value)


class Amounts(Field[Mapping[str, int]]):
    """Whole numbers by name."""

    def convert(self, value: Any, record: Record) -> Mapping[str, int]:
        return MappingProxyType(value)


class Part(Field[R]):
    """A group of fields; an absent group is an empty record, so that what is missing is the field inside it."""

    def __init__(self, kind: type[R], key: str | None = None) -> None:
        super().__init__(key)
        self.kind = kind

    def convert(self, value: Any, record: Record) -> R:
        return self.kind(record.file, (*record.pointer, self.key), value)

    def presumed(self, record: Record) -> R | None:
        return self.kind(record.file, (*record.pointer, self.key), {})


class Parts(Field[tuple[R, ...]]):
    """A list of groups of fields."""

    def __init__(self, kind: type[R], key: str | None = None) -> None:
        super().__init__(key)
        self.kind = kind

    def convert(self, value: Any, record: Record) -> tuple[R, ...]:
        pointer = (*record.pointer, self.key)
        return tuple(self.kind(record.file, (*pointer, index), item) for index, item in enumerate(value))


class Keyed(Field[Mapping[str, R]]):
    """Groups of fields by identifier."""

    def __init__(self, kind: type[R], key: str | None = None) -> None:
        super().__init__(key)
        self.kind = kind

    def convert(self, value: Any, record: Record) -> Mapping[str, R]:
        pointer = (*record.pointer, self.key)
        return MappingProxyType(
            {name: self.kind(record.file, (*pointer, name), item, name) for name, item in value.items()}
        )
