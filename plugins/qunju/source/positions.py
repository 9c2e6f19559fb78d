"""Lines and columns of places, found by reading a file a second time, and only where a finding needs them."""

from __future__ import annotations

from yaml import CSafeLoader, MappingNode, Node, SequenceNode, YAMLError, compose

from qunju.source.fault import Unreadable
from qunju.source.place import START, Pointer, Position
from qunju.source.text import decode


class Positions:
    """The positions of the values of one file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._root: Node | None = compose(decode(data), Loader=CSafeLoader)
        except (Unreadable, YAMLError):
            self._root = None

    def of(self, pointer: Pointer) -> Position:
        """Return where a value stands, or, where it does not exist, the nearest thing that would hold it.

        A scalar is found at its text; a mapping, a list or an empty field at its key.
        """
        node = self._root
        if node is None:
            return START
        position = START
        for key in pointer:
            found = _child(node, key)
            if found is None:
                return position
            label, node = found
            position = _position(label if _is_open(node) else node)
        return position

    def of_key(self, pointer: Pointer) -> Position:
        """Return where the last key of a pointer is written."""
        *parents, last = pointer
        node = self._root
        for key in parents:
            found = _child(node, key) if node is not None else None
            node = found[1] if found else None
        found = _child(node, last) if node is not None else None
        return _position(found[0]) if found else self.of(tuple(parents))


def _child(node: Node, key: str | int) -> tuple[Node, Node] | None:
    """Return the node that names a child and the child's own node."""
    if isinstance(node, MappingNode):
        return next(((name, value) for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None


def _is_open(node: Node) -> bool:
    """Tell whether a node is a collection, or a scalar without text of its own."""
    return isinstance(node, MappingNode | SequenceNode) or node.start_mark.index == node.end_mark.index


def _position(node: Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)
