"""What the workflows run is run here for real: in temporary repositories, with the checker of this one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = sorted((ROOT / ".github/scripts").iterdir())
NEW = ("--category=A", "--type=觀光休閒合作", "--members=10")


def run(command: list[str | Path], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=os.environ | env, capture_output=True, text=True, encoding="utf-8", check=False
    )


def git(repository: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=tester", "-c", "user.email=tester@example.com")
    done = run(["git", *identity, *arguments], repository)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(repository: Path) -> None:
    git(repository, "add", "--all", "--force", "--", ".", ":!.venv")
    git(repository, "commit", "--quiet", "--message", "change")


def scaffold(repository: Path, slug: str) -> None:
    done = run([Path(sys.prefix) / "bin/qunju", "new", f"111/{slug}", *NEW], repository)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def main(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of main: schemas, scripts and two scaffolded proposals, with this environment as its own."""
    base = tmp_path_factory.mktemp("main")
    for part in ("schema", ".github/scripts"):
        shutil.copytree(ROOT / part, base / part)
    shutil.copy(ROOT / ".gitignore", base)
    (base / ".venv").symlink_to(sys.prefix)
    git(base, "init", "--quiet", "--initial-branch=main")
    for slug in ("alpha", "beta"):
        scaffold(base, slug)
    commit(base)
    return base


