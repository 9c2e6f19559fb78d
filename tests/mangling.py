"""Ways to mangle a file: its bytes, the structure of what it says, or the values."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

SIGNS = "：:\t\0\ufeff　'\"[]{}-&*!?|>\n\r#%@\u2028\x85\x7f~１，🌾\u0301\ud7ff<"
PHRASES = (
    "---\n",
    "...\n",
    "\n  ",
    ": ",
    "- ",
    "&a ",
    "*a ",
    "!x ",
    "<<: ",
    "<<<<<<< a\n",
    "null",
    "0912345678",
    "[" * 120,
    "- " * 120,
)
TEXTS = (
    *("", " ", "　", "\n", "0", "-1", "無", "有", "12人", "1,000", "NT$1", "１２", "111/03/18", "2022-02-30"),
    *("0001-01-01", "9999-12-31", "2022-03-15T16:20:00Z", "2022-03-17T17:00:00-14:00", "2022-03-17T17:00"),
    *("2022-03-17T24:00:00+08:00", "draft", "A", "B", "AB", "proposer", "tiema-bike", "K1", "BW1", "C-O01", "M-O01"),
    *("../x", "media/", "x" * 6000),
)
NUMBERS = (0, 1, -1, 7, 100, 101, 999_999_999_999, 10**17, 0.5, 33.333333)
OTHERS: tuple[Any, ...] = (True, False, None, [], {}, [None], [[]], {"a": None})

Pointer = tuple[Any, ...]


def dumped(values: Any) -> bytes:
    """JSON is YAML, and quicker to write."""
    return json.dumps(values, ensure_ascii=False, default=float, indent=0).encode("utf-8", errors="replace")


def places(values: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """Every pointer to something inside."""
    children = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for key, child in children:
        yield (*pointer, key)
        yield from places(child, (*pointer, key))


def value_at(values: Any, pointer: Pointer) -> Any:
    for key in pointer:
        values = values[key]
    return values


def odd() -> st.SearchStrategy[Any]:
    return st.sampled_from(TEXTS) | st.sampled_from(NUMBERS) | st.sampled_from(OTHERS)


@st.composite
def mangled_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    noise = st.sampled_from(SIGNS).map(str.encode) | st.sampled_from(PHRASES).map(str.encode) | st.binary(max_size=4)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 7, 60, 100_000])))
        put = draw(st.one_of(noise, noise, st.just(data[start:end] * 2), st.just(b"")))
        data = data[:start] + put + data[end:]
    return data


@st.composite
def mangled_structure(draw: st.DrawFn, values: Any) -> Any:
    """Parts moved, doubled, renamed, replaced or taken away."""
    values = copy.deepcopy(values)
    for _ in range(draw(st.integers(1, 3))):
        pointers = list(places(values))
        if not pointers:
            break
        *parents, key = draw(st.sampled_from(pointers))
        holder = value_at(values, tuple(parents))
        other = copy.deepcopy(value_at(values, draw(st.sampled_from(pointers))))
        match draw(st.sampled_from(["delete", "odd", "move", "wrap", "rename", "double"])):
            case "delete":
                del holder[key]
            case "odd":
                holder[key] = draw(odd())
            case "move":
                holder[key] = other
            case "wrap":
                holder[key] = draw(st.sampled_from([[holder[key]], {"a": holder[key]}, str(holder[key])]))
            case "rename" if isinstance(holder, dict):
                holder[draw(st.sampled_from(["name", "year", f"{key}s", "", "a-b", "王小明"]))] = holder.pop(key)
            case _ if isinstance(holder, dict):
                holder[f"{key}-2"] = copy.deepcopy(holder[key])
            case _:
                holder.append(copy.deepcopy(holder[key]))
    return values


@st.composite
def mangled_values(draw: st.DrawFn, values: Any) -> Any:
    """Some leaves with another value, mostly of the same kind: these files are well formed, and the rules must cope."""
    values = copy.deepcopy(values)
    leaves = [pointer for pointer in places(values) if not isinstance(value_at(values, pointer), dict | list)]
    for pointer in draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=6)) if leaves else ():
        holder, old = value_at(values, pointer[:-1]), value_at(values, pointer)
        alike = [value_at(values, other) for other in leaves if type(value_at(values, other)) is type(old)]
        holder[pointer[-1]] = draw(st.sampled_from(alike) | odd() | st.integers(0, 10**9))
    return values
