"""The command line: the only part that prints."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from qunju.schema.form import ConfigurationError

EXIT_OK, EXIT_ERRORS, EXIT_USAGE, EXIT_BUG = 0, 1, 2, 3

_HOMES = {
    "check": "check",
    "readiness": "readiness",
    "explain": "explain",
    "rules": "rules",
    "new": "new",
    "add": "new",
    "schema": "schema",
}
"""The module of each command."""


class UsageError(Exception):
    """What was asked for makes no sense; the message says why, in the reader's language."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 no error, 1 an error in a proposal, 2 wrong usage or broken configuration, 3 our bug.
    """
    _speak_utf8(sys.stdout, sys.stderr)
    arguments = sys.argv[1:] if arguments is None else arguments
    # What is made until a command is ready to work stays in use: to look for garbage in it takes as long as checking
    # a proposal.
    gc.disable()
    try:
        options = _parser(arguments).parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except (UsageError, ConfigurationError) as error:
        print(f"qunju：{error}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader of our output has seen enough (`qunju check | head`).
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  # closed with the process
        return EXIT_OK
    except OSError as error:
        print(f"qunju：無法讀寫「{error.filename}」（{error.strerror}）。", file=sys.stderr)
        return EXIT_USAGE
    except Exception as error:  # noqa: BLE001  # the last resort: what a proposal says must not reach a log through a traceback
        print(_bug_report(error), file=sys.stderr)
        return EXIT_BUG
    finally:
        gc.unfreeze()
        gc.enable()
    return code


def find_root(start: Path | None = None) -> Path:
    """Return the repository that holds a folder: the nearest one upwards with proposals/ or schema/ and mkdocs.yml."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "schema" / "programmes").is_dir():
            return folder
    raise UsageError("這裡不是提案版本庫：找不到 schema/programmes/。請先切換到版本庫的資料夾。")


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of the command asked for, or of all where it is none of them.

    Only what is run is imported: what the other commands need takes as long as checking a few proposals.
    """
    parser = argparse.ArgumentParser(prog="qunju", description="群聚：以 YAML 撰寫、依規範檢查的數位群聚提案。")
    commands = parser.add_subparsers(title="指令", required=True, metavar="指令")
    asked = [home for command, home in _HOMES.items() if command in arguments[:1]]
    for home in asked or dict.fromkeys(_HOMES.values()):
        importlib.import_module(f"qunju.cli.{home}").add_to(commands)
    return parser


def _speak_utf8(*streams: TextIO) -> None:
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _bug_report(error: Exception) -> str:
    import traceback  # noqa: PLC0415  # seldom needed

    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"qunju：程式發生未預期的錯誤（{type(error).__name__}，{where}）。這是本軟體的問題，請附上這一行回報。"