@pytest.fixture
def base(main: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return shutil.copytree(main, tmp_path / "base", symlinks=True)


def pull_request(base: Path, change: Callable[[Path], object]) -> Path:
    """A checkout of the merge that GitHub makes of a pull request."""
    pull = base.parent / "pull"
    git(base, "clone", "--quiet", str(base), str(pull))
    git(pull, "switch", "--quiet", "--create", "topic")
    change(pull)
    commit(pull)
    git(pull, "switch", "--quiet", "main")
    git(pull, "merge", "--quiet", "--no-ff", "--no-edit", "topic")
    return pull


def check_pull_request(base: Path, pull: Path) -> tuple[subprocess.CompletedProcess[str], str]:
    summary = base.parent / "summary.md"
    script = base / ".github/scripts/check-pull-request.sh"
    done = run([script, base, pull], base.parent, GITHUB_STEP_SUMMARY=str(summary))
    return done, summary.read_text(encoding="utf-8") if summary.exists() else ""


def break_yaml(slug: str) -> Callable[[Path], object]:
    """Open a quotation in a proposal's cluster.yml and never close it."""

    def change(repository: Path) -> None:
        path = repository / f"proposals/111/{slug}/cluster.yml"
        path.write_text(path.read_text(encoding="utf-8") + '\ntheme: "沒有結尾的引號\n', encoding="utf-8")

    return change


def annotated(output: str) -> set[str]:
    """The proposals that annotations point into."""
    return set(re.findall(r"^::(?:error|warning)[^\n]*?file=proposals/\d+/([^/,]+)", output, re.MULTILINE))


def test_pull_request_without_proposals_is_not_annotated(base: Path) -> None:
    pull = pull_request(base, lambda repository: (repository / "README.md").write_text("changed\n"))
    done, summary = check_pull_request(base, pull)
    assert done.returncode == 0, done.stderr
    assert "沒有更動任何提案" in done.stdout
    assert not annotated(done.stdout)
    assert "111/alpha" in summary


def test_fault_in_a_touched_proposal_fails_on_its_line(base: Path) -> None:
    done, summary = check_pull_request(base, pull_request(base, break_yaml("beta")))
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error [^\n]*file=proposals/111/beta/cluster\.yml,[^\n:]*line=\d+", done.stdout, re.MULTILINE)
    assert annotated(done.stdout) == {"beta"}
    assert "111/beta" in summary


def test_only_touched_proposals_are_annotated(base: Path) -> None:
    break_yaml("alpha")(base)
    commit(base)
    pull = pull_request(base, lambda repository: scaffold(repository, "gamma"))
    done, summary = check_pull_request(base, pull)
    assert done.returncode == 0, done.stdout + done.stderr
    assert annotated(done.stdout) <= {"gamma"}
    assert "111/alpha" in summary


def test_new_files_and_folders_of_any_name_are_data(base: Path) -> None:
    hostile = "proposals/111/$(touch pwned)\n::warning::x; touch pwned"

    def change(repository: Path) -> None:
        (repository / hostile).mkdir()
        (repository / hostile / "cluster.yml").write_text("name: x\n", encoding="utf-8")

    done, _ = check_pull_request(base, pull_request(base, change))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "\n::warning::x" not in done.stdout
    assert not list(base.parent.rglob("pwned"))


def test_checker_and_schemas_are_those_of_the_base(base: Path) -> None:
    def change(repository: Path) -> None:
        break_yaml("beta")(repository)
        shutil.rmtree(repository / "schema")
        (repository / ".github/scripts/check-pull-request.sh").write_text("exit 0\n", encoding="utf-8")

    done, _ = check_pull_request(base, pull_request(base, change))
    assert done.returncode == 1
    assert (base / "schema/cluster.schema.json").exists()


def test_tracked_private_file_is_an_error(base: Path) -> None:
    def change(repository: Path) -> None:
        private = repository / "proposals/111/beta/private/proposer.yml"
        private.parent.mkdir(exist_ok=True)
        private.write_text("contacts: {}\n", encoding="utf-8")

    done, _ = check_pull_request(base, pull_request(base, change))
    assert done.returncode == 1, done.stdout + done.stderr
    assert annotated(done.stdout) == {"beta"}


def test_removed_proposal_has_everything_checked(base: Path) -> None:
    break_yaml("alpha")(base)
    commit(base)
    pull = pull_request(base, lambda repository: shutil.rmtree(repository / "proposals/111/beta"))
    done, summary = check_pull_request(base, pull)
    assert done.returncode == 1
    assert annotated(done.stdout) == {"alpha"}
    assert "111/beta" not in summary


def test_checkout_without_the_first_parent_is_no_pass(base: Path) -> None:
    pull = base.parent / "shallow"
    git(base, "clone", "--quiet", "--depth=1", f"file://{base}", str(pull))
    done, _ = check_pull_request(base, pull)
    assert done.returncode not in (0, 1)


@pytest.fixture
def started(base: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Start 新提案 in a clone of a bare repository, with a gh that writes down what it was asked."""
    remote, clone = base.parent / "remote.git", base.parent / "clone"
    git(base, "clone", "--quiet", "--bare", str(base), str(remote))
    git(base, "clone", "--quiet", str(remote), str(clone))
    (clone / ".venv").symlink_to(sys.prefix)
    gh = base.parent / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{base.parent}/gh.txt"\ncat >>"{base.parent}/gh.txt"\n')
    gh.chmod(0o755)

    def start(**inputs: str) -> subprocess.CompletedProcess[str]:
        form = {"YEAR": "111", "SLUG": "gamma", "CATEGORY": "A", "TYPE": "觀光休閒合作", "MEMBERS": "10"}
        github = {"GITHUB_ACTOR": "tester", "GITHUB_REF_NAME": "main", "PATH": f"{gh.parent}:{os.environ['PATH']}"}
        return run([clone / ".github/scripts/new-proposal.sh"], clone, **github, **form | inputs)

    return start


def test_new_proposal_opens_a_pull_request(
    base: Path, started: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = started()
    assert done.returncode == 0, done.stdout + done.stderr
    files = git(base.parent / "remote.git", "ls-tree", "-r", "--name-only", "proposal/111-gamma").splitlines()
    assert "proposals/111/gamma/cluster.yml" in files
    assert not [file for file in files if re.match("proposals/.*/private/", file)]
    asked = (base.parent / "gh.txt").read_text(encoding="utf-8")
    assert asked.startswith("pr\ncreate\n--base\nmain\n--head\nproposal/111-gamma\n--title\n新提案：111/gamma\n")
    assert "proposals/111/gamma/" in asked


@pytest.mark.parametrize(
    "inputs",
    [
        {"SLUG": "gamma; touch pwned"},
        {"SLUG": "$(touch pwned)"},
        {"SLUG": "../../escape"},
        {"SLUG": "alpha"},
        {"TYPE": "$(touch pwned)"},
        {"MEMBERS": "many"},
    ],
)
def test_new_proposal_refuses_what_the_form_cannot_mean(
    base: Path, started: Callable[..., subprocess.CompletedProcess[str]], inputs: dict[str, str]
) -> None:
    done = started(**inputs)
    assert done.returncode != 0
    assert git(base.parent / "remote.git", "branch", "--format=%(refname:short)").split() == ["main"]
    assert not (base.parent / "gh.txt").exists()
    assert not list(base.parent.rglob("pwned"))


def test_public_branch_holds_the_site_and_no_history(tmp_path: Path) -> None:
    remote, site = tmp_path / "public.git", tmp_path / "site"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    site.mkdir()
    for page in ("withdrawn.html", "index.html"):
        (site / page).write_text(page, encoding="utf-8")
        done = run([ROOT / ".github/scripts/publish-to-repository.sh", site, remote, "gh-pages"], tmp_path)
        assert done.returncode == 0, done.stderr
        (site / "withdrawn.html").unlink(missing_ok=True)
    assert git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split() == [".nojekyll", "index.html"]
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def load(workflow: Path) -> dict[str, Any]:
    """A workflow as text throughout: YAML 1.1 would read its key `on` as true."""
    document: dict[str, Any] = yaml.load(workflow.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return document


def steps(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in load(workflow)["jobs"].values() for step in job["steps"]]


def test_publishing_is_gated_by_a_check_of_its_own(base: Path) -> None:
    commands = [step.get("run", step.get("uses", "")) for step in steps(ROOT / ".github/workflows/publish.yml")]
    gate = next(place for place, command in enumerate(commands) if "qunju check" in command)
    assert gate < commands.index("make site") < min(n for n, command in enumerate(commands) if "publish-to" in command)
    assert run(["bash", "-c", commands[gate]], base).returncode == 0
    break_yaml("alpha")(base)
    assert run(["bash", "-c", commands[gate]], base).returncode == 1


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_takes_no_liberties(workflow: Path) -> None:
    document = load(workflow)
    assert document["permissions"] in ("", {}, {"contents": "read"})
    assert "pull_request_target" not in document["on"]
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), "typed text must reach a script through its environment"
        assert "uses" not in step or re.search(r"@v\d+\.\d+\.\d+$", step["uses"]), step
        for script in re.findall(r"\S*\.github/scripts/(\S+)", step.get("run", "")):
            assert os.access(ROOT / ".github/scripts" / script, os.X_OK), script


def test_every_script_belongs_to_a_workflow() -> None:
    commands = " ".join(step.get("run", "") for workflow in WORKFLOWS for step in steps(workflow))
    assert [script.name for script in SCRIPTS if script.name not in commands] == []


def test_pull_requests_are_judged_by_the_script_of_the_base() -> None:
    checkouts = {
        step["with"]["path"]: step["with"]
        for step in steps(ROOT / ".github/workflows/check.yml")
        if "checkout" in step.get("uses", "")
    }
    assert checkouts["base"]["ref"] == "${{ github.base_ref }}"
    assert [step["run"] for step in steps(ROOT / ".github/workflows/check.yml") if "run" in step] == [
        "make -C base install",
        "base/.github/scripts/check-pull-request.sh base pull",
    ]


def test_form_offers_the_vocabulary_of_the_year() -> None:
    workflow = load(ROOT / ".github/workflows/new-proposal.yml")
    inputs = workflow["on"]["workflow_dispatch"]["inputs"]
    year = next(step["env"]["YEAR"] for job in workflow["jobs"].values() for step in job["steps"] if "env" in step)
    programme = yaml.safe_load((ROOT / f"schema/programmes/{year}/programme.yml").read_text(encoding="utf-8"))
    assert inputs["type"]["options"] == programme["vocabularies"]["types"]
    assert inputs["category"]["options"] == programme["vocabularies"]["categories"]


def test_everything_but_proposals_has_an_owner() -> None:
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    assert len(rules[0]) > 1
    assert rules[1:] == [["/proposals/"]]
