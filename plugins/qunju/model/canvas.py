"""The file canvas.yml: 商業營運模式規劃, nine blocks."""

from __future__ import annotations

from qunju.model.record import Record, Texts


class Canvas(Record):
    """canvas.yml."""

    key_partners = Texts()
    key_activities = Texts()
    value_proposition = Texts()
    customer_relationships = Texts()
    customer_segments = Texts()
    channels = Texts()
    key_resources = Texts()
    cost_structure = Texts()
    revenue_streams = Texts()
