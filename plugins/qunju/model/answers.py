"""Questions put together when some of them cannot be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qunju.model.record import Missing, Unsound


def either(questions: Iterable[Callable[[], bool]]) -> bool:
    """Tell whether one of the questions is answered with yes, whatever the others lack; raise if that is not known."""
    unknown: Missing | Unsound | None = None
    for question in questions:
        try:
            if question():
                return True
        except (Missing, Unsound) as cause:
            unknown = unknown or cause.with_traceback(None)
    if unknown is not None:
        raise unknown
    return False


def every(questions: Iterable[Callable[[], bool]]) -> bool:
    """Tell whether all questions are answered with yes: one no is enough, whatever the others lack."""
    return not either(_negated(question) for question in questions)


def _negated(question: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: not question()
