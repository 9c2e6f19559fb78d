"""A broken proposal for tests: a demonstration proposal with a few things changed, as `case.yml` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from tests.repository import DEMONSTRATIONS, Proposal, Repository


def read_case(folder: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8"))
    return case


def build(repository: Repository, case: dict[str, Any]) -> Proposal:
    """Copy the base (A or B) and change it. Paths are relative to the proposal's folder.

    `folder` copies it to another year or slug; `edit` replaces a text that stands in a file exactly once, or takes its
    line away where `new` is null; `hex` puts raw bytes there instead; `write` writes whole files; `repeat` appends a
    text many times; `recode` changes a file's encoding; `delete`, `rename` and `link` do what they say. `beside` are
    other proposals, each with `base`, `folder`, `edit` and `delete` of its own; those of other years are archived.
    """
    proposal = _copy(repository, case)
    for beside in case.get("beside", ()):
        _copy(repository, beside)
    for name, text in case.get("write", {}).items():
        target = proposal.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    for name, repeat in case.get("repeat", {}).items():
        with (proposal.folder / name).open("a", encoding="utf-8", newline="") as file:
            file.write(repeat["text"] * repeat["times"])
    for name, encoding in case.get("recode", {}).items():
        target = proposal.folder / name
        target.write_bytes(target.read_text(encoding="utf-8").encode(encoding))
    for name, new in case.get("rename", {}).items():
        (proposal.folder / name).rename(proposal.folder / new)
    for name, target in case.get("link", {}).items():
        (proposal.folder / name).unlink(missing_ok=True)
        (proposal.folder / name).symlink_to(target)
    return proposal


def archived(case: dict[str, Any]) -> dict[str, bool]:
    """Return the years, beside 111, of which a case has proposals to be read and not judged."""
    folders = (beside["folder"].partition("/")[0] for beside in case.get("beside", ()))
    return {year: True for year in folders if year != "111"}


def _copy(repository: Repository, case: dict[str, Any]) -> Proposal:
    proposal = repository.add(case["base"], case.get("folder", DEMONSTRATIONS[case["base"]]))
    for name, edits in case.get("edit", {}).items():
        for edit in edits:
            _edit(proposal.folder / name, edit)
    for name in case.get("delete", ()):
        (proposal.folder / name).unlink()
    return proposal


def _edit(file: Path, edit: dict[str, Any]) -> None:
    data, old = file.read_bytes(), edit["old"].encode()
    assert data.count(old) == 1, f"{file.name}: {edit['old']!r} stands there {data.count(old)} times"
    if "hex" in edit:
        new = bytes.fromhex(edit["hex"])
    elif edit["new"] is None:
        start = data.rfind(b"\n", 0, data.index(old)) + 1
        old, new = data[start : data.index(b"\n", data.index(old)) + 1], b""
    else:
        new = edit["new"].encode()
    file.write_bytes(data.replace(old, new, 1))
