"""What is still to be filled in, told to whoever fills it in: which file, which field, under which name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qunju.schema.form import Form
from qunju.source.place import Place, Pointer

ONE_LEAD = "請在 members/ 中恰一家成員的檔案填 role: 群聚領導企業，其餘填群聚成員企業，再檢查一次。"
_SHOWN = 3


def fill_in(form: Form, places: Iterable[Place]) -> str:
    """Say what to fill in where; several files that lack the same fields are named together."""
    fields: dict[str, list[str]] = {}
    for place in places:
        name = f"「{form.label(place)}」（{_keys(place.pointer)}）" if place.pointer else "應填的欄位"
        fields.setdefault(place.path.split("/", 3)[-1], []).append(name)
    files: dict[tuple[str, ...], list[str]] = {}
    for file, names in fields.items():
        files.setdefault(tuple(dict.fromkeys(names)), []).append(file)
    wanted = [
        f"在 {_some(paths)} {_rest(paths, '個檔案')}填寫{_some(names)}{_rest(names, '項')}"
        for names, paths in files.items()
    ]
    return f"請{'，'.join(wanted[:_SHOWN])}{'等' if len(wanted) > _SHOWN else ''}後再檢查。"


def _keys(pointer: Pointer) -> str:
    """Return the names that lead to a field: summary.aspects.O, or of a list's element lines 第 2 筆的 item."""
    words = ""
    for key in pointer:
        if isinstance(key, int):
            words += f" 第 {key + 1} 筆"
        else:
            words += f"{'的 ' if words.endswith('筆') else '.' if words else ''}{key}"
    return words


def _some(words: Sequence[str]) -> str:
    return "、".join(words[:_SHOWN])


def _rest(words: Sequence[str], counter: str) -> str:
    return f"等 {len(words)} {counter}" if len(words) > _SHOWN else ""
