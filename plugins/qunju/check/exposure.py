"""Personal data where all who have the repository can read them: in committed files, and in private files in git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qunju.schema.finding import FormFinding
from qunju.source.folder import Folder
from qunju.source.personal import TRACKED_FILE, Exposure, exposures_in, find_personal
from qunju.source.place import START, Place, Pointer

_ENOUGH = 8 << 20
"""Bytes of a file that are searched; a file this large is refused for its size anyway."""
_MARKUP = re.compile(r"<[^<>]*>")


def exposures(root: Path, folder: Folder, tracked: Iterable[str], texts: Mapping[str, str]) -> tuple[Exposure, ...]:
    """Return the personal data exposed by one proposal; `tracked` are those of its files under private/ in git.

    `texts` are the files that were read already. Files that cannot be used are searched too, with whatever can be read
    of them.
    """
    # The place is given, so that nobody opens the file to find it.
    found = [Exposure(TRACKED_FILE, Place(path, position=START)) for path in tracked]
    for path in sorted(_committed(folder)):
        text = texts[path] if path in texts else _text_of(root / path)
        if find_personal(text):
            found.extend(exposures_in(_words_of(text) if path.endswith(".svg") else text, path))
    return tuple(found)


def hushed(finding: FormFinding, values: Mapping[str, Any]) -> FormFinding:
    """Return a finding of form without a word of what it found, where that looks like personal data.

    One that is about the name of a field says nothing of the field's value.
    """
    if finding.sensitive or finding.at_key:
        return finding
    if not any(find_personal(str(_value_at(values, place.pointer))) for place in (finding.place, *finding.also)):
        return finding
    return replace(
        finding,
        message="這裡的內容不合格式，而且看來是個人資料。",
        remedy="個人資料不能寫在會提交的檔案裡，請移到 private/ 的同名檔案。",
        sensitive=True,
    )


def _committed(folder: Folder) -> Iterator[str]:
    yield from (entry.path for entry in folder.entries if not entry.private)
    yield from (f"{folder.path}/{name}" for name in folder.media if name.endswith(".svg"))


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(min(os.fstat(file.fileno()).st_size, _ENOUGH))
    except OSError:
        return ""
    return data.decode("utf-8-sig", errors="replace")


def _words_of(svg: str) -> str:
    """Return the words of a drawing where they stand: the numbers inside its tags are coordinates."""
    return _MARKUP.sub(lambda tag: re.sub(r"[^\n]", " ", tag[0]), svg)


def _value_at(values: Any, pointer: Pointer) -> Any:
    for key in pointer:
        try:
            values = values[key]
        except (KeyError, IndexError, TypeError):
            return None
    return values
