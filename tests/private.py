"""Personal data for tests: every field of the private files, filled in with what is obviously nobody's."""

from __future__ import annotations

from typing import Any

from tests.repository import Proposal, library

from qunju.schema.form import MEMBER


def add_private(proposal: Proposal) -> None:
    """Give a proposal private files for its proposer, its progress and its members."""
    members = [f"members/{file.stem}" for file in (proposal.folder / "members").iterdir()]
    for name in ("proposer", "progress", *members):
        kind = MEMBER if name in members else name
        committed = proposal.read(proposal.folder / f"{name}.yml")
        values = filled(library().form.schema(kind, private=True).json, committed)
        proposal.write(proposal.folder / "private" / f"{name}.yml", values)


def filled(schema: Any, committed: Any) -> Any:
    """A value for every private field, under the identifiers of the committed file."""
    if schema["type"] == "object":
        held = committed if isinstance(committed, dict) else {}
        fields = schema.get("properties", {})
        others = schema.get("additionalProperties")
        keyed = {key: others for key in held if key not in fields} if isinstance(others, dict) else {}
        children = {**fields, **keyed}.items()
        return {key: filled(child, held.get(key)) for key, child in children if "$ref" not in child}
    if schema["type"] == "array":
        return [] if "$ref" in schema["items"] else [filled(schema["items"], None)]
    examples = schema.get("examples") or [
        {"string": "示範", "integer": 1, "number": 1, "boolean": True}[schema["type"]]
    ]
    return examples[0]
