"""The fields of an element of a message: the texts of its leaves by their paths.

Most payments of a file have the same elements in the same order. The paths of such a shape are worked out once; a
payment then costs little more than the reading of its texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.shared.reasons import Reason

_LONGEST_PATH = 500
_MOST_SHAPES = 1000
"""Known at once; a file of 10'000 payments has about ten."""


class Fields(NamedTuple):
    """``texts`` by path below the element, ``Cdtr/PstlAdr/TwnNm``; the second of its kind ends in ``[2]``.

    ``elements``: all paths, those of containers too; the same object for every element of the same shape.
    ``currency``: of the one amount that has any, empty if there is none.
    """

    texts: dict[str, str | None]
    elements: frozenset[str]
    currency: str = ""

    def text(self, path: str) -> str:
        """A text, empty where there is none."""
        return self.texts.get(path) or ""


@dataclass(frozen=True, slots=True)
class _Shape:
    elements: frozenset[str]
    leaves: tuple[tuple[int, str], ...]
    amount: int | None


@dataclass
class FieldReader:
    """Reads fields, and remembers shapes."""

    _shapes: dict[tuple[str, ...], _Shape] = field(default_factory=dict)

    def read(self, element: etree._Element) -> Fields:
        """The fields of an element and of everything in it."""
        nodes = list(element.iter())
        tags = tuple([node.tag for node in nodes])
        shape = self._shapes.get(tags) or self._learn(tags, nodes)
        texts = {path: nodes[at].text for at, path in shape.leaves}
        currency = "" if shape.amount is None else nodes[shape.amount].get("Ccy", "")
        return Fields(texts, shape.elements, currency)

    def _learn(self, tags: tuple[str, ...], nodes: list[etree._Element]) -> _Shape:
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        shape = _shape_of(nodes)
        self._shapes[tags] = shape
        return shape


def read_all(elements: Iterable[etree._Element], reader: FieldReader) -> Fields:
    """The fields of several neighbours as one, each path beginning with the neighbour's own name."""
    texts: dict[str, str | None] = {}
    paths: set[str] = set()
    for element in elements:
        name, read = local_name(element), reader.read(element)
        texts |= {f"{name}/{path}" if path else name: text for path, text in read.texts.items()}
        paths |= {name, *(f"{name}/{path}" for path in read.elements if path)}
    return Fields(texts, frozenset(paths))


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _shape_of(nodes: list[etree._Element]) -> _Shape:
    paths: dict[etree._Element, str] = {nodes[0]: ""}
    met: Counter[str] = Counter()
    for node in nodes[1:]:
        parent = node.getparent()
        above = paths[parent] if parent is not None else ""
        path = f"{above}/{local_name(node)}" if above else local_name(node)
        if len(path) > _LONGEST_PATH:
            raise UnreadableMessageError(Reason("bank_file.too_deep"))
        met[path] += 1
        paths[node] = path if met[path] == 1 else f"{path}[{met[path]}]"
    leaves = tuple((at, paths[node]) for at, node in enumerate(nodes) if not len(node))
    amounts = [at for at, node in enumerate(nodes) if local_name(node) in {"InstdAmt", "Amt"} and not len(node)]
    return _Shape(frozenset(paths.values()) - {""}, leaves, amounts[0] if amounts else None)
