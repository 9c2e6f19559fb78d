"""What the README promises is what the product does."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_two_commands_come_first() -> None:
    top = README.splitlines()[:8]
    assert [line.split("#")[0].strip() for line in top if line.startswith("make ")] == ["make site", "make test"]


def test_example_finding_is_what_is_printed(tmp_path: Path) -> None:
    for part in ("schema", "proposals"):
        shutil.copytree(ROOT / part, tmp_path / part)
    before, after = (int(price.replace(",", "")) for price in re.findall(r"(\d\d,000) 元", README)[:2])
    budget = tmp_path / "proposals/111/zonggu-slow-trip/budget.yml"
    text = budget.read_text(encoding="utf-8")
    budget.write_text(text.replace(f"unit_price: {before}", f"unit_price: {after}", 1), encoding="utf-8")
    done = subprocess.run(
        [Path(sys.prefix) / "bin/qunju", "check"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    example = next(
        block for block in re.findall(r"^```\n(.*?)^```", README, re.DOTALL | re.MULTILINE) if "錯誤" in block
    )
    assert example in done.stdout


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / target).exists(), target
