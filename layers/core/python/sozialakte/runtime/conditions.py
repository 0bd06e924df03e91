"""The words of conditions: ``Key("pk").eq(x) & Key("sk").begins_with(y)``, ``Attr("version").eq(3)``.

Spelt as boto3 spells them and written as it writes them (a test compares), without importing boto3: a handler that
starts must not wait for a library it first needs when it calls AWS.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Placeholders:
    """What stands for names and values in the expressions of one request; DynamoDB reserves 573 words as names."""

    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)

    def name(self, path: str) -> str:
        """The placeholder of an attribute's name, or of a path into maps (``chunks.3``)."""
        return ".".join([self._name(part) for part in path.split(".")])

    def value(self, value: object) -> str:
        """The placeholder of a value."""
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def _name(self, part: str) -> str:
        placeholder = f"#n{len(self.names)}"
        self.names[placeholder] = part
        return placeholder


@dataclass(frozen=True)
class Condition:
    """What must hold for an item; ``&`` joins two. ``pattern`` has a place for each of ``parts``."""

    pattern: str
    parts: tuple[object, ...]

    def __and__(self, other: Condition) -> Condition:
        return Condition("({} AND {})", (self, other))

    def written(self, placeholders: Placeholders) -> str:
        """The expression, its names and values added to ``placeholders``."""
        return self.pattern.format(*[_written(part, placeholders) for part in self.parts])


@dataclass(frozen=True)
class Attr:
    """An attribute by its name, or by a path into maps."""

    name: str

    def eq(self, value: object) -> Condition:
        """It equals ``value``."""
        return Condition("{} = {}", (self, value))

    def contains(self, part: str) -> Condition:
        """Its text has ``part`` in it."""
        return Condition("contains({}, {})", (self, part))

    def exists(self) -> Condition:
        """The item has it."""
        return Condition("attribute_exists({})", (self,))

    def not_exists(self) -> Condition:
        """The item lacks it, or there is no item."""
        return Condition("attribute_not_exists({})", (self,))


@dataclass(frozen=True)
class Key(Attr):
    """A key of the table or of an index: what a query selects by."""

    def lt(self, value: object) -> Condition:
        """It comes before ``value``."""
        return Condition("{} < {}", (self, value))

    def begins_with(self, start: str) -> Condition:
        """It begins with ``start``."""
        return Condition("begins_with({}, {})", (self, start))

    def between(self, low: object, high: object) -> Condition:
        """It lies between the two, both included."""
        return Condition("{} BETWEEN {} AND {}", (self, low, high))


def _written(part: object, placeholders: Placeholders) -> str:
    match part:
        case Condition():
            return part.written(placeholders)
        case Attr(name):
            return placeholders.name(name)
    return placeholders.value(part)
