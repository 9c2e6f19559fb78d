"""What `mkdocs serve` shows instead of the home page while proposals have errors."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Findings:
    """The report of the check, as the command line prints it."""

    summary: str
    report: str
