"""Two hundred verdicts written by hand from the regulation, before the code was asked.

Each table is one clause and is read as tests/cases/ is; `because` names the words of the regulation that decide.
A row is only ever changed where the regulation shows that it was misread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.test_cases import hold, situations

FOLDER = Path(__file__).parent / "independent"
CLAUSES = ("MEM-05", "MEM-08", "MEM-10", "MEM-11", "WRK-04", "KPI-03", "BUD-17", "SCH-08", "DOC-09", "SLF-11")


@pytest.mark.parametrize("case", situations(FOLDER))
def test_verdict(case: dict[str, Any], tmp_path: Path) -> None:
    hold(case, tmp_path)


@pytest.mark.parametrize("clause", CLAUSES)
def test_table_is_whole(clause: str) -> None:
    cases = yaml.safe_load((FOLDER / f"{clause}.yml").read_text(encoding="utf-8"))["cases"]
    assert [case["rule"] for case in cases] == [clause] * 20
    assert len({case["situation"] for case in cases}) == 20
    assert all(case["because"].strip() for case in cases)


def test_every_table_is_a_clause() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(CLAUSES)
