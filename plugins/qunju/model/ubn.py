"""統一編號: the check digit of a company's uniform number."""

from __future__ import annotations

import re

_EIGHT_DIGITS = re.compile("[0-9]{8}")
_SUMS = tuple(
    {str(digit): sum(divmod(digit * weight, 10)) for digit in range(10)} for weight in (1, 2, 1, 2, 1, 2, 4, 1)
)
"""By place and digit, the sum of the digits of the digit times the weight of the place."""
_AMBIGUOUS = "7"
"""A 7 in the seventh place gives 28, whose digits add up to 10: it may count as 1 or as 0."""


def is_valid_ubn(text: str) -> bool:
    """Tell whether a number is valid by the rule since 2023-04-01, which divides by 5 (FMT-01)."""
    return _divides(text, 5)


def is_valid_under_old_rule(text: str) -> bool:
    """Tell whether a number could be issued before 2023-04-01, when the rule divided by 10."""
    return _divides(text, 10)


def _divides(text: str, divisor: int) -> bool:
    if not _EIGHT_DIGITS.fullmatch(text) or text == "00000000":
        return False
    total = sum([sums[digit] for digit, sums in zip(text, _SUMS, strict=True)])
    return total % divisor == 0 or (text[6] == _AMBIGUOUS and (total + 1) % divisor == 0)
