"""The business model canvas page from canvas.yml."""

from __future__ import annotations

from qunju.model.canvas import Canvas as CanvasFile
from qunju.regulation.programme import Programme
from qunju.views.builders.masthead import masthead
from qunju.views.builders.reading import lines
from qunju.views.canvas import Block, Canvas
from qunju.views.publication import Publication

BLOCKS = (
    (CanvasFile.key_partners, "關鍵合作夥伴", "Key Partners"),
    (CanvasFile.key_activities, "關鍵活動", "Key Activities"),
    (CanvasFile.key_resources, "關鍵資源", "Key Resources"),
    (CanvasFile.value_proposition, "價值主張", "Value Proposition"),
    (CanvasFile.customer_relationships, "顧客關係", "Customer Relationships"),
    (CanvasFile.channels, "通路", "Channels"),
    (CanvasFile.customer_segments, "目標客層", "Customer Segments"),
    (CanvasFile.cost_structure, "成本結構", "Cost Structure"),
    (CanvasFile.revenue_streams, "收益流", "Revenue Streams"),
)
"""The nine blocks as the form prints them, in reading order."""


def canvas(publication: Publication, programme: Programme) -> Canvas:
    """Return the page."""
    file = publication.public.canvas
    blocks = tuple(Block(field.key, title, english, lines(file, field)) for field, title, english in BLOCKS)
    return Canvas(masthead(publication, programme, "canvas/"), blocks)
