"""The formats that the schemas name, judged by the same function in both engines."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

# A year before 1000 is a slip of the keyboard, and no calendar that the model could reckon with.
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


def is_day(value: Any) -> bool:
    """Tell whether a text is a day of the calendar in ISO form; what is no text is not judged here."""
    if not isinstance(value, str):
        return True
    try:
        return _DAY.fullmatch(value) is not None and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


FORMATS: Mapping[str, Callable[[Any], bool]] = {"date": is_day}
